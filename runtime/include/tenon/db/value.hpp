// What goes into and comes out of SQL statements, the same for SQLite and PostgreSQL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tenon/core/decimal.hpp>
#include <tenon/core/enum_names.hpp>
#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/core/written.hpp>

namespace tenon::db {

/// Stored as: SQLite INTEGER/REAL/TEXT (uuid: 36-character TEXT; instant: INTEGER microseconds; date: TEXT
/// "YYYY-MM-DD"; decimal: INTEGER units; bool: 0/1); PostgreSQL the native type (uuid, timestamptz, date, numeric,
/// boolean). Types that bring their own form are kept as it says (tenon/core/written.hpp).
struct null_value {
    bool operator==(const null_value&) const = default;
};
struct decimal_value {
    std::int64_t units = 0;
    int scale = 0;
    bool operator==(const decimal_value&) const = default;
};
using value = std::variant<null_value, bool, std::int64_t, double, std::string, uuid, instant, date, decimal_value>;

inline value to_value(bool v) {
    return v;
}
inline value to_value(std::int64_t v) {
    return v;
}
inline value to_value(double v) {
    return v;
}
inline value to_value(std::string v) {
    return v;
}
inline value to_value(std::string_view v) {
    return std::string(v);
}
inline value to_value(const char* v) {
    return std::string(v);
}
inline value to_value(uuid v) {
    return v;
}
inline value to_value(instant v) {
    return v;
}
inline value to_value(date v) {
    return v;
}
inline value to_value(currency v) {
    return v.to_string();
}
template <class Entity>
value to_value(id<Entity> v) {
    return v.value;
}
template <int Precision, int Scale>
value to_value(decimal<Precision, Scale> v) {
    return decimal_value{v.units, Scale};
}
template <named_enum Enum>
value to_value(Enum v) {
    return std::string(to_name(v));
}
template <written_value T>
value to_value(const T& v) {
    return v.stored();
}
template <class T>
value to_value(const std::optional<T>& v) {
    return v ? to_value(*v) : value(null_value{});
}

using values = std::vector<value>;

/// `auto args = db::args(id, name);` — the statement's parameters, named before the `co_await` that sends them.
template <class... T>
values args(const T&... v) {
    values out;
    out.reserve(sizeof...(T));
    (out.push_back(to_value(v)), ...);
    return out;
}

/// One result row. Columns are read by position, in the order of the statement's select list. Asking for a type that
/// the column cannot be is a bug in the statement and ends the request with errc::internal (std::logic_error).
class row {
  public:
    explicit row(const value* columns) : columns_(columns) {}

    const value& cell(std::size_t i) const { return columns_[i]; }
    bool is_null(std::size_t i) const { return std::holds_alternative<null_value>(columns_[i]); }
    void read(std::size_t i, bool& out) const;
    void read(std::size_t i, std::int64_t& out) const;
    void read(std::size_t i, double& out) const;
    void read(std::size_t i, std::string& out) const;
    void read(std::size_t i, uuid& out) const;
    void read(std::size_t i, instant& out) const;
    void read(std::size_t i, date& out) const;
    void read(std::size_t i, currency& out) const;
    template <class Entity>
    void read(std::size_t i, id<Entity>& out) const {
        read(i, out.value);
    }
    template <int Precision, int Scale>
    void read(std::size_t i, decimal<Precision, Scale>& out) const {
        out.units = decimal_units(i, Scale);
    }
    template <named_enum Enum>
    void read(std::size_t i, Enum& out) const {
        std::string name;
        read(i, name);
        auto found = from_name<Enum>(name);
        if (!found) unknown_enum(i, name);
        out = *found;
    }
    template <written_value T>
    void read(std::size_t i, T& out) const {
        const auto* kept = std::get_if<typename T::stored_type>(&columns_[i]);
        const auto found = kept ? T::from_stored(*kept) : std::nullopt;
        if (!found) mismatch(i, T::expected);
        out = *found;
    }
    template <class T>
    void read(std::size_t i, std::optional<T>& out) const {
        if (is_null(i)) return out.reset();
        read(i, out.emplace());
    }
    template <class T>
    T get(std::size_t i) const {
        T out{};
        read(i, out);
        return out;
    }

  private:
    std::int64_t decimal_units(std::size_t i, int scale) const;
    [[noreturn]] static void mismatch(std::size_t column, std::string_view wanted);
    [[noreturn]] void unknown_enum(std::size_t i, std::string_view name) const;
    const value* columns_;
};

/// All rows of one result (bounded by the statement's LIMIT) and how many rows a write touched.
class rows {
  public:
    rows() = default;
    rows(std::size_t width, std::vector<value> cells, std::int64_t affected, bool cut = false)
        : width_(width), cells_(std::move(cells)), affected_(affected), cut_(cut) {}

    std::size_t size() const { return width_ == 0 ? 0 : cells_.size() / width_; }
    bool empty() const { return size() == 0; }
    std::size_t width() const { return width_; }
    row operator[](std::size_t i) const { return row(cells_.data() + i * width_); }
    std::int64_t affected() const { return affected_; }
    /// More rows were found than a page may hold bytes: these are the first of them, one at least.
    bool is_cut() const { return cut_; }
    std::size_t bytes() const;  ///< What its texts take.

  private:
    std::size_t width_ = 0;
    std::vector<value> cells_;
    std::int64_t affected_ = 0;
    bool cut_ = false;
};

}  // namespace tenon::db
