// Messages about a spec: what is wrong, where, and what to do about it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/support/source.hpp"

namespace tenon::gen {

/// The kinds of mistakes. diagnostic_codes.cpp has the title and the explanation of each, docs/errors.md is made from
/// it. A number is never given to another kind.
enum class code : int {
    // the text
    file_too_large = 1,
    invalid_utf8 = 2,
    control_character = 3,
    tab_indentation = 4,
    yaml_syntax = 5,
    several_documents = 6,
    duplicate_key = 7,
    key_not_a_word = 8,
    too_deep = 9,
    too_many_aliases = 10,
    // its shape
    unknown_key = 11,
    missing_key = 12,
    wrong_kind = 13,
    bad_value = 14,
    empty_spec = 15,
    yaml_feature = 16,
    language_version = 17,
    // types of fields
    type_syntax = 20,
    unknown_type = 21,
    bad_bounds = 22,
    bad_default = 23,
    comma_in_flow = 24,
    bad_enum = 25,
    option_not_for_type = 26,
    bad_pattern = 27,
    // names
    bad_name = 30,
    name_style = 32,
    name_too_long = 33,
    name_clash = 34,
    reserved_name = 35,
    bad_path = 36,
    // references
    unknown_entity = 40,
    unknown_role = 41,
    unknown_field = 42,
    unknown_limit = 43,
    unknown_plan = 44,
    unknown_agent = 45,
    unknown_state = 46,
    unknown_oauth = 47,
    unknown_channel = 48,
    unnamed_right = 49,
    // meaning
    role_cycle = 50,
    unusable_field = 51,
    has_many_inverse = 52,
    repeated_item = 53,
    required_cycle = 54,
    bad_on_delete = 55,
    default_plan = 56,
    bad_workflow = 57,
    bad_guard = 58,
    bad_access = 59,
    // values with a form of their own
    bad_duration = 60,
    bad_price = 61,
    bad_route = 62,
    bad_schedule = 63,
    bad_setting = 64,
    // between one version of a spec and the next
    data_loss = 70,
    unnamed_rename = 71,
    impossible_change = 72,
    // right, and perhaps not meant
    lone_role = 80,
    unused_bin = 81,
    dead_right = 82,
    idle_on_delete = 83,
    // understood, and for a later version
    not_supported = 90,
};

struct code_info {
    code id;
    std::string_view key;          ///< The enumerator's name.
    std::string_view title;        ///< A few words.
    std::string_view explanation;  ///< A paragraph: why it is a mistake and what to do.
};

/// Every code, ascending.
std::span<const code_info> all_codes();
/// "E011"; "W080" for a warning.
std::string code_text(code id);
/// Whether specs with it are good all the same: 80 to 89.
bool is_warning(code id);

struct diagnostic {
    code id = code::yaml_syntax;
    source_range at;      ///< In the text that the diagnostics are about.
    std::string message;  ///< One line, no full stop; names from the text in single quotes.
    std::string hint;     ///< What to write instead; may be empty.
};

/// Everything found in one text, in the order of places.
struct diagnostics {
    std::vector<diagnostic> items;
    std::size_t suppressed = 0;  ///< Found beyond the bound on how many are reported.

    bool empty() const { return items.empty(); }
};

/// text: for people, with the source line and a caret; json: one document; github: workflow commands.
enum class diagnostic_format { text, json, github };

/// Prints all of `found`, which is about `source`. `colour` (ANSI) matters for text only. Control characters of the
/// text never reach the output.
std::string print(const diagnostics& found, const source_text& source, diagnostic_format format, bool colour = false);

}  // namespace tenon::gen
