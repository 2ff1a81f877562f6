// The nearest evidence that says anything decides; where it says two things, nothing is decided.
#include "generator/rename/judge_name.hpp"

#include <algorithm>

namespace tenon::gen {
namespace {

/// Looks like an identifier of some kind and not like a word: "/v1/invoices", "invoice_id", "invoice:read", "a/b.hpp".
bool is_structured(std::string_view literal) {
    const bool spaced = literal.find_first_of(" \t\n") != std::string_view::npos;
    return !spaced && literal.find_first_of("/_:.-") != std::string_view::npos;
}

name_fate chosen(const token& one, const std::set<std::string>& outcomes) {
    std::string same(one.text);
    if (outcomes.size() == 1) return {*outcomes.begin()};
    const auto other = std::find_if(outcomes.begin(), outcomes.end(), [&](const auto& text) { return text != same; });
    return {std::move(same), *other};
}

bool is_member(const token& one) {
    return one.kind == token_kind::name && one.relation.ends_with('.');
}

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

bool is_keyword_of_types(std::string_view word) {
    return word == "const" || word == "&" || word == "*" || word == ">";
}

/// The type that `object` is declared with before a place, or nothing: "task" of `const domain::task& object`.
const token* declared_type(const std::vector<token_line>& text, token_place at, std::string_view object) {
    backwards walk(text, at);
    for (const token* one = walk.next(); one != nullptr;) {
        const bool is_object = one->kind == token_kind::name && one->text == object && one->relation.empty();
        const token* before = walk.next();
        if (is_object) {
            while (before != nullptr && is_keyword_of_types(before->text)) before = walk.next();
            const bool is_type = before != nullptr && before->kind == token_kind::name && before->text != "return";
            if (is_type) return before;
        }
        one = before;
    }
    return nullptr;
}

/// The type of `new_task{.title = …}`, from the place of its title.
const token* braced_type(const std::vector<token_line>& text, token_place at) {
    backwards walk(text, at);
    int depth = 0;
    for (const token* one = walk.next(); one != nullptr; one = walk.next()) {
        if (one->text == "}") ++depth;
        if (one->text == ";") return nullptr;
        if (one->text != "{" || depth-- > 0) continue;
        const token* type = walk.next();
        return type != nullptr && type->kind == token_kind::name ? type : nullptr;
    }
    return nullptr;
}

}  // namespace

name_judge::name_judge(const product_names& names, const name_evidence& file, std::string_view subject,
                       const std::set<std::string, std::less<>>& own)
    : names_(names), own_(own), near_({&file}) {
    if (const name_evidence* group = names.of_subject(subject)) near_.push_back(group);
    near_.push_back(&names.everywhere());
}

name_fate name_judge::of(const std::vector<token_line>& text, token_place at, bool is_users) const {
    const token& one = text[at.line].tokens[at.index];
    const bool concerned = one.kind != token_kind::prose && one.kind != token_kind::other;
    if (!concerned || !names_.forms().touches(one.text)) return {std::string(one.text)};
    if (one.kind == token_kind::literal) {
        return is_users && !is_structured(one.text) ? name_fate{std::string(one.text)} : of_literal(one);
    }
    if (is_users && one.relation.empty() && own_.contains(one.text)) return {std::string(one.text)};
    return is_users && is_member(one) ? of_member(text, at) : of_name(one);
}

name_fate name_judge::of_name(const token& one) const {
    for (const name_evidence* where : near_) {
        for (const nearness how : {nearness::place, nearness::relation}) {
            const auto outcomes = where->outcomes(one, how);
            if (!outcomes.empty()) return chosen(one, outcomes);
        }
    }
    for (const name_evidence* where : near_) {
        const auto outcomes = where->outcomes(one, nearness::anywhere);
        if (!outcomes.empty()) return chosen(one, outcomes);
    }
    return by_words(one);
}

/// By the entity of its object; else by what every such member became, whoever's it is.
name_fate name_judge::of_member(const std::vector<token_line>& text, token_place at) const {
    const token& one = text[at.line].tokens[at.index];
    const std::string_view object = std::string_view(one.relation).substr(0, one.relation.size() - 1);
    const token* type = object.empty() ? braced_type(text, at) : declared_type(text, at, object);
    const name_evidence* about = type != nullptr ? names_.of_name(type->text) : nullptr;
    if (about == nullptr) about = names_.of_name(object);
    if (about != nullptr) {
        for (const nearness how : {nearness::relation, nearness::anywhere}) {
            const auto outcomes = about->outcomes(one, how);
            if (!outcomes.empty()) return chosen(one, outcomes);
        }
        return {std::string(one.text)};
    }
    const bool is_other_type = type != nullptr && type->text != "auto" && own_.contains(one.text);
    if (is_other_type) return {std::string(one.text)};
    if (!object.empty()) {
        for (const name_evidence* where : near_) {
            const auto outcomes = where->outcomes(one, nearness::place);
            if (!outcomes.empty()) return chosen(one, outcomes);
        }
    }
    const auto outcomes = names_.everywhere().outcomes(one, nearness::relation);
    return outcomes.empty() ? of_name(one) : chosen(one, outcomes);
}

/// No line with the name is still generated: it was renamed if only the new name is left.
name_fate name_judge::by_words(const token& one) const {
    const std::string same(one.text);
    const auto was_there = [&](const name_evidence* where) { return where->had(one.text); };
    const auto is_there = [&](const std::string& name) {
        return std::any_of(near_.begin(), near_.end(), [&](const auto* where) { return where->has(name); });
    };
    if (std::none_of(near_.begin(), near_.end(), was_there) || is_there(same)) return {same};
    std::set<std::string> there = names_.forms().candidates(one.text);
    std::erase_if(there, [&](const std::string& name) { return !is_there(name); });
    if (there.empty()) return {same};
    return there.size() == 1 ? name_fate{*there.begin()} : name_fate{same, *there.begin()};
}

/// The whole literal, or its first parts: "/v1/invoices" of "/v1/invoices/archive".
name_fate name_judge::of_literal(const token& one) const {
    const std::string same(one.text);
    for (std::size_t end = same.size();;) {
        const bool whole = end == same.size();
        const std::string head = whole ? same : same.substr(0, end) + same.front();
        token part = one;
        part.text = head;
        const name_fate found = of_name(part);
        if (!found.other.empty()) return whole ? found : name_fate{same};
        if (found.text != head) {
            return {whole ? found.text : found.text.substr(0, found.text.size() - 1) + same.substr(end)};
        }
        const auto slash = same.rfind('/', end - 1);
        if (slash == std::string::npos || slash <= 1) return {same};
        end = slash;
    }
}

}  // namespace tenon::gen
