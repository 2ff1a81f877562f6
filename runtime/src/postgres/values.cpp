// Encodes parameters and decodes binary result columns (the formats of PostgreSQL's typsend functions).
#include "postgres/values.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/time_of_day.hpp>

#include "db/result_limits.hpp"

namespace tenon::db {
namespace {

// PostgreSQL counts from 2000-01-01.
constexpr std::int64_t epoch_days = 10'957;
constexpr std::int64_t epoch_micros = epoch_days * 86'400'000'000;

/// Type ids of pg_type.dat: fixed for all servers.
enum type_id : Oid {
    bool_type = 16,
    name_type = 19,
    int8_type = 20,
    int2_type = 21,
    int4_type = 23,
    text_type = 25,
    json_type = 114,
    float4_type = 700,
    float8_type = 701,
    unknown_type = 705,
    bpchar_type = 1042,
    varchar_type = 1043,
    date_type = 1082,
    time_type = 1083,
    timestamptz_type = 1184,
    numeric_type = 1700,
    void_type = 2278,
    uuid_type = 2950,
    jsonb_type = 3802,
};

struct encoder {
    postgres_parameters& to;

    void operator()(null_value) const { to.add_null(); }
    void operator()(bool v) const { to.add(v ? "t" : "f"); }
    void operator()(std::int64_t v) const {
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, v);
        to.add(std::string_view(digits, end.ptr));
    }
    void operator()(double v) const {
        if (std::isnan(v)) return to.add("NaN");
        if (std::isinf(v)) return to.add(v > 0 ? "Infinity" : "-Infinity");
        char digits[32];
        const auto end = std::to_chars(digits, digits + sizeof digits, v);
        to.add(std::string_view(digits, end.ptr));
    }
    void operator()(const std::string& v) const { to.add(v); }
    void operator()(const uuid& v) const { to.add(v.to_string()); }
    void operator()(instant v) const { to.add(v.to_string()); }
    void operator()(date v) const { to.add(v.to_string()); }
    void operator()(const decimal_value& v) const { to.add(tenon::detail::format_decimal(v.units, v.scale)); }
};

/// A big-endian integer of `Int`'s size.
template <class Int>
Int big_endian(const char* bytes) {
    std::make_unsigned_t<Int> out = 0;
    for (std::size_t i = 0; i < sizeof(Int); ++i)
        out = static_cast<std::make_unsigned_t<Int>>((out << 8U) | static_cast<unsigned char>(bytes[i]));
    return static_cast<Int>(out);
}

/// What PostgreSQL keeps and no `value` holds comes as the text that PostgreSQL itself takes back, so that it still has
/// its place in an order; read into a field it is a mismatch.
value infinity(bool negative) {
    return value(std::string(negative ? "-infinity" : "infinity"));
}

/// numeric_send: four 16-bit words (count of digits, weight of the first, sign, decimals), then digits to base 10,000.
value numeric(const char* bytes) {
    constexpr std::uint16_t negative = 0x4000;
    constexpr std::uint16_t not_a_number = 0xC000;
    constexpr std::uint16_t negative_infinity = 0xF000;
    const int count = big_endian<std::int16_t>(bytes);
    const int weight = big_endian<std::int16_t>(bytes + 2);
    const auto sign = big_endian<std::uint16_t>(bytes + 4);
    const int scale = big_endian<std::int16_t>(bytes + 6);
    if (sign == not_a_number) return value(std::string("NaN"));
    const value beyond = infinity(sign == negative || sign == negative_infinity);
    if (sign != 0 && sign != negative) return beyond;
    std::int64_t units = 0;
    // Decimal place by decimal place, from the first digit's highest down to the last that the scale keeps.
    for (int place = (std::max(weight, 0) + 1) * 4 - 1; place >= -scale; --place) {
        const int group = weight - (place >= 0 ? place / 4 : -((-place + 3) / 4));
        int digit = 0;
        if (group >= 0 && group < count) {
            const int within = place - (weight - group) * 4;
            digit = big_endian<std::int16_t>(bytes + 8 + 2 * group);
            for (int i = 0; i < within; ++i) digit /= 10;
            digit %= 10;
        }
        if (__builtin_mul_overflow(units, std::int64_t{10}, &units)) return beyond;
        if (__builtin_add_overflow(units, std::int64_t{digit}, &units)) return beyond;
    }
    if (sign == negative) units = -units;
    return scale == 0 ? value(units) : value(decimal_value{units, scale});
}

value instant_or_infinity(std::int64_t since_2000) {
    using limits = std::numeric_limits<std::int64_t>;
    std::int64_t micros = 0;
    const bool beyond = since_2000 == limits::min() || __builtin_add_overflow(since_2000, epoch_micros, &micros);
    return beyond ? infinity(since_2000 < 0) : value(instant{micros});
}

value date_or_infinity(std::int32_t since_2000) {
    using limits = std::numeric_limits<std::int32_t>;
    if (since_2000 == limits::min() || since_2000 == limits::max()) return infinity(since_2000 < 0);
    return value(date{static_cast<std::int32_t>(since_2000 + epoch_days)});
}

/// False for what no `value` can hold.
bool append_cell(std::vector<value>& out, Oid type, const char* bytes, std::size_t size) {
    switch (type) {
        case bool_type:
            return out.emplace_back(bytes[0] != 0), true;
        case int8_type:
            return out.emplace_back(big_endian<std::int64_t>(bytes)), true;
        case int4_type:
            return out.emplace_back(std::int64_t{big_endian<std::int32_t>(bytes)}), true;
        case int2_type:
            return out.emplace_back(std::int64_t{big_endian<std::int16_t>(bytes)}), true;
        case float8_type:
            return out.emplace_back(std::bit_cast<double>(big_endian<std::uint64_t>(bytes))), true;
        case float4_type:
            return out.emplace_back(static_cast<double>(std::bit_cast<float>(big_endian<std::uint32_t>(bytes)))), true;
        case uuid_type: {
            uuid id;
            for (std::size_t i = 0; i < id.bytes.size(); ++i) id.bytes[i] = static_cast<std::uint8_t>(bytes[i]);
            return out.emplace_back(id), true;
        }
        case timestamptz_type:
            return out.push_back(instant_or_infinity(big_endian<std::int64_t>(bytes))), true;
        case date_type:
            return out.push_back(date_or_infinity(big_endian<std::int32_t>(bytes))), true;
        case time_type:
            return out.emplace_back(time_of_day(big_endian<std::int64_t>(bytes)).stored()), true;
        case numeric_type:
            return out.push_back(numeric(bytes)), true;
        case jsonb_type:
            return out.emplace_back(std::in_place_type<std::string>, bytes + 1, size - 1),
                   true;  // behind the format's version
        case text_type:
        case varchar_type:
        case bpchar_type:
        case name_type:
        case json_type:
        case unknown_type:
            return out.emplace_back(std::in_place_type<std::string>, bytes, size), true;
        case void_type:
            return out.emplace_back(null_value{}), true;
        default:
            return false;
    }
}

/// How many rows a writing statement touched; a SELECT's count is not that.
std::int64_t affected(const PGresult* answered) {
    // libpq takes results that it does not change as non-const.
    auto* unchanged = const_cast<PGresult*>(answered);
    if (std::string_view(PQcmdStatus(unchanged)).starts_with("SELECT")) return 0;
    const std::string_view digits = PQcmdTuples(unchanged);
    std::int64_t out = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return out;
}

}  // namespace

result<void> add_parameter(postgres_parameters& to, const value& v) {
    const auto* const text = std::get_if<std::string>(&v);
    if (text && text->find('\0') != std::string::npos)
        return error(errc::invalid, "A text holds a character that the database cannot keep.");
    std::visit(encoder{to}, v);
    return {};
}

result<void> append_row(std::vector<value>& to, const PGresult* answered, int row) {
    const int width = PQnfields(answered);
    for (int column = 0; column < width; ++column) {
        if (PQgetisnull(answered, row, column)) {
            to.emplace_back(null_value{});
            continue;
        }
        const auto bytes = static_cast<std::size_t>(PQgetlength(answered, row, column));
        if (!append_cell(to, PQftype(answered, column), PQgetvalue(answered, row, column), bytes))
            return error(errc::internal, "a result column has a type that no value can hold: " +
                                             std::string(PQfname(answered, column)));
    }
    return {};
}

std::size_t row_bytes(const PGresult* answered, int row) {
    std::size_t out = 0;
    const int width = PQnfields(answered);
    for (int column = 0; column < width; ++column) out += static_cast<std::size_t>(PQgetlength(answered, row, column));
    return out;
}

result<rows> postgres_rows(const PGresult* answered) {
    const int count = PQntuples(answered);
    const int width = PQnfields(answered);
    const std::size_t size = static_cast<std::size_t>(count) * static_cast<std::size_t>(width);
    if (static_cast<std::size_t>(count) > result_rows_max || size > result_cells_max) return result_too_large();
    std::vector<value> cells;
    cells.reserve(size);
    for (int row = 0; row < count; ++row) TRY(append_row(cells, answered, row));
    return rows(static_cast<std::size_t>(width), std::move(cells), affected(answered));
}

}  // namespace tenon::db
