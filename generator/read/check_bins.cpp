// Whether anything ever gets into the bins that the spec asks for.
#include <algorithm>
#include <set>

#include "generator/read/checks.hpp"

namespace tenon::gen {

namespace {

bool names_nobody(const std::optional<access_rule>& rule) {
    return rule && rule->roles.empty() && !rule->creator;
}

/// Whether a deletion of one of `others` takes records of this entity along.
bool follows_one_of(const entity_spec& entity, const std::set<std::string_view>& others) {
    return std::any_of(entity.fields.begin(), entity.fields.end(), [&](const field_spec& field) {
        return field.type.kind == type_kind::reference && field.on_delete == on_delete_rule::cascade &&
               others.contains(field.type.target.value);
    });
}

/// Entities whose records get into the bin: by their own deletion, or with what they refer to.
std::set<std::string_view> filled_bins(const spec& all) {
    std::set<std::string_view> out;
    for (const entity_spec& entity : all.entities) {
        if (entity.soft_delete && !names_nobody(entity.access.remove)) out.insert(entity.entity_name.value);
    }
    for (bool more = true; more;) {
        more = false;
        for (const entity_spec& entity : all.entities) {
            if (follows_one_of(entity, out)) more = out.insert(entity.entity_name.value).second || more;
        }
    }
    return out;
}

}  // namespace

void check_bins(reading& in, const spec& all) {
    const auto filled = filled_bins(all);
    for (const entity_spec& entity : all.entities) {
        const std::string& called = entity.entity_name.value;
        if (!entity.soft_delete || filled.contains(called)) continue;
        in.warnings.report(code::unused_bin, entity.purge ? entity.purge->at : entity.at,
                           "nothing gets into the bin of " + called + ", for nobody may delete its records",
                           "name roles in 'delete' of its access, or take 'soft_delete' out");
    }
}

}  // namespace tenon::gen
