// The numbers of entities are their places in the model.
#include "generator/render/records_view.hpp"

#include <string>

#include "generator/render/field_view.hpp"
#include "generator/support/literal.hpp"

namespace tenon::gen {

namespace {

std::string flag(bool value) {
    return value ? "true" : "false";
}

std::string kind_initializer(const entity_model& entity, const std::string& plural) {
    return braced({cpp_literal(entity.table), cpp_literal(entity.name.lower_title), cpp_literal(plural),
                   std::to_string(entity.read), flag(entity.has_bin()), flag(entity.goes_along),
                   "std::chrono::seconds(" + std::to_string(entity.keep_seconds) + ")",
                   cpp_literal(entity.name.article)});
}

const char* rule_name(on_delete_rule rule) {
    switch (rule) {
        case on_delete_rule::cascade:
            return "on_delete::cascade";
        case on_delete_rule::set_null:
            return "on_delete::set_null";
        case on_delete_rule::restrict_:
            break;
    }
    return "on_delete::restrict_";
}

std::size_t number_of(const model& product, const entity_model& entity) {
    return static_cast<std::size_t>(&entity - product.entities.data());
}

}  // namespace

void set_records(view& out, const model& product) {
    view::list kinds, references;
    for (std::size_t i = 0; i < product.entities.size(); ++i) {
        const entity_model& entity = product.entities[i];
        view one;
        one.set("initializer", kind_initializer(entity, lower_first(entity.name.plural_title)));
        one.set("number", std::to_string(i));
        kinds.push_back(std::move(one));
        for (const field_model& field : entity.fields) {
            if (!field.target) continue;
            view ref;
            ref.set("initializer",
                    braced({std::to_string(i), std::to_string(*field.target), cpp_literal(field.columns.front().name),
                            rule_name(field.on_delete), flag(field.optional)}));
            references.push_back(std::move(ref));
        }
    }
    out.set("kinds", std::move(kinds)).set("has_record_references", !references.empty());
    out.set("record_references", std::move(references));
}

void set_records(view& out, const model& product, const entity_model& entity) {
    out.set("kind", std::to_string(number_of(product, entity)));
    out.set("read_number", std::to_string(entity.read));
    out.set("only_goes_along", entity.goes_along && !entity.soft_delete);
    out.set("has_purge", entity.purge.has_value());
    out.set("purge_permission", entity.purge ? product.permissions[*entity.purge].enumerator : "");
    view::list trees;
    for (const field_model& field : entity.fields) {
        if (!field.tree || field.immutable) continue;
        view one;
        one.set("member", field.member);
        trees.push_back(std::move(one));
    }
    out.set("has_tree", !trees.empty()).set("tree_fields", std::move(trees));
}

void set_records(view& out, const field_model& field) {
    out.set("tree", field.tree);
    const std::string as_sent = "sent == nullptr || sent->" + field.member + " == input." + field.member;
    out.set("viewer", field.target ? as_sent + " ? who : nullptr" : "");
}

}  // namespace tenon::gen
