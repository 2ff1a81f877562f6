// Loops over the tenants, in PL/pgSQL.
#include "generator/migrate/postgres_rows.hpp"

#include "generator/migrate/sql_text.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen::postgres {

namespace {

/// No column can be called so: names of fields have no spaces.
constexpr const char* variable = "\"the tenant\"";
constexpr const char* every_tenant = "\"the tenants\"";

std::string do_block(const std::string& declarations, const std::string& body) {
    std::string tag = "$tenon$";
    while (body.find(tag) != std::string::npos) tag.insert(1, "_");
    return "DO " + tag + "\n" + declarations + "BEGIN\n" + body + "END " + tag + ";\n";
}

/// Of what concerns no single tenant the owner sees the rows that the service sees, and may change them.
constexpr const char* as_service = "PERFORM set_config('app.scope', 'service', true);\n";
constexpr const char* as_nobody = "PERFORM set_config('app.scope', '', true);\n";

std::string for_the_service(const std::string& body) {
    return do_block("", std::string("    ") + as_service + body + "    " + as_nobody);
}

/// All tenants are known before the first one is set: from then on only that one is seen, beside accounts and sessions.
/// Settings end with a transaction, so each has its own. What follows finds nothing set.
std::string for_each_tenant(const std::string& body, const row_walk& how) {
    const std::string one = variable;
    const std::string all = every_tenant;
    const std::string begun = std::string("        ") + as_service;
    return do_block("DECLARE\n    " + one + " uuid;\n    " + all + " uuid[];\n",
                    std::string("    ") + as_service + "    " + all + " := array(SELECT \"id\" FROM " +
                        quoted_name(how.tenant_table) + ");\n    FOREACH " + one + " IN ARRAY " + all + " LOOP\n" +
                        begun + "        PERFORM set_config('app.tenant', " + one + "::text, true);\n" + body +
                        (how.commit_each ? "        COMMIT;\n" : "") +
                        "    END LOOP;\n    PERFORM set_config('app.tenant', '', true);\n    " + as_nobody);
}

std::string of_tenant(const schema_table& table, const std::string& alias = {}) {
    return alias + quoted_name(table.tenant_column) + " = " + variable;
}

/// Fails with `message` when there are rows.
std::string look(const schema_table& table, const std::string& rows, const std::string& message, const row_walk& how) {
    const std::string body = "        IF EXISTS (" + rows + ") THEN\n            RAISE EXCEPTION " +
                             quoted_text(message) + ";\n        END IF;\n";
    return table.tenant_column.empty() ? for_the_service(body) : for_each_tenant(body, how);
}

}  // namespace

std::string update_rows(const schema_table& table, const std::string& assignment, const std::string& condition,
                        const row_walk& how) {
    const std::string update = "UPDATE " + quoted_name(table.name) + " SET " + assignment + " WHERE ";
    if (table.tenant_column.empty()) return for_the_service("        " + update + condition + ";\n");
    return for_each_tenant("        " + update + of_tenant(table) + " AND " + condition + ";\n", how);
}

std::string with_item(const std::string& column, const std::string& from, const std::string& to) {
    return "(SELECT jsonb_agg(CASE WHEN item = to_jsonb(" + quoted_text(from) + "::text) THEN to_jsonb(" +
           quoted_text(to) + "::text) ELSE item END ORDER BY place) FROM jsonb_array_elements(" + column +
           ") WITH ORDINALITY AS items (item, place))";
}

std::string rows_refer_to_nothing(const schema_foreign_key& key) {
    return key.name + ": rows refer to nothing in " + key.table;
}

std::string look_for_item(const schema_table& table, const std::string& column, const std::string& item,
                          const row_walk& how) {
    return look_for_rows(table,
                         "source." + quoted_name(column) + " @> " + quoted_text("[\"" + json_escaped(item) + "\"]"),
                         rows_have_item(table, column, item), how);
}

std::string look_for_rows(const schema_table& table, const std::string& condition, const std::string& message,
                          const row_walk& how) {
    const std::string of_row = table.tenant_column.empty() ? "" : of_tenant(table, "source.") + " AND ";
    return look(table, "SELECT FROM " + quoted_name(table.name) + " source WHERE " + of_row + condition, message, how);
}

std::string look_for_dangling(const schema_table& table, const schema_foreign_key& key, const row_walk& how) {
    std::string same;
    for (std::size_t i = 0; i < key.columns.size(); ++i)
        same += std::string(i == 0 ? "" : " AND ") + "target." + quoted_name(key.target_columns[i]) + " = source." +
                quoted_name(key.columns[i]);
    return look_for_rows(table,
                         "source." + quoted_name(key.columns.back()) +
                             " IS NOT NULL\n                   AND NOT EXISTS (SELECT FROM " + quoted_name(key.table) +
                             " target WHERE " + same + ")",
                         rows_refer_to_nothing(key), how);
}

}  // namespace tenon::gen::postgres
