// What differs between the types of fields, but for the grammar of their parameters: a row for each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "generator/types/field_type.hpp"
#include "generator/types/type_kinds.hpp"

namespace tenon::gen {

/// How bounds are read, and in which unit they count (see `bound`).
enum class bound_form {
    none,
    length,       ///< Of a text, in code points.
    whole,        ///< An integer.
    number,       ///< A double.
    scaled,       ///< A decimal times 10^scale.
    minor_units,  ///< Of a currency.
};

/// How a value in the spec is read: a default, an example.
enum class value_form {
    none,    ///< There is none.
    text,    ///< Any text, or one that `type_row::fits`.
    whole,   ///< `7`
    number,  ///< `0.5`
    scaled,  ///< `0.50`
    amount,  ///< `5.95 USD`
    truth,   ///< `true`
    json,    ///< `{}`, `[]`, a number, true, false, or a text in quotes.
    one_of,  ///< A value of the enum.
};

/// Two values that differ and one that is refused, as JSON; and how tests number more of them. Empty where the field
/// decides (its bounds, its values).
struct type_samples {
    std::string_view valid = {}, other = {}, invalid = {};
    std::string_view before = {}, behind = {};  ///< Around the number, inside the quotes.
    std::size_t digits = 1;                     ///< Of the number, at least.
};

/// All texts are ASCII and live for ever.
struct type_row {
    type_kind kind{};
    std::string_view word;  ///< Of the language: "int".

    bound_form bounds = bound_form::none;
    value_form value = value_form::none;
    bool (*fits)(std::string_view) = nullptr;  ///< value_form::text: whether it is a value. Null: any text is.
    bool takes_now = false;                    ///< `= now`
    std::string_view expected = {};            ///< For hints; empty where its parameters have to be told as well.
    bool has_lists = true;                     ///< `WORD[]`

    bool is_text = false;            ///< Kept as text, of which a pattern can say something; texts are searched.
    bool ordered = false;            ///< Filters take bounds: `PARAMETER_from` and `PARAMETER_to`.
    std::string_view not_used = {};  ///< Why lists neither filter nor sort by it and no index has it; empty: they can.
    std::string_view not_sorted = {};  ///< Why lists do not sort by it.
    std::string_view not_unique = {};  ///< Why no unique rule has it.

    std::string_view cpp = {};     ///< Of one value; empty where its parameters are in it.
    std::string_view parser = {};  ///< Has `parse`, for a default that is written as text: "date" of tenon::date.
    std::string_view now = {};     ///< The default `now` in C++.
    std::string_view zero = {};    ///< The initialiser of a member that would have no value without it.

    sql_type column = sql_type::text;
    std::optional<list_column_type> parameter = std::nullopt;  ///< Of lists of records.

    std::string_view schema_type = "string";  ///< JSON Schema's; empty: any value.
    std::string_view schema_format = {};
    std::string_view now_words = {};  ///< What `now` is, for readers of the API.
    std::int64_t schema_length = 0;   ///< maxLength of the form itself; 0: it has none.
    std::string_view check = {};      ///< Of <tenon/core/check.hpp>, without arguments.
    std::string_view check_sentence = {};

    type_samples samples = {};
};

const type_row& row_of(type_kind kind);
/// In the order in which hints name them.
std::span<const type_row> type_rows();

/// A word of SQL or another language, and what to write instead.
struct foreign_word {
    std::string_view word;
    std::string_view ours;
};
std::span<const foreign_word> foreign_words();

}  // namespace tenon::gen
