// Follows refs and has-manys from entity to entity.
#include <algorithm>
#include <map>

#include "generator/read/checks.hpp"
#include "generator/support/naming.hpp"

namespace tenon::gen {

namespace {

void check_tree(reading& in, const entity_spec& entity, const field_spec& field) {
    if (!field.tree_at || field.type.target.value == entity.entity_name.value) return;
    in.out.report(
        code::option_not_for_type, *field.tree_at,
        "'tree' of field " + quoted(field.field_name.value) + " means nothing for a ref to " + field.type.target.value,
        "it is for refs to the own entity: 'ref " + entity.entity_name.value + "?'");
}

/// Refs of `from` that lead to `to`.
std::vector<const field_spec*> refs_to(const entity_spec& from, const std::string& to) {
    std::vector<const field_spec*> out;
    for (const field_spec& field : from.fields) {
        if (field.type.kind == type_kind::reference && field.type.target.value == to) out.push_back(&field);
    }
    return out;
}

void check_ref(reading& in, const spec& all, const field_spec& field) {
    const name& target = field.type.target;
    if (target.value == "User" || find_entity(in, target.value) != nullptr) return;
    if (!all.tenant.singular.value.empty() && target.value == pascal_case(all.tenant.singular.value)) {
        in.out.report(code::unknown_entity, target.at,
                      "every record belongs to one " + all.tenant.singular.value + " already", "take the field out");
        return;
    }
    std::vector<std::string> known;
    if (!in.out.plenty()) known = entity_names(all);
    known.push_back("User");
    report_unknown(in, code::unknown_entity, target, "entity", known);
}

void check_has_many(reading& in, const spec& all, const entity_spec& entity, const field_spec& field) {
    const name& target = field.type.target;
    const entity_spec* other = find_entity(in, target.value);
    if (other == nullptr) return report_unknown(in, code::unknown_entity, target, "entity", entity_names(all));
    const auto refs = refs_to(*other, entity.entity_name.value);
    const std::string suggestion = snake_case(entity.entity_name.value);
    if (field.type.via) {
        const auto leads_here = [&](const field_spec* one) { return one->field_name.value == field.type.via->value; };
        if (std::any_of(refs.begin(), refs.end(), leads_here)) return;
        in.out.report(
            code::has_many_inverse, field.type.via->at,
            quoted(field.type.via->value) + " is no ref of " + target.value + " to " + entity.entity_name.value,
            refs.empty() ? "add '" + suggestion + ": ref " + entity.entity_name.value + "' to " + target.value
                         : "did you mean " + quoted(refs.front()->field_name.value) + "?");
    } else if (refs.empty() && !in.broken_fields.contains({target.value, suggestion})) {
        in.out.report(code::has_many_inverse, target.at, target.value + " has no ref to " + entity.entity_name.value,
                      "add '" + suggestion + ": ref " + entity.entity_name.value + "' to " + target.value);
    } else if (refs.size() > 1) {
        in.out.report(code::has_many_inverse, target.at,
                      target.value + " has several refs to " + entity.entity_name.value,
                      "say which: 'has_many " + target.value + " via " + refs.front()->field_name.value + "'");
    }
}

/// Entities that a record of `entity` cannot be without.
std::vector<const field_spec*> required_refs(const entity_spec& entity) {
    std::vector<const field_spec*> out;
    for (const field_spec& field : entity.fields) {
        if (field.type.kind == type_kind::reference && !field.type.optional) out.push_back(&field);
    }
    return out;
}

/// Walks required refs in depth; a ref to an entity that is still being walked closes a circle. Iterative: chains may
/// be as long as there are entities.
class circle_search {
  public:
    explicit circle_search(reading& in) : in_(in) {}

    void walk(const entity_spec& start) {
        if (!enter(start)) return;
        while (!way_.empty()) {
            step& last = way_.back();
            if (last.next == last.refs.size()) {
                state_[last.entity->entity_name.value] = done;
                way_.pop_back();
                continue;
            }
            const field_spec& ref = *last.refs[last.next++];
            const auto target = in_.entities.find(ref.type.target.value);
            if (target == in_.entities.end()) continue;
            if (state_[target->first] == walking)
                report(ref, target->first);
            else
                enter(*target->second);
        }
    }

  private:
    enum mark { fresh, walking, done };
    struct step {
        const entity_spec* entity;
        std::vector<const field_spec*> refs;
        std::size_t next = 0;
    };

    bool enter(const entity_spec& entity) {
        mark& state = state_[entity.entity_name.value];
        if (state != fresh) return false;
        state = walking;
        way_.push_back({&entity, required_refs(entity)});
        return true;
    }

    void report(const field_spec& closing, const std::string& target) {
        std::string circle;
        bool within = false;
        for (const step& one : way_) {
            within = within || one.entity->entity_name.value == target;
            if (within) circle += one.entity->entity_name.value + " → ";
        }
        in_.out.report(code::required_cycle, closing.type.target.at, "no first record can be made: " + circle + target,
                       "make a ref of the circle optional: 'ref " + target + "?'");
    }

    reading& in_;
    std::map<std::string, mark> state_;
    std::vector<step> way_;
};

}  // namespace

std::vector<std::string> entity_names(const spec& all) {
    std::vector<std::string> out;
    for (const entity_spec& entity : all.entities) {
        if (entity.extends == extended_entity::none) out.push_back(entity.entity_name.value);
    }
    return out;
}

const entity_spec* find_entity(const reading& in, std::string_view entity) {
    const auto found = in.entities.find(entity);
    return found == in.entities.end() ? nullptr : found->second;
}

const field_spec* find_field(const entity_spec& entity, std::string_view field) {
    for (const field_spec& one : entity.fields) {
        if (one.field_name.value == field) return &one;
    }
    return nullptr;
}

void check_relations(reading& in, const spec& all) {
    circle_search circles(in);
    for (const entity_spec& entity : all.entities) {
        for (const field_spec& field : entity.fields) {
            if (in.broken_fields.contains({entity.entity_name.value, field.field_name.value})) continue;
            if (field.type.kind == type_kind::reference) check_ref(in, all, field), check_tree(in, entity, field);
            if (field.type.kind == type_kind::has_many) check_has_many(in, all, entity, field);
        }
        circles.walk(entity);
    }
}

}  // namespace tenon::gen
