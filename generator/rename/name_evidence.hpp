// What became of the names of a product: read off the lines that were generated and are generated now.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/rename/renamed_forms.hpp"
#include "generator/rename/tokens.hpp"

namespace tenon::gen {

/// One file, line by line: which line of the former generation is which of the new one.
struct paired_lines {
    std::vector<token_line> before;
    std::vector<token_line> after;
    std::vector<std::optional<std::size_t>> became;  ///< For each of `before`: its place in `after`.

    /// Whether the line at `i` is still generated, token by token.
    bool has_same_shape(std::size_t i) const;
};

/// Both texts must outlive it.
paired_lines pair_lines(const renamed_forms& forms, text_kind kind, std::string_view before, std::string_view after);

/// What else has to be the same for a token to count as the same name.
enum class nearness {
    place,     ///< What it stands behind: "value.status".
    relation,  ///< How it stands there: a member of something, qualified by something, or neither.
    anywhere,  ///< Nothing.
};

/// Says of a token what it is called now, as far as the lines tell.
class name_evidence {
  public:
    void learn(const renamed_forms& forms, const paired_lines& lines);

    /// What the token became where it stood as near to this place as `how` asks. More than one: it depends. Empty:
    /// nothing is known.
    std::set<std::string> outcomes(const token& one, nearness how) const;
    bool had(std::string_view name) const { return before_.contains(name); }
    bool has(std::string_view name) const { return after_.contains(name); }

  private:
    using outcomes_by_key = std::map<std::string, std::set<std::string>, std::less<>>;

    outcomes_by_key outcomes_;  ///< For every nearness.
    std::set<std::string, std::less<>> before_;
    std::set<std::string, std::less<>> after_;
};

}  // namespace tenon::gen
