// The tables of the limits on PostgreSQL, for a product whose tenant is called "workspace".
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

namespace tenon::limits {

/// As the generated migration makes them.
inline std::string postgres_tables() {
    std::string out;
    for (const auto& [table, columns] : std::initializer_list<std::pair<std::string, std::string>>{
             {"limit_counters",
              "amount bigint NOT NULL, since bigint NOT NULL, asked_at bigint NOT NULL, forget_at bigint NOT NULL, "
              "PRIMARY KEY (workspace_id, name)"},
             {"limit_leases",
              "lease text NOT NULL, expires_at bigint NOT NULL, PRIMARY KEY (workspace_id, name, lease)"},
             {"limit_locks",
              "fence bigint NOT NULL, owner text NOT NULL, expires_at bigint NOT NULL, "
              "PRIMARY KEY (workspace_id, name)"},
             {"cache_entries",
              "value text, generation bigint NOT NULL, expires_at bigint NOT NULL, forget_at bigint NOT NULL, "
              "PRIMARY KEY (workspace_id, name)"}}) {
        const std::string rule = "(workspace_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))";
        out += "CREATE TABLE " + table + " (workspace_id uuid NOT NULL, name text NOT NULL, " + columns + ");";
        out +=
            "ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY; ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY;";
        out += "CREATE POLICY rows ON " + table + " USING (true) WITH CHECK (true);";
        out += "CREATE POLICY own ON " + table + " AS RESTRICTIVE USING " + rule + " WITH CHECK " + rule + ";";
    }
    return out;
}

}  // namespace tenon::limits
