// Pairs the forms of a former name with those of the name.
#include "generator/render/renamed_words.hpp"

#include <algorithm>

namespace tenon::gen {
namespace {

void add_forms(std::vector<renamed_word>& out, const names& was, const names& is) {
    out.emplace_back(was.snake, is.snake);
    out.emplace_back(was.pascal, is.pascal);
    out.emplace_back(was.kebab, is.kebab);
    out.emplace_back(was.title, is.title);
    out.emplace_back(was.lower_title, is.lower_title);
    out.emplace_back(was.plural_snake, is.plural_snake);
    out.emplace_back(was.plural_pascal, is.plural_pascal);
    out.emplace_back(was.plural_kebab, is.plural_kebab);
    out.emplace_back(was.plural_title, is.plural_title);
    if (was.article != is.article) {
        out.emplace_back(was.article + " " + was.lower_title, is.article + " " + is.lower_title);
        const auto capital = [](const names& of) { return (of.article == "an" ? "An " : "A ") + of.lower_title; };
        out.emplace_back(capital(was), capital(is));
    }
}

template <class Named>
const Named* find_named(const std::vector<Named>& all, const std::string& snake) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name.snake == snake; });
    return found == all.end() ? nullptr : &*found;
}

/// The one of before: under its former name, else under the one that it has.
template <class Named>
const Named* find_former(const std::vector<Named>& before, const Named& now) {
    const Named* const was = now.was ? find_named(before, now.was->snake) : nullptr;
    return was != nullptr ? was : find_named(before, now.name.snake);
}

template <class Named>
void add_renamed(std::vector<renamed_word>& out, const Named* before, const Named& now) {
    if (before != nullptr) add_forms(out, before->name, now.name);
    // Also one that was followed already: files that a partial apply left out still have the former name.
    if (now.was) add_forms(out, *now.was, now.name);
}

void add_renamed_values(std::vector<renamed_word>& out, const field_model* before, const field_model& now) {
    for (const enum_value_model& value : now.values) {
        if (value.was.empty()) continue;
        out.emplace_back(value.was, value.name);
        if (before == nullptr) continue;
        for (const enum_value_model& other : before->values) {
            if (other.name == value.was) out.emplace_back(other.enumerator, value.enumerator);
        }
    }
}

}  // namespace

std::vector<renamed_word> renamed_words(const model* before, const model& product) {
    std::vector<renamed_word> words;
    if (before != nullptr) add_forms(words, before->tenant.name, product.tenant.name);
    for (const entity_model& entity : product.entities) {
        const entity_model* const was = before != nullptr ? find_former(before->entities, entity) : nullptr;
        add_renamed(words, was, entity);
        for (const field_model& field : entity.fields) {
            const field_model* const former = was != nullptr ? find_former(was->fields, field) : nullptr;
            add_renamed(words, former, field);
            add_renamed_values(words, former, field);
        }
    }
    std::erase_if(words, [](const renamed_word& word) { return word.first == word.second; });
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

}  // namespace tenon::gen
