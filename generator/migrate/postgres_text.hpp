// Columns, constraints and policies in PostgreSQL's dialect.
#pragma once

#include <string>

#include "generator/migrate/schema.hpp"

namespace tenon::gen::postgres {

/// "ALTER TABLE "tasks" "
std::string alter(const std::string& table);
std::string default_text(const schema_column& column);
/// `"title" text NOT NULL DEFAULT 'x'`
std::string column_text(const schema_column& column);
/// The condition of a check.
std::string rule_text(const schema_check& check);
/// The condition under which a value breaks the rule.
std::string broken(const schema_check& check, const std::string& value);
std::string check_text(const schema_check& check);
std::string key_text(const schema_foreign_key& key);
/// The primary key's constraint: PostgreSQL's own name for it.
std::string create_policy(const schema_table& table, const schema_policy& policy);
std::string drop_policy(const schema_table& table, const schema_policy& policy);
/// Row-level security, switched on or off; forced on the table's owner too.
std::string switch_row_security(const schema_table& table);
/// The table with its rules, keys to tables that are there, indexes and policies. Left out are keys to `to_come`, and
/// policies that look into other tables.
std::string create_table(const schema_table& table, const std::string& keys);

}  // namespace tenon::gen::postgres
