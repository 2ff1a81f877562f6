// Names in every form, articles by sound, and identifiers that are valid and unique.
#include "generator/resolve/naming_forms.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "generator/support/naming.hpp"

namespace tenon::gen {

namespace {

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view b) { return text.starts_with(b); });
}

/// Names that are macros somewhere in the standard or the system's headers, so that no declaration can use them.
bool is_macro(std::string_view word) {
    static constexpr auto macros =
        std::to_array<std::string_view>({"assert", "errno", "linux", "major", "makedev", "minor", "offsetof", "signals",
                                         "slots", "stderr", "stdin", "stdout", "unix"});
    return std::find(macros.begin(), macros.end(), word) != macros.end();
}

/// FNV-1a, 32 bits, as eight hexadecimal digits: stable over versions and machines.
std::string short_hash(std::string_view text) {
    std::uint32_t hash = 2166136261U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    std::string out;
    for (int shift = 28; shift >= 0; shift -= 4) out += "0123456789abcdef"[(hash >> shift) & 15U];
    return out;
}

std::string lower_title(std::string_view snake) {
    std::string out(snake);
    std::replace(out.begin(), out.end(), '_', ' ');
    return out;
}

}  // namespace

std::string article_of(std::string_view phrase) {
    if (starts_with_any(phrase, {"hour", "honest", "honor", "honour", "heir"})) return "an";
    const bool like_you = starts_with_any(phrase, {"uni", "use", "usu", "usa", "uti", "url", "uri", "uuid", "ura",
                                                   "ubi", "eu", "ewe", "one ", "once"}) &&
                          !starts_with_any(phrase, {"unin", "unim", "unid"});
    if (like_you || phrase == "one") return "a";
    return !phrase.empty() && std::string_view("aeiou").find(phrase.front()) != std::string_view::npos ? "an" : "a";
}

names forms_of(std::string_view name, std::string_view plural_form) {
    names out;
    out.snake = snake_case(name);
    out.pascal = pascal_case(name);
    out.kebab = kebab_case(name);
    out.title = title_case(name);
    out.plural_snake = plural_form.empty() ? plural(out.snake) : snake_case(plural_form);
    out.plural_pascal = pascal_case(out.plural_snake);
    out.plural_kebab = kebab_case(out.plural_snake);
    out.plural_title = title_case(out.plural_snake);
    out.lower_title = lower_title(out.snake);
    out.article = article_of(out.lower_title);
    return out;
}

std::string cpp_identifier(std::string_view text) {
    std::string out = snake_case(text);
    if (out.empty()) out = "value";
    if (out.front() >= '0' && out.front() <= '9') out.insert(0, "value_");
    if (is_cpp_keyword(out) || is_macro(out)) out += '_';
    return out;
}

namespace {

std::string keeping_clear(std::string_view text, std::initializer_list<std::string_view> taken) {
    std::string out = cpp_identifier(text);
    if (std::find(taken.begin(), taken.end(), out) != taken.end()) out += '_';
    return out;
}

}  // namespace

std::string cpp_class(std::string_view entity) {
    return keeping_clear(entity, {"domain", "std", "tenon", "validate"});
}

std::string cpp_namespace(std::string_view plural) {
    return keeping_clear(plural,
                         {"access",     "api",     "context",    "domain",      "hooks",    "keeper",  "made",
                          "may_remove", "nothing", "operations", "permission",  "response", "result",  "shown",
                          "std",        "storage", "task",       "tenant_call", "tenon",    "to_json", "write"});
}

std::string cpp_member(std::string_view field) {
    return keeping_clear(field, {"apply_to", "target"});
}

std::string unique_names::take(const std::string& wanted) {
    return take_short(wanted, std::string::npos);
}

std::string unique_names::take_short(const std::string& wanted, std::size_t max_bytes) {
    const std::string fits =
        wanted.size() <= max_bytes ? wanted : wanted.substr(0, max_bytes - 12) + "_" + short_hash(wanted);
    const std::string stem = fits.ends_with('_') ? fits.substr(0, fits.size() - 1) : fits;
    std::string found = fits;
    for (int number = 2; !reserve(found); ++number) {
        const std::string end = "_" + std::to_string(number);
        found = stem.substr(0, max_bytes - end.size()) + end;
    }
    return found;
}

}  // namespace tenon::gen
