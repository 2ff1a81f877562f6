// What each migration keeps of the schema, as .tenon/schema/NNNN_name.json.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/migrate/changes.hpp"
#include "generator/migrate/schema.hpp"
#include "generator/support/failure.hpp"

namespace tenon::gen {

/// One migration's part of the history. The schema at any point is what all records up to it say, one after the other:
/// tables are dropped, renamed, and become what they stand here as.
struct migration_record {
    std::string parent;                      ///< The migration before it; empty: the first.
    std::string part_of;                     ///< Emitted together with that one, behind it; empty: stands for itself.
    std::map<std::string, std::string> sql;  ///< "sqlite.up" → SHA-256 of the file.
    std::vector<std::string> dropped;        ///< Tables.
    std::vector<renaming> renamed;           ///< Tables.
    std::vector<schema_table> tables;        ///< Created and changed ones, whole.
};

/// What `record` makes of a schema.
void apply_record(schema& all, const migration_record& record);

/// One line a column, key, check and index, so that version control shows what changed. Ends in a newline.
std::string record_as_json(const migration_record& record);

/// Reads what `record_as_json` wrote; `failure_kind::malformed` for anything else, with what is wrong in it. Never
/// throws. `path` names the file in messages.
outcome<migration_record> record_from_json(std::string_view text, const std::string& path);

}  // namespace tenon::gen
