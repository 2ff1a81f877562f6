// A tag for the type, then the content; numbers in big-endian order, texts behind their length.
#include "paging/value_bytes.hpp"

#include <bit>
#include <limits>

namespace tenon::paging {
namespace {

// Part of the format: never renumber (cursors that clients hold would be refused, which is safe, but rude).
enum class tag : char {
    null = 0,
    boolean,
    integer,
    real,
    text,
    uuid,
    instant,
    date,
    decimal,
};

void append_number(std::string& out, std::int64_t number) {
    const auto bits = static_cast<std::uint64_t>(number);
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>((bits >> shift) & 0xff));
}

std::optional<std::int64_t> take_number(std::string_view& bytes) {
    if (bytes.size() < 8) return std::nullopt;
    std::uint64_t bits = 0;
    for (int i = 0; i < 8; ++i) bits = bits << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    bytes.remove_prefix(8);
    return static_cast<std::int64_t>(bits);
}

struct appender {
    std::string& out;

    void put(tag t) const { out.push_back(static_cast<char>(t)); }
    void operator()(db::null_value) const { put(tag::null); }
    void operator()(bool v) const { put(tag::boolean), out.push_back(v ? 1 : 0); }
    void operator()(std::int64_t v) const { put(tag::integer), append_number(out, v); }
    void operator()(double v) const { put(tag::real), append_number(out, std::bit_cast<std::int64_t>(v)); }
    void operator()(const std::string& v) const {
        put(tag::text), append_number(out, static_cast<std::int64_t>(v.size())), out.append(v);
    }
    void operator()(const uuid& v) const {
        put(tag::uuid), out.append(reinterpret_cast<const char*>(v.bytes.data()), v.bytes.size());
    }
    void operator()(instant v) const { put(tag::instant), append_number(out, v.micros); }
    void operator()(date v) const { put(tag::date), append_number(out, v.days); }
    void operator()(const db::decimal_value& v) const {
        put(tag::decimal), append_number(out, v.units), append_number(out, v.scale);
    }
};

std::optional<db::value> take_text(std::string_view& bytes) {
    const auto size = take_number(bytes);
    if (!size || *size < 0 || static_cast<std::uint64_t>(*size) > bytes.size()) return std::nullopt;
    std::string out(bytes.substr(0, static_cast<std::size_t>(*size)));
    bytes.remove_prefix(out.size());
    return out;
}

std::optional<db::value> take_boolean(std::string_view& bytes) {
    if (bytes.empty() || (bytes.front() != 0 && bytes.front() != 1)) return std::nullopt;
    const bool out = bytes.front() == 1;
    bytes.remove_prefix(1);
    return out;
}

std::optional<db::value> take_small(tag kind, std::string_view& bytes) {
    const auto number = take_number(bytes);
    if (!number) return std::nullopt;
    if (kind == tag::integer) return *number;
    if (kind == tag::real) return std::bit_cast<double>(*number);
    if (kind == tag::instant) return instant{*number};
    using days = std::numeric_limits<std::int32_t>;
    if (kind == tag::date && *number >= days::min() && *number <= days::max())
        return date{static_cast<std::int32_t>(*number)};
    if (kind != tag::decimal) return std::nullopt;
    const auto scale = take_number(bytes);
    if (!scale || *scale < 0 || *scale > 18) return std::nullopt;
    return db::decimal_value{*number, static_cast<int>(*scale)};
}

}  // namespace

void append_bytes(std::string& out, const db::value& v) {
    std::visit(appender{out}, v);
}

std::optional<uuid> take_uuid(std::string_view& bytes) {
    uuid out;
    if (bytes.size() < out.bytes.size()) return std::nullopt;
    for (std::size_t i = 0; i < out.bytes.size(); ++i) out.bytes[i] = static_cast<std::uint8_t>(bytes[i]);
    bytes.remove_prefix(out.bytes.size());
    return out;
}

std::optional<db::value> take_value(std::string_view& bytes) {
    if (bytes.empty()) return std::nullopt;
    const auto kind = static_cast<tag>(bytes.front());
    bytes.remove_prefix(1);
    switch (kind) {
        case tag::null:
            return db::null_value{};
        case tag::boolean:
            return take_boolean(bytes);
        case tag::text:
            return take_text(bytes);
        case tag::uuid: {
            const auto id = take_uuid(bytes);
            return id ? std::optional<db::value>(*id) : std::nullopt;
        }
        case tag::integer:
        case tag::real:
        case tag::instant:
        case tag::date:
        case tag::decimal:
            return take_small(kind, bytes);
    }
    return std::nullopt;
}

}  // namespace tenon::paging
