// .tenon/access.json: who may do what, as last generated; so that the next plan can tell what becomes wider or
// narrower.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/resolve/model.hpp"
#include "generator/support/failure.hpp"

namespace tenon::gen {

inline constexpr std::string_view access_record_path = ".tenon/access.json";

/// Every role with what it may do: permission label -> decision, denials included (a right that no role has yet is not
/// a new one when somebody gets it).
using access_matrix = std::map<std::string, std::map<std::string, decision>>;

/// The label under which the matrix keeps what newcomers are: allowed for that role alone. No permission is called so.
inline constexpr std::string_view newcomers_label = "member:new";

access_matrix access_of(const model& product);

/// One line a role and one a role × permission, sorted and each with a comma, so that git merges two branches' lines.
std::string write_access_record(const access_matrix& matrix);
/// Takes any order and repeated lines, as a merge leaves them; of two decisions on the same, the wider one counts.
outcome<access_matrix> read_access_record(std::string_view text);

}  // namespace tenon::gen
