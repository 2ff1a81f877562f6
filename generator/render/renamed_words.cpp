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
    }
}

}  // namespace

std::vector<renamed_word> renamed_words(const model& product) {
    std::vector<renamed_word> words;
    for (const entity_model& entity : product.entities) {
        if (entity.was) add_forms(words, *entity.was, entity.name);
        for (const field_model& field : entity.fields) {
            if (field.was) add_forms(words, *field.was, field.name);
        }
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::erase_if(words, [](const renamed_word& word) { return word.first == word.second; });
    return words;
}

}  // namespace tenon::gen
