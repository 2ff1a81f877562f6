// Regions: the parts of a generated file that are the user's.
//
//     # tenon:begin custom dependencies
//     …
//     # tenon:end custom dependencies
//
// The markers stand on lines of their own, in whatever the file's comments look like. A name counts when it begins and
// ends once, with no other marker in between; anything else is plain text.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "generator/merge/merge.hpp"

namespace tenon::gen {

/// The lines of one region, markers apart; views into the text it was found in.
struct region {
    std::string_view begin;
    std::string_view body;
    std::string_view end;
    std::size_t offset = 0;  ///< Of the begin marker's line.

    std::size_t size() const { return begin.size() + body.size() + end.size(); }
};

/// By name.
std::map<std::string, region, std::less<>> find_regions(std::string_view text);

/// The three sides with each region that mine and theirs have folded into one line, the same in all: what is in it
/// takes no part in the merge, and it goes where its line goes.
class folded_regions {
  public:
    /// Refers to the texts of `sides`.
    explicit folded_regions(const three_texts& sides);

    bool any() const { return !names_.empty(); }
    three_texts sides() const { return {base_, mine_, theirs_}; }
    /// Puts the regions back. Nothing when a clean merge lost or doubled one.
    bool unfold(merged_text& merged) const;

  private:
    struct choice {
        std::string line;    ///< What stands for the region.
        std::string merged;  ///< What the region becomes.
        std::string base;
        std::string mine;
        std::string theirs;
    };

    std::string folded(std::string_view text, const std::map<std::string, region, std::less<>>& regions) const;
    std::string unfolded(std::string text, std::string choice::*side) const;
    std::size_t real_line(std::size_t line) const;

    std::map<std::string, choice, std::less<>> names_;
    std::string base_;
    std::string mine_;
    std::string theirs_;
};

/// Whether `text` still has what the user wrote into regions of mine: each body that is not as in base.
bool keeps_edited_regions(std::string_view text, const three_texts& sides);

}  // namespace tenon::gen
