// A name behind a type, and before what ends a declaration.
#include "generator/rename/declared_names.hpp"

#include <algorithm>
#include <array>

#include "generator/support/among.hpp"

namespace tenon::gen {
namespace {

bool ends_type(const token& one) {
    constexpr std::array<std::string_view, 15> words{
        "return", "co_return", "co_await", "co_yield", "throw", "new",   "delete",   "else",
        "case",   "namespace", "class",    "struct",   "enum",  "union", "typename",
    };
    constexpr std::array<std::string_view, 3> signs{"&", "*", ">"};
    return one.kind == token_kind::name ? !is_among(one.text, words) : is_among(one.text, signs);
}

/// Whether the name at `t` is declared there. `functions`: so may be one, by its name before "(".
bool declares(const token_line& line, std::size_t t, bool functions) {
    constexpr std::array<std::string_view, 6> ends{";", "=", "{", ",", ")", ":"};
    const token& one = line.tokens[t];
    const std::string_view next = t + 1 == line.tokens.size() ? std::string_view(";") : line.tokens[t + 1].text;
    const bool bare = one.kind == token_kind::name && one.relation.empty();
    return t > 0 && bare && (is_among(next, ends) || (functions && next == "(")) && ends_type(line.tokens[t - 1]);
}

/// Whether the name at `t` is that of a type whose body begins behind it.
bool defines_type(const token_line& line, std::size_t t) {
    constexpr std::array<std::string_view, 3> types{"struct", "class", "union"};
    constexpr std::array<std::string_view, 3> begins{"{", ":", "final"};
    if (t == 0 || t + 1 == line.tokens.size() || line.tokens[t].kind != token_kind::name) return false;
    return is_among(line.tokens[t - 1].text, types) && is_among(line.tokens[t + 1].text, begins);
}

/// Follows the braces of a text, and what each is of.
class braces {
  public:
    void step(std::string_view text) {
        constexpr std::array<std::string_view, 3> types{"struct", "class", "union"};
        constexpr std::array<std::string_view, 7> signs{"{", "}", ";", "(", ")", ">", "="};
        if (is_among(text, types)) type_ahead_ = true;
        if (text == "{") open_.push_back({type_ahead_});
        if (text == "}" && !open_.empty()) open_.pop_back();
        if (text == "(" && !open_.empty()) ++open_.back().brackets;
        if (text == ")" && !open_.empty()) --open_.back().brackets;
        if (is_among(text, signs)) type_ahead_ = false;
    }
    /// Directly in the braces of a type.
    bool are_of_type() const { return !open_.empty() && open_.back().is_type && open_.back().brackets == 0; }

  private:
    struct brace {
        bool is_type = false;
        int brackets = 0;
    };

    std::vector<brace> open_;
    bool type_ahead_ = false;
};

}  // namespace

void add_declared(const token_line& line, std::set<std::string, std::less<>>& names) {
    for (std::size_t t = 1; t < line.tokens.size(); ++t) {
        if (declares(line, t, false)) names.emplace(line.tokens[t].text);
    }
}

declared_types types_declared_in(const std::vector<token_line>& text, const std::set<std::string_view>& known) {
    declared_types out;
    braces around;
    for (const token_line& line : text) {
        const bool is_users = !known.contains(line.text);
        for (std::size_t t = 0; t < line.tokens.size(); ++t) {
            const token& one = line.tokens[t];
            if (is_users && around.are_of_type() && declares(line, t, true)) out.members.emplace(one.text);
            if (is_users && defines_type(line, t)) out.names.emplace(one.text);
            if (one.kind == token_kind::name || one.kind == token_kind::other) around.step(one.text);
        }
    }
    return out;
}

}  // namespace tenon::gen
