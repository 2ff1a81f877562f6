// Loops over the tenants, in PL/pgSQL.
#include "generator/migrate/postgres_rows.hpp"

#include "generator/migrate/sql_text.hpp"

namespace tenon::gen::postgres {

namespace {

/// No column can be called so: names of fields have no spaces.
constexpr const char* variable = "\"the tenant\"";

std::string do_block(const std::string& declarations, const std::string& body) {
    std::string tag = "$tenon$";
    while (body.find(tag) != std::string::npos) tag.insert(1, "_");
    return "DO " + tag + "\n" + declarations + "BEGIN\n" + body + "END " + tag + ";\n";
}

std::string for_each_tenant(const std::string& body, const row_walk& how) {
    return do_block("DECLARE " + std::string(variable) + " uuid;\n",
                    "    FOR " + std::string(variable) + " IN SELECT \"id\" FROM " + quoted_name(how.tenant_table) +
                        " LOOP\n        PERFORM set_config('app.tenant', " + variable + "::text, true);\n" + body +
                        (how.commit_each ? "        COMMIT;\n" : "") + "    END LOOP;\n");
}

std::string of_tenant(const schema_table& table, const std::string& alias = {}) {
    return alias + quoted_name(table.tenant_column) + " = " + variable;
}

}  // namespace

std::string update_rows(const schema_table& table, const std::string& assignment, const std::string& condition,
                        const row_walk& how) {
    const std::string update = "UPDATE " + quoted_name(table.name) + " SET " + assignment + " WHERE ";
    if (table.tenant_column.empty()) return update + condition + ";\n";
    return for_each_tenant("        " + update + of_tenant(table) + " AND " + condition + ";\n", how);
}

std::string look_for_dangling(const schema_table& table, const schema_foreign_key& key, const row_walk& how) {
    std::string same;
    for (std::size_t i = 0; i < key.columns.size(); ++i)
        same += std::string(i == 0 ? "" : " AND ") + "target." + quoted_name(key.target_columns[i]) + " = source." +
                quoted_name(key.columns[i]);
    const std::string of_row = table.tenant_column.empty() ? "" : of_tenant(table, "source.") + " AND ";
    const std::string look = "        IF EXISTS (SELECT FROM " + quoted_name(table.name) + " source WHERE " + of_row +
                             "source." + quoted_name(key.columns.back()) +
                             " IS NOT NULL\n                   AND NOT EXISTS (SELECT FROM " + quoted_name(key.table) +
                             " target WHERE " + same + ")) THEN\n            RAISE EXCEPTION " +
                             quoted_text(key.name + ": rows refer to nothing in " + key.table) + ";\n        END IF;\n";
    return table.tenant_column.empty() ? do_block("", look) : for_each_tenant(look, how);
}

}  // namespace tenon::gen::postgres
