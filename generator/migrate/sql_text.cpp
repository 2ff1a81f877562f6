// Quoting, and statements that are the same for both databases.
#include "generator/migrate/sql_text.hpp"

#include "generator/types/entity_columns.hpp"

namespace tenon::gen {

namespace {

std::string quoted(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : text) {
        if (c == quote) out += quote;
        out += c;
    }
    return out + quote;
}

std::string joined(const std::vector<std::string>& items, char quote) {
    std::string out;
    for (const std::string& one : items) {
        if (!out.empty()) out += ", ";
        out += quoted(one, quote);
    }
    return out;
}

}  // namespace

std::string quoted_name(std::string_view name) {
    return quoted(name, '"');
}
std::string quoted_names(const std::vector<std::string>& names) {
    return joined(names, '"');
}
std::string quoted_text(std::string_view text) {
    return quoted(text, '\'');
}
std::string quoted_texts(const std::vector<std::string>& texts) {
    return joined(texts, '\'');
}

std::string on_delete_text(on_delete_rule rule) {
    switch (rule) {
        case on_delete_rule::cascade:
            return " ON DELETE CASCADE";
        case on_delete_rule::set_null:
            return " ON DELETE SET NULL";
        case on_delete_rule::restrict_:
            break;
    }
    return {};
}

std::string sql_lines(const std::vector<std::string>& items) {
    std::string out;
    for (const std::string& one : items) out += (out.empty() ? "    " : ",\n    ") + one;
    return out;
}

std::string rows_have_item(const schema_table& table, const std::string& column, const std::string& item) {
    return table.name + "_" + column + ": rows have " + item;
}

std::string create_index(const schema_table& table, const schema_index& index, const std::string& how) {
    return std::string(index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") + how + quoted_name(index.name) +
           " ON " + quoted_name(table.name) + " (" + quoted_names(index.columns) + ")" +
           (index.live_only  ? " WHERE " + quoted_name(bin_column) + " IS NULL"
            : index.bin_only ? " WHERE " + quoted_name(bin_column) + " IS NOT NULL"
                             : "") +
           ";\n";
}

std::string drop_index(const schema_index& index) {
    return "DROP INDEX " + quoted_name(index.name) + ";\n";
}

}  // namespace tenon::gen
