// Line ends are no edits: merging happens on LF, and what comes out ends its lines as mine does.
#pragma once

#include <string>

#include "generator/merge/merge.hpp"

namespace tenon::gen {

/// Three sides made comparable, and how to bring a merged text back into the form of mine.
class even_line_ends {
  public:
    explicit even_line_ends(const three_texts& sides);

    three_texts sides() const { return {base_, mine_, theirs_}; }
    /// Mine's line ends; without a final newline if mine has none and its last line is still the last.
    merged_text restored(merged_text merged) const;

  private:
    std::string base_;
    std::string mine_;
    std::string theirs_;
    bool crlf_ = false;
    bool open_ended_ = false;
};

}  // namespace tenon::gen
