// Declarations are found by their look: a name behind a type.
#include "generator/rename/judged_text.hpp"

#include <algorithm>
#include <array>

#include "generator/support/among.hpp"

namespace tenon::gen {
namespace {

/// Walks back over the tokens of a text.
class backwards {
  public:
    backwards(const std::vector<token_line>& text, token_place at) : text_(text), at_(at) {}

    /// Nothing at the beginning of the text.
    const token* next() {
        while (at_.index == 0) {
            if (at_.line == 0) return nullptr;
            at_.index = text_[--at_.line].tokens.size();
        }
        return &text_[at_.line].tokens[--at_.index];
    }

  private:
    const std::vector<token_line>& text_;
    token_place at_;
};

bool is_of_a_type(std::string_view word) {
    return word == "const" || word == "&" || word == "*" || word == ">";
}

/// A name that may stand before another one without being its type, or that is a type which says nothing.
bool is_no_type(std::string_view word) {
    constexpr std::array<std::string_view, 23> words{
        "auto",     "return",   "co_return", "co_await", "co_yield", "throw", "new",   "delete",
        "else",     "case",     "do",        "try",      "and",      "or",    "not",   "const",
        "noexcept", "override", "goto",      "typename", "if",       "in",    "final",
    };
    return is_among(word, words);
}

const token* as_type(const token* one) {
    return one != nullptr && one->kind == token_kind::name && !is_no_type(one->text) ? one : nullptr;
}

}  // namespace

judged_text::judged_text(const std::vector<token_line>& lines) : lines_(lines) {
    for (std::size_t line = 0; line < lines.size(); ++line) {
        for (std::size_t t = 0; t < lines[line].tokens.size(); ++t) {
            const token& one = lines[line].tokens[t];
            if (one.kind != token_kind::name || !one.relation.empty()) continue;
            backwards walk(lines, {line, t});
            const token* before = walk.next();
            while (before != nullptr && is_of_a_type(before->text)) before = walk.next();
            const bool is_declared = before != nullptr && before->kind == token_kind::name &&
                                     (before->text == "auto" || !is_no_type(before->text));
            if (is_declared) declared_[one.text].emplace_back(token_place{line, t}, before);
        }
    }
}

const token* judged_text::type_of_object(token_place member) const {
    const std::string_view relation = at(member).relation;
    const std::string_view object = relation.substr(0, relation.size() - 1);
    return as_type(object.empty() ? braced_type(member) : declared_type(member, object));
}

/// By the last declaration before a place.
const token* judged_text::declared_type(token_place at, std::string_view object) const {
    const auto all = declared_.find(object);
    if (all == declared_.end()) return nullptr;
    const auto next = std::lower_bound(all->second.begin(), all->second.end(), at,
                                       [](const declaration& one, token_place place) { return one.first < place; });
    return next == all->second.begin() ? nullptr : std::prev(next)->second;
}

/// Of `new_task{.title = ...}`, from the place of its title.
const token* judged_text::braced_type(token_place at) const {
    backwards walk(lines_, at);
    walk.next();
    const token* one = walk.next();
    const bool is_designated = one != nullptr && (one->text == "{" || one->text == ",");
    int depth = 0;
    for (; is_designated && one != nullptr; one = walk.next()) {
        if (one->text == "}") ++depth;
        if (one->text == ";") return nullptr;
        if (one->text == "{" && depth-- == 0) return walk.next();
    }
    return nullptr;
}

sql_name judged_text::sql_at(token_place place) const {
    if (!last_ || !last_->contains(place)) last_.emplace(lines_, place);
    return last_->name_at(place);
}

}  // namespace tenon::gen
