// A text whose names are judged: the types of its objects and the statements of its SQL, each read once.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "generator/rename/sql_names.hpp"
#include "generator/rename/tokens.hpp"

namespace tenon::gen {

class judged_text {
  public:
    /// `lines` must outlive it.
    explicit judged_text(const std::vector<token_line>& lines);

    const token& at(token_place place) const { return lines_[place.line].tokens[place.index]; }
    /// The type of the object that the member at a place is of: "task" of `const domain::task& one` for `one.title`, of
    /// `task{.title = ...}` for `.title`. Nothing when the text does not say it.
    const token* type_of_object(token_place member) const;
    sql_name sql_at(token_place place) const;

  private:
    const token* declared_type(token_place at, std::string_view object) const;
    const token* braced_type(token_place at) const;

    using declaration = std::pair<token_place, const token*>;

    const std::vector<token_line>& lines_;
    std::map<std::string_view, std::vector<declaration>> declared_;  ///< By the object's name, in the text's order.
    mutable std::optional<sql_statement> last_;
};

}  // namespace tenon::gen
