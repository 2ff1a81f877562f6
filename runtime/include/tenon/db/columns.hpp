// Columns whose values take more than one step: JSON (arrays and free documents) and money (two columns).
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>

#include <tenon/db/value.hpp>
#include <tenon/json/reader.hpp>
#include <tenon/json/writer.hpp>

namespace tenon::db {

/// A value as JSON text, for a JSON column.
template <class T>
value json_value(const T& v) {
    json::writer out;
    out.value(v);
    return std::move(out).take();
}
template <class T>
value json_value(const std::optional<T>& v) {
    return v ? json_value(*v) : value(null_value{});
}

/// Takes over the text that the database keeps, without parsing it again. Text that would break out of an answer is a
/// broken row: std::logic_error.
void read_json(const row& from, std::size_t column, json_text& out);

/// Reads what `json_value` wrote. Text that is not such a value is a broken row: std::logic_error.
template <class T>
void read_json(const row& from, std::size_t column, T& out) {
    auto parsed = json::document::parse(from.get<std::string>(column));
    field_errors errors;
    if (!parsed || !decode(parsed->root(), "", out, errors))
        throw std::logic_error("a JSON column holds something else");
}
template <class T>
void read_json(const row& from, std::size_t column, std::optional<T>& out) {
    if (from.is_null(column)) return out.reset();
    read_json(from, column, out.emplace());
}

/// The first of money's two columns: the amount in minor units.
inline value amount(const money& m) {
    return m.amount_minor;
}
inline value amount(const std::optional<money>& m) {
    return m ? amount(*m) : value(null_value{});
}
/// The second: the currency's code.
inline value currency_code(const money& m) {
    return m.unit.to_string();
}
inline value currency_code(const std::optional<money>& m) {
    return m ? currency_code(*m) : value(null_value{});
}
/// Reads both, the amount at `column` and the currency behind it.
inline void read_money(const row& from, std::size_t column, money& out) {
    from.read(column, out.amount_minor);
    from.read(column + 1, out.unit);
}
inline void read_money(const row& from, std::size_t column, std::optional<money>& out) {
    if (from.is_null(column)) return out.reset();
    read_money(from, column, out.emplace());
}

/// `args` takes values that are ready as they are.
inline value to_value(value v) {
    return v;
}

}  // namespace tenon::db
