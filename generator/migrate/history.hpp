// The migrations so far, and what they lead to.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "generator/migrate/schema.hpp"
#include "generator/support/failure.hpp"

namespace tenon::gen {

inline constexpr const char* record_folder = ".tenon/schema";

/// The files of an existing project, path → content; nothing for a new one.
struct migration_state {
    std::map<std::string, std::string> records;  ///< .tenon/schema/NNNN_name.json
    std::map<std::string, std::string> sql;      ///< migrations/{postgres,sqlite}/NNNN_name.{up,down}.sql
};

struct migration_history {
    schema leads_to;
    std::string last;                ///< The migration that the next one follows; empty: there is none.
    std::vector<std::string> names;  ///< All that stay, those written by hand too, in any order.
    std::set<std::string> replaced;  ///< Paths of the files of those that go.
};

/// Reads the records, one after the other. Each names the one before it, so that two branches which both added one are
/// seen (a fork) and told about, with the command that mends it. A record also has the digests of its SQL files: what
/// was edited or deleted afterwards is told, too. Migrations written by hand (without a record) are left alone.
///
/// `replace`: names of migrations, not released yet, to be taken out; the parts emitted with them go along.
outcome<migration_history> read_history(const migration_state& found, const std::vector<std::string>& replace = {});

/// "migrations/sqlite/0001_initial.up.sql"; `file` is "sqlite.up".
std::string sql_path(const std::string& name, const std::string& file);
std::string record_path(const std::string& name);

/// The beginning of every SQL file that has a record.
inline constexpr const char* frozen_mark = "-- Frozen: emitted once by Tenon";

}  // namespace tenon::gen
