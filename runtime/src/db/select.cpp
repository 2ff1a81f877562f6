// Composes the select statements of lists.
#include <tenon/db/select.hpp>

#include <algorithm>
#include <bit>

namespace tenon::db {
namespace {

std::string quoted(std::string_view name) {
    std::string out = "\"";
    for (char c : name) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

/// Sorts behind every continuation of a text.
constexpr std::string_view highest_character = "\xF4\x8F\xBF\xBF";

}  // namespace

select_statement::select_statement(std::string_view columns, std::string_view table, std::string_view tenant_column)
    : table_(quoted(table)), tenant_column_(quoted(tenant_column)) {
    text_.reserve(256);
    text_.append("SELECT ").append(columns).append(" FROM ").append(quoted(table));
    text_.append(" WHERE ").append(quoted(tenant_column)).append(" = $1");
}

std::string select_statement::parameter(value v) {
    parameters_.push_back(std::move(v));
    return "$" + std::to_string(parameters_.size() + 1);
}

void select_statement::where(std::string_view condition) {
    text_.append(" AND ").append(condition);
}

select_statement& select_statement::where_equal(std::string_view column, value v) {
    where(quoted(column) + " = " + parameter(std::move(v)));
    return *this;
}

select_statement& select_statement::where_one_of(const std::string& before, const std::string& behind,
                                                 std::string_view column, const values& any, bool or_null) {
    std::vector<std::string> terms;
    const std::size_t places = any.empty() ? 0 : std::bit_ceil(any.size());
    for (std::size_t i = 0; i < places; ++i)
        terms.push_back(before + parameter(any[std::min(i, any.size() - 1)]) + behind);
    if (or_null) terms.push_back(quoted(column) + " IS NULL");
    std::string condition;
    for (const std::string& term : terms) condition += (condition.empty() ? "" : " OR ") + term;
    if (!terms.empty()) where(terms.size() == 1 ? condition : "(" + condition + ")");
    return *this;
}

select_statement& select_statement::where_any(std::string_view column, const values& any, bool or_null) {
    return where_one_of(quoted(column) + " = ", "", column, any, or_null);
}

select_statement& select_statement::where_holds_any(std::string_view column, const values& any, bool or_null) {
    search_ = true;  // each row has to be looked into
    // The function behind PostgreSQL's operator `?`; SQLite has it from us.
    return where_one_of("jsonb_exists(" + quoted(column) + ", ", ")", column, any, or_null);
}

select_statement& select_statement::where_at_least(std::string_view column, value v) {
    where(quoted(column) + " >= " + parameter(std::move(v)));
    return *this;
}

select_statement& select_statement::where_at_most(std::string_view column, value v) {
    where(quoted(column) + " <= " + parameter(std::move(v)));
    return *this;
}

select_statement& select_statement::where_null(std::string_view column) {
    where(quoted(column) + " IS NULL");
    return *this;
}

select_statement& select_statement::where_not_null(std::string_view column) {
    where(quoted(column) + " IS NOT NULL");
    return *this;
}

select_statement& select_statement::where_contains(const std::string_view* columns, std::size_t count,
                                                   std::string_view text) {
    if (count == 0) return *this;
    search_ = true;
    // lower() on both sides is what both databases agree on; SQLite's folds ASCII letters only. LIKE would take time
    // that grows with the product of both lengths.
    const std::string wanted = parameter(std::string(text));
    std::string any;
    for (std::size_t i = 0; i < count; ++i) {
        any += i == 0 ? "(" : " OR ";
        any += "strpos(lower(" + quoted(columns[i]) + "), lower(" + wanted + ")) > 0";
    }
    where(any + ")");
    return *this;
}

select_statement& select_statement::after(std::string_view sort_column, value sort_value, uuid id, bool descending,
                                          bool nullable) {
    const std::string column = quoted(sort_column);
    const std::string_view beyond = descending ? " < " : " > ";
    if (std::holds_alternative<null_value>(sort_value)) {
        const std::string same = "(" + column + " IS NULL AND \"id\"" + std::string(beyond) + parameter(id) + ")";
        where(descending ? same : "(" + same + " OR " + column + " IS NOT NULL)");
        return *this;
    }
    const std::string value_name = parameter(std::move(sort_value));
    const std::string id_name = parameter(id);
    const std::string behind =
        "(" + column + ", \"id\")" + std::string(beyond) + "(" + value_name + ", " + id_name + ")";
    where(descending && nullable ? "(" + behind + " OR " + column + " IS NULL)" : behind);
    return *this;
}

select_statement& select_statement::after_beginning(std::string_view sort_column, const std::string& beginning, uuid id,
                                                    bool descending, bool nullable) {
    const std::string column = quoted(sort_column);
    const std::string id_name = parameter(id);
    const std::string known = parameter(beginning);
    const std::string otherwise = descending ? parameter(beginning + std::string(highest_character)) : known;
    const std::string whole = "coalesce((SELECT " + column + " FROM " + table_ + " WHERE " + tenant_column_ +
                              " = $1 AND \"id\" = " + id_name + " AND substr(" + column + ", 1, length(" + known +
                              ")) = " + known + "), " + otherwise + ")";
    const std::string behind =
        "(" + column + ", \"id\")" + (descending ? " < " : " > ") + "(" + whole + ", " + id_name + ")";
    where(descending && nullable ? "(" + behind + " OR " + column + " IS NULL)" : behind);
    return *this;
}

select_statement& select_statement::order_by(std::string_view sort_column, bool descending, bool nullable) {
    const std::string_view direction = descending ? " DESC" : " ASC";
    text_.append(" ORDER BY ").append(quoted(sort_column)).append(direction);
    // SQLite's own order, which PostgreSQL has to be told; unsaid where there are no nulls, so that indexes still fit.
    if (nullable) text_.append(descending ? " NULLS LAST" : " NULLS FIRST");
    text_.append(", \"id\"").append(direction);
    return *this;
}

select_statement& select_statement::limit(std::size_t count) {
    text_.append(" LIMIT ").append(std::to_string(count));
    return *this;
}

select_statement& select_statement::as_page(std::size_t bytes_max) {
    page_ = true;
    page_bytes_max_ = bytes_max;
    return *this;
}

}  // namespace tenon::db
