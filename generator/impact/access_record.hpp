// .tenon/access.json: who may do what, how long bins keep records and what a deletion does to those that refer to it,
// as last generated; so that the next plan can tell what becomes wider or narrower, and what begins to be deleted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
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
/// The same for what becomes of whoever founds a tenant.
inline constexpr std::string_view founder_label = "member:founder";

/// Every entity that has a bin, as in permissions ("task") -> the seconds after which it is emptied; 0: never.
using bin_record = std::map<std::string, std::int64_t>;

/// What becomes of records that refer to a deleted one by a ref.
struct reference_rule {
    std::string target;  ///< As in permissions: "project"; "user" for the built-in User.
    on_delete_rule rule = on_delete_rule::restrict_;
    bool tree = false;  ///< No record is its own ancestor.

    bool operator==(const reference_rule&) const = default;
};

/// Every ref by its entity and its name in the spec: "task.project".
using reference_record = std::map<std::string, reference_rule>;

struct access_record {
    access_matrix rights;
    std::optional<bin_record> bins;              ///< Nothing in records of earlier versions.
    std::optional<reference_record> references;  ///< The same.

    bool operator==(const access_record&) const = default;
};

access_record access_of(const model& product);

/// One line a role, a role × permission, a bin and a ref, sorted and each with a comma, so that git merges two
/// branches' lines.
std::string write_access_record(const access_record& record);
/// Takes any order and repeated lines, as a merge leaves them; of two on the same, the wider decision, the longer
/// retention and the rule that lets less go along count.
outcome<access_record> read_access_record(std::string_view text);

}  // namespace tenon::gen
