// Splitting names into words and joining them again, and the plurals of English nouns.
#include "generator/support/naming.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tenon::gen {

namespace {

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return is_upper(c) || is_lower(c);
}
char to_lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
char to_upper(char c) {
    return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), to_lower);
    return out;
}

std::string capitalised(std::string_view word) {
    std::string out(word);
    if (!out.empty()) out.front() = to_upper(out.front());
    return out;
}

/// A new word begins at `at` when a capital follows a small letter or digit, or when a capital that a small letter
/// follows ends a run of capitals: the 'S' of "HTTPServer".
bool word_begins(std::string_view name, std::size_t at) {
    if (at == 0 || !is_upper(name[at])) return false;
    if (!is_upper(name[at - 1])) return true;
    return at + 1 < name.size() && is_lower(name[at + 1]);
}

std::string joined(std::string_view name, std::string_view separator) {
    std::string out;
    for (const std::string& word : words_of(name)) {
        if (!out.empty()) out += separator;
        out += word;
    }
    return out;
}

}  // namespace

std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) words.push_back(std::exchange(word, {}));
    };
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (word_begins(name, at)) finish();
        if (is_letter(name[at]) || is_digit(name[at]))
            word += to_lower(name[at]);
        else
            finish();
    }
    finish();
    return words;
}

std::string snake_case(std::string_view name) {
    return joined(name, "_");
}
std::string kebab_case(std::string_view name) {
    return joined(name, "-");
}

std::string pascal_case(std::string_view name) {
    std::string out;
    for (const std::string& word : words_of(name)) out += capitalised(word);
    return out;
}

std::string camel_case(std::string_view name) {
    std::string out = pascal_case(name);
    if (!out.empty()) out.front() = to_lower(out.front());
    return out;
}

std::string screaming_case(std::string_view name) {
    std::string out = snake_case(name);
    std::transform(out.begin(), out.end(), out.begin(), to_upper);
    return out;
}

std::string title_case(std::string_view name) {
    return capitalised(joined(name, " "));
}

bool is_identifier(std::string_view text) {
    return !text.empty() && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

bool is_cpp_keyword(std::string_view text) {
    static constexpr auto keywords = std::to_array<std::string_view>({
        "alignas",     "alignof",  "and",        "and_eq",    "asm",       "auto",         "bitand",
        "bitor",       "bool",     "break",      "case",      "catch",     "char",         "char16_t",
        "char32_t",    "char8_t",  "class",      "co_await",  "co_return", "co_yield",     "compl",
        "concept",     "const",    "const_cast", "consteval", "constexpr", "constinit",    "continue",
        "decltype",    "default",  "delete",     "do",        "double",    "dynamic_cast", "else",
        "enum",        "explicit", "export",     "extern",    "false",     "float",        "for",
        "friend",      "goto",     "if",         "inline",    "int",       "long",         "mutable",
        "namespace",   "new",      "noexcept",   "not",       "not_eq",    "nullptr",      "operator",
        "or",          "or_eq",    "private",    "protected", "public",    "register",     "reinterpret_cast",
        "requires",    "return",   "short",      "signed",    "sizeof",    "static",       "static_assert",
        "static_cast", "struct",   "switch",     "template",  "this",      "thread_local", "throw",
        "true",        "try",      "typedef",    "typeid",    "typename",  "union",        "unsigned",
        "using",       "virtual",  "void",       "volatile",  "wchar_t",   "while",        "xor",
        "xor_eq",
    });
    static_assert(std::is_sorted(keywords.begin(), keywords.end()));
    return std::binary_search(keywords.begin(), keywords.end(), text);
}

namespace {

struct noun {
    std::string_view singular;
    std::string_view plural;
};

constexpr auto irregular_nouns = std::to_array<noun>({
    {"person", "people"},
    {"child", "children"},
    {"man", "men"},
    {"woman", "women"},
    {"foot", "feet"},
    {"tooth", "teeth"},
    {"goose", "geese"},
    {"mouse", "mice"},
    {"ox", "oxen"},
    {"index", "indexes"},
    {"matrix", "matrices"},
    {"vertex", "vertices"},
    {"axis", "axes"},
    {"analysis", "analyses"},
    {"basis", "bases"},
    {"crisis", "crises"},
    {"thesis", "theses"},
    {"diagnosis", "diagnoses"},
    {"hypothesis", "hypotheses"},
    {"synopsis", "synopses"},
    {"criterion", "criteria"},
    {"phenomenon", "phenomena"},
    {"datum", "data"},
    {"medium", "media"},
    {"leaf", "leaves"},
    {"knife", "knives"},
    {"life", "lives"},
    {"wife", "wives"},
    {"shelf", "shelves"},
    {"half", "halves"},
    {"self", "selves"},
    {"wolf", "wolves"},
    {"loaf", "loaves"},
    {"thief", "thieves"},
    {"calf", "calves"},
    {"elf", "elves"},
    {"scarf", "scarves"},
    {"hero", "heroes"},
    {"potato", "potatoes"},
    {"tomato", "tomatoes"},
    {"echo", "echoes"},
    {"veto", "vetoes"},
    {"quiz", "quizzes"},
    {"alumnus", "alumni"},
    {"stimulus", "stimuli"},
    {"cactus", "cacti"},
    {"nucleus", "nuclei"},
    {"radius", "radii"},
    {"movie", "movies"},
    {"cookie", "cookies"},
    {"zombie", "zombies"},
    {"tie", "ties"},
    {"pie", "pies"},
    {"calorie", "calories"},
    {"cache", "caches"},
    {"headache", "headaches"},
    {"shoe", "shoes"},
    {"toe", "toes"},
    {"canoe", "canoes"},
    {"gas", "gases"},
    {"bus", "buses"},
    {"lens", "lenses"},
    {"house", "houses"},
    {"horse", "horses"},
    {"course", "courses"},
    {"case", "cases"},
    {"base", "bases"},
    {"phase", "phases"},
    {"purchase", "purchases"},
    {"release", "releases"},
    {"lease", "leases"},
    {"license", "licenses"},
    {"expense", "expenses"},
    {"response", "responses"},
    {"exercise", "exercises"},
    {"database", "databases"},
    {"clause", "clauses"},
    {"cause", "causes"},
    {"pause", "pauses"},
    {"use", "uses"},
    {"verse", "verses"},
    {"universe", "universes"},
    {"warehouse", "warehouses"},
    {"purpose", "purposes"},
    {"promise", "promises"},
    {"franchise", "franchises"},
    {"enterprise", "enterprises"},
    {"premise", "premises"},
    {"axe", "axes"},
    {"size", "sizes"},
    {"prize", "prizes"},
    {"voice", "voices"},
    {"alias", "aliases"},
    {"bias", "biases"},
    {"canvas", "canvases"},
    {"atlas", "atlases"},
    {"status", "statuses"},
    {"virus", "viruses"},
    {"campus", "campuses"},
    {"bonus", "bonuses"},
    {"corpus", "corpora"},
    {"census", "censuses"},
    {"focus", "focuses"},
    {"menu", "menus"},
});

constexpr auto uncountable_nouns = std::to_array<std::string_view>({
    "advice",    "aircraft", "audio",    "content",     "deer",      "equipment", "feedback", "fish",
    "furniture", "hardware", "homework", "information", "knowledge", "luggage",   "metadata", "money",
    "moose",     "music",    "news",     "offspring",   "progress",  "rice",      "research", "series",
    "sheep",     "software", "species",  "staff",       "swine",     "traffic",
});

bool is_uncountable(std::string_view word) {
    return std::find(uncountable_nouns.begin(), uncountable_nouns.end(), word) != uncountable_nouns.end();
}

bool is_vowel(char c) {
    return std::string_view("aeiou").find(c) != std::string_view::npos;
}

/// "y" after a consonant: "company", not "day".
bool ends_in_consonant_y(std::string_view word) {
    return word.size() > 1 && word.back() == 'y' && !is_vowel(word[word.size() - 2]);
}

bool takes_es(std::string_view word) {
    return word.ends_with('s') || word.ends_with('x') || word.ends_with('z') || word.ends_with("ch") ||
           word.ends_with("sh");
}

std::string singular_of_word(std::string_view word);

/// "drafts", but not "bus", "analysis" or "class".
bool is_plural(std::string_view word) {
    const bool looks_so =
        word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is");
    if (!looks_so || word.size() < 4) return false;
    const std::string one = singular_of_word(word);
    return one + (takes_es(one) ? "es" : "s") == word || (word.ends_with("ies") && ends_in_consonant_y(one));
}

std::string plural_of_word(std::string_view word) {
    if (word.empty() || is_uncountable(word)) return std::string(word);
    for (const noun& one : irregular_nouns) {
        if (word == one.singular || word == one.plural) return std::string(one.plural);
    }
    if (is_plural(word)) return std::string(word);
    if (ends_in_consonant_y(word)) return std::string(word.substr(0, word.size() - 1)) + "ies";
    return std::string(word) + (takes_es(word) ? "es" : "s");
}

std::string singular_of_word(std::string_view word) {
    if (is_uncountable(word)) return std::string(word);
    for (const noun& one : irregular_nouns) {
        if (word == one.singular || word == one.plural) return std::string(one.singular);
    }
    const auto without = [&](std::size_t count) { return std::string(word.substr(0, word.size() - count)); };
    if (word.size() > 4 && word.ends_with("ies")) return without(3) + "y";
    if (word.ends_with("es") && takes_es(word.substr(0, word.size() - 2))) return without(2);
    if (word.ends_with('s') && !word.ends_with("ss") && word.size() > 1) return without(1);
    return std::string(word);
}

/// Where the last word of a name in any case begins.
std::size_t last_word_begin(std::string_view name) {
    for (std::size_t at = name.size(); at-- > 0;) {
        if (!is_letter(name[at]) && !is_digit(name[at])) return at + 1;
        if (word_begins(name, at)) return at;
    }
    return 0;
}

/// Changes the last word, in small letters, and gives it back the case it had.
template <class Change>
std::string with_last_word(std::string_view name, Change change) {
    const std::size_t begin = last_word_begin(name);
    const std::string_view last = name.substr(begin);
    std::string changed = change(lower(last));
    const bool shouting = last.size() > 1 && std::none_of(last.begin(), last.end(), is_lower);
    if (shouting) std::transform(changed.begin(), changed.end(), changed.begin(), to_upper);
    if (!last.empty() && is_upper(last.front())) changed = capitalised(changed);
    return std::string(name.substr(0, begin)) + changed;
}

}  // namespace

std::string plural(std::string_view noun) {
    return with_last_word(noun, [](const std::string& word) { return plural_of_word(word); });
}

std::string singular(std::string_view noun) {
    return with_last_word(noun, [](const std::string& word) { return singular_of_word(word); });
}

}  // namespace tenon::gen
