// The type of a field, as the type mini-language or the map form of a field spells it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "generator/support/source.hpp"
#include "generator/types/type_kinds.hpp"

namespace tenon::gen {

/// The word of the language for a kind ("int", "decimal", "enum", "ref").
std::string type_word(type_kind kind);

/// The most minor units of an amount, on either side of zero: what every client of the API can hold exactly.
inline constexpr std::int64_t largest_amount = (std::int64_t{1} << 53) - 1;

/// Of a decimal, before and after the point together: any such number fits 64 bits.
inline constexpr int most_digits = 18;

/// A bound as a number in the unit its type is kept in: code points for string and text, the value for int, the value
/// times 10^scale for decimal, minor units for money; float uses `number` instead.
struct bound {
    std::int64_t integer = 0;
    double number = 0;
    std::string text;  ///< As written.
    source_range at;
};

/// An enum's value with the name that it had before.
struct renamed_value {
    std::size_t value = 0;  ///< Index into field_type::values.
    name was;
};

struct field_type {
    type_kind kind = type_kind::string;
    bool optional = false;  ///< `?`: may be null.
    bool array = false;     ///< `[]`: a list of the scalar or enum.
    std::optional<bound> min;
    std::optional<bound> max;
    int precision = 0;         ///< decimal: 1..most_digits
    int scale = 0;             ///< decimal: 0..precision
    std::string currency;      ///< money(USD): the only currency; empty: the currency is kept beside the amount.
    std::vector<name> values;  ///< enum
    std::vector<renamed_value> renamed;  ///< enum: those written `done (was closed)`
    name target;                         ///< ref, has_many: the entity's name
    std::optional<name> via;  ///< has_many: the ref field of `target`; unset when there is only one that fits
    source_range at;
};

enum class default_kind {
    boolean,  ///< `integer` is 0 or 1
    integer,  ///< int: `integer`; decimal: `integer`, scaled by 10^scale; money: `integer` minor units, `text` currency
    number,   ///< float: `number`
    string,   ///< string, text, uuid, email, url, date, datetime, enum: `text`
    now,      ///< datetime: the time of creation; date: its day in UTC
    empty_list,  ///< arrays
    json,        ///< json: `text` is `{}`, `[]`, a number, true, false or a JSON string
};

/// The value of a new record's field when a request leaves it out.
struct default_value {
    default_kind kind = default_kind::string;
    std::int64_t integer = 0;
    double number = 0;
    std::string text;
    source_range at;
};

}  // namespace tenon::gen
