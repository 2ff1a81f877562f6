// Looking things up in a schema.
#include "generator/migrate/schema.hpp"

#include <algorithm>

namespace tenon::gen {

const schema_table* find_table(const schema& all, const std::string& name) {
    const auto at = std::find_if(all.tables.begin(), all.tables.end(), [&](const auto& t) { return t.name == name; });
    return at == all.tables.end() ? nullptr : &*at;
}

const schema_column* find_column(const schema_table& table, const std::string& name) {
    const auto at =
        std::find_if(table.columns.begin(), table.columns.end(), [&](const auto& c) { return c.name == name; });
    return at == table.columns.end() ? nullptr : &*at;
}

const schema_check* find_check(const schema_table& table, const std::string& column) {
    const auto at =
        std::find_if(table.checks.begin(), table.checks.end(), [&](const auto& c) { return c.column == column; });
    return at == table.checks.end() ? nullptr : &*at;
}

bool same_default(const std::optional<default_value>& a, const std::optional<default_value>& b) {
    if (!a || !b) return a.has_value() == b.has_value();
    return a->kind == b->kind && a->integer == b->integer && a->number == b->number && a->text == b->text;
}

}  // namespace tenon::gen
