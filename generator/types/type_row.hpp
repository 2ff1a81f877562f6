// What differs between the types of fields, but for the grammar of their parameters: a row for each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
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
    counted,      ///< As `counted_form` reads it.
};

/// How a value in the spec is read: a default, an example.
enum class value_form {
    none,     ///< There is none.
    text,     ///< Any text, or one that `type_row::fits`.
    whole,    ///< `7`
    number,   ///< `0.5`
    scaled,   ///< `0.50`
    amount,   ///< `5.95 USD`
    truth,    ///< `true`
    json,     ///< `{}`, `[]`, a number, true, false, or a text in quotes.
    one_of,   ///< A value of the enum.
    counted,  ///< As `counted_form` reads it.
};

/// Values that have a form of their own and are counted in one unit: what tenon::written_value is in C++, made of the
/// count.
struct counted_form {
    std::optional<std::int64_t> (*count)(std::string_view text);  ///< Of a value in the spec; nothing: it is none.
    std::string (*print)(std::int64_t count);                     ///< As the API has it.
    std::int64_t lowest = 0, highest = 0;
    std::int64_t usual = 0;  ///< Of examples.
    std::int64_t step = 1;   ///< From one example to the next.
    std::string_view pattern = {};
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
    std::string_view example = {};             ///< bound_form::counted: "a time such as 09:30"
    bool has_lists = true;                     ///< `WORD[]`

    bool is_text = false;            ///< Kept as text, of which a pattern can say something; texts are searched.
    bool ordered = false;            ///< Filters take bounds: `PARAMETER_from` and `PARAMETER_to`.
    std::string_view not_used = {};  ///< Why lists neither filter nor sort by it and no index has it; empty: they can.
    std::string_view not_sorted = {};  ///< Why lists do not sort by it.
    std::string_view not_unique = {};  ///< Why no unique rule has it.

    std::string_view cpp = {};     ///< Of one value; empty where its parameters are in it.
    std::string_view header = {};  ///< Of <tenon/core/>, where not every model includes it.
    const counted_form* counted = nullptr;
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
