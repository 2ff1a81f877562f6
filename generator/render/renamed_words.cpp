// Pairs the forms of a former name with those of the name.
#include "generator/render/renamed_words.hpp"

#include <algorithm>

#include "generator/features/chosen_features.hpp"

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

/// Where C++ has the name of a class, a namespace or a member for itself.
void add_identifiers(std::vector<renamed_word>& out, const entity_model& was, const entity_model& is) {
    out.emplace_back(was.cpp_class, is.cpp_class);
    out.emplace_back(was.cpp_namespace, is.cpp_namespace);
}

void add_identifiers(std::vector<renamed_word>& out, const field_model& was, const field_model& is) {
    out.emplace_back(was.cpp_member, is.cpp_member);
}

template <class Named>
void add_renamed(std::vector<renamed_word>& out, const Named* before, const Named& now) {
    if (before != nullptr) add_forms(out, before->name, now.name);
    if (before != nullptr) add_identifiers(out, *before, now);
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

/// Money has two columns, and a reference another name than its field.
void add_columns(renamed_table& out, const field_model& was, const field_model& is) {
    for (std::size_t i = 0; i < was.columns.size(); ++i) {
        const bool same_count = was.columns.size() == is.columns.size();
        const std::string& former = was.columns[i].name;
        out.columns.insert_or_assign(former, same_count ? is.columns[i].name : former);
    }
}

renamed_table table_of(const entity_model& was, const entity_model& is) {
    renamed_table out{was.table, is.table};
    for (const field_model& field : was.fields) {
        for (const column_model& column : field.columns) out.columns.emplace(column.name, column.name);
    }
    for (const field_model& field : is.fields) {
        if (const field_model* const former = find_former(was.fields, field)) add_columns(out, *former, field);
    }
    return out;
}

/// As far as its `was` and those of its fields tell.
renamed_table table_before(const entity_model& is) {
    renamed_table out{is.was ? is.was->plural_snake : is.table, is.table};
    for (const field_model& field : is.fields) {
        for (const column_model& column : field.columns) {
            const bool begins = field.was && column.name.starts_with(field.name.snake);
            const std::string rest = begins ? column.name.substr(field.name.snake.size()) : std::string();
            out.columns.emplace(begins ? field.was->snake + rest : column.name, column.name);
        }
    }
    return out;
}

bool has_value(const field_model& field, const std::string& name) {
    return std::any_of(field.values.begin(), field.values.end(), [&](const auto& one) { return one.name == name; });
}

bool is_renamed(const field_model& was, const field_model& is) {
    const auto is_new = [&](const enum_value_model& value) {
        return !value.was.empty() && has_value(was, value.was) && !has_value(was, value.name);
    };
    return was.name.snake != is.name.snake || std::any_of(is.values.begin(), is.values.end(), is_new);
}

bool is_renamed(const entity_model& was, const entity_model& is) {
    // The snake name alone is not enough: Sku may be written SKU now.
    const bool is_called_so = was.name.pascal == is.name.pascal && was.name.snake == is.name.snake &&
                              was.name.plural_snake == is.name.plural_snake;
    return !is_called_so || std::any_of(is.fields.begin(), is.fields.end(), [&](const field_model& field) {
        const field_model* const former = find_former(was.fields, field);
        return former != nullptr && is_renamed(*former, field);
    });
}

}  // namespace

std::set<std::string, std::less<>> renamed_subjects(const model& before, const model& product) {
    std::set<std::string, std::less<>> out;
    const names& was = before.tenant.name;
    const names& is = product.tenant.name;
    const bool all = was.snake != is.snake || was.plural_snake != is.plural_snake;
    for (const entity_model& entity : product.entities) {
        const entity_model* const former = find_former(before.entities, entity);
        if (former != nullptr && (all || is_renamed(*former, entity))) out.insert(entity.name.snake);
    }
    return out;
}

std::vector<renamed_table> renamed_tables(const model* before, const model& product) {
    std::vector<renamed_table> out;
    const std::string& former_column = before != nullptr ? before->tenant.column : product.tenant.column;
    for (const std::string& table :
         built_in_table_names(product.features, {product.tenant.table, product.tenant.column})) {
        const bool is_tenants = table == product.tenant.table;
        out.push_back({is_tenants && before != nullptr ? before->tenant.table : table, table});
        out.back().columns.emplace(former_column, product.tenant.column);
        out.back().is_built_in = true;
    }
    for (const entity_model& entity : product.entities) {
        const entity_model* const was = before != nullptr ? find_former(before->entities, entity) : nullptr;
        if (before != nullptr && was == nullptr) continue;
        out.push_back(was != nullptr ? table_of(*was, entity) : table_before(entity));
        out.back().columns.emplace(former_column, product.tenant.column);
    }
    return out;
}

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
