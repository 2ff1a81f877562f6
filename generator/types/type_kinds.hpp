// The kinds of types: of fields, of the columns that keep them, and of the parameters of lists.
#pragma once

namespace tenon::gen {

/// What a field holds. `reference` and `has_many` name another entity; a has-many has no column of its own.
enum class type_kind {
    string,    ///< Short text, bounded in length (in code points).
    text,      ///< Long text.
    integer,   ///< 64-bit signed.
    floating,  ///< double
    boolean,
    date,
    datetime,  ///< A UTC instant, microseconds.
    time,      ///< Of a day, without a zone, microseconds.
    duration,  ///< An exact length of time, microseconds.
    uuid,
    email,
    url,
    json,         ///< Any JSON value.
    decimal,      ///< Exact: `precision` digits, `scale` of them after the point; at most `most_digits`.
    money,        ///< Integer minor units and a currency.
    enumeration,  ///< One of `values`.
    reference,    ///< The id of one `target`.
    has_many,     ///< The `target`s whose `via` field refers to this entity.
};

/// What a column holds, in whichever database: generator/migrate/column_table.hpp has the words of each.
enum class sql_type { uuid, text, integer, real, boolean, instant, date, time, duration, decimal, json };

/// The enumerators of tenon::paging::column_type.
enum class list_column_type { text, integer, real, boolean, uuid, instant, date, decimal, enumeration, written };

}  // namespace tenon::gen
