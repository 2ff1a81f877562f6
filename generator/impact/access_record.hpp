// .tenon/access.json: who may do what and how long bins keep records, as last generated; so that the next plan can tell
// what becomes wider or narrower, and what begins to be deleted.
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

struct access_record {
    access_matrix rights;
    std::optional<bin_record> bins;  ///< Nothing in records of earlier versions.

    bool operator==(const access_record&) const = default;
};

access_record access_of(const model& product);

/// One line a role, a role × permission and a bin, sorted and each with a comma, so that git merges two branches'
/// lines.
std::string write_access_record(const access_record& record);
/// Takes any order and repeated lines, as a merge leaves them; of two on the same, the wider decision and the longer
/// retention count.
outcome<access_record> read_access_record(std::string_view text);

}  // namespace tenon::gen
