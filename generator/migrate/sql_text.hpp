// Pieces of SQL that both databases write the same way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/migrate/schema.hpp"

namespace tenon::gen {

/// Any name as an SQL identifier, in double quotes.
std::string quoted_name(std::string_view name);
/// `"a", "b"`
std::string quoted_names(const std::vector<std::string>& names);
/// Any text as an SQL string, in single quotes.
std::string quoted_text(std::string_view text);
/// `'a', 'b'`
std::string quoted_texts(const std::vector<std::string>& texts);

/// "ON DELETE …" with a space before it; empty for restrict, which is the databases' NO ACTION: checked when the
/// statement ends, so that deleting a tenant may take everything along in any order.
std::string on_delete_text(on_delete_rule rule);

/// Lines of a statement's list, indented and separated by commas.
std::string sql_lines(const std::vector<std::string>& items);

/// What a migration says that fails over an item of a list.
std::string rows_have_item(const schema_table& table, const std::string& column, const std::string& item);

/// The type of a column in PostgreSQL's words.
std::string postgres_type(const schema_column& column);

/// `CREATE [UNIQUE] INDEX …;`
/// `how`: "CONCURRENTLY " for PostgreSQL, or nothing.
std::string create_index(const schema_table& table, const schema_index& index, const std::string& how = {});
/// `DROP INDEX …;`
std::string drop_index(const schema_index& index);

}  // namespace tenon::gen
