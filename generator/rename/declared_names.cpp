// A name behind a type, and before what ends a declaration.
#include "generator/rename/declared_names.hpp"

#include <algorithm>
#include <array>

namespace tenon::gen {
namespace {

template <std::size_t Size>
bool is_among(std::string_view text, const std::array<std::string_view, Size>& all) {
    return std::find(all.begin(), all.end(), text) != all.end();
}

bool ends_type(const token& one) {
    constexpr std::array<std::string_view, 15> words{
        "return", "co_return", "co_await", "co_yield", "throw", "new",   "delete",   "else",
        "case",   "namespace", "class",    "struct",   "enum",  "union", "typename",
    };
    constexpr std::array<std::string_view, 3> signs{"&", "*", ">"};
    return one.kind == token_kind::name ? !is_among(one.text, words) : is_among(one.text, signs);
}

}  // namespace

void add_declared(const token_line& line, std::set<std::string, std::less<>>& names) {
    constexpr std::array<std::string_view, 6> ends{";", "=", "{", ",", ")", ":"};
    for (std::size_t t = 1; t < line.tokens.size(); ++t) {
        const token& one = line.tokens[t];
        const bool ended = t + 1 == line.tokens.size() || is_among(line.tokens[t + 1].text, ends);
        const bool bare = one.kind == token_kind::name && one.relation.empty();
        if (bare && ended && ends_type(line.tokens[t - 1])) names.emplace(one.text);
    }
}

}  // namespace tenon::gen
