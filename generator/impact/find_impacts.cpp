// Puts the impacts of all areas together, each with its line of the spec.
#include "generator/impact/find_impacts.hpp"

#include "generator/impact/access_impacts.hpp"
#include "generator/impact/api_impacts.hpp"
#include "generator/impact/reference_impacts.hpp"
#include "generator/impact/retention_impacts.hpp"

namespace tenon::gen {
namespace {

/// Whether there are permissions on something of that name.
bool knows(const access_matrix& matrix, const std::string& noun) {
    if (matrix.empty()) return false;
    const auto& row = matrix.begin()->second;
    const auto at = row.lower_bound(noun + ":");
    return at != row.end() && at->first.starts_with(noun + ":");
}

present_names names_now(const access_record& was, const model& product, std::map<std::string, std::string> renamed) {
    present_names out;
    for (const auto& [before, now] : renamed) out.known.insert(now);
    for (const entity_model& entity : product.entities) {
        const std::string& noun = entity.name.snake;
        if (knows(was.rights, noun)) out.known.insert(noun);
        for (const field_model& field : entity.fields) {
            if (field.was) out.fields.emplace(noun + "." + field.was->snake, noun + "." + field.name.snake);
        }
    }
    out.entities = std::move(renamed);
    return out;
}

outcome<void> add_access(std::vector<impact>& all, const std::string& before, const model& product,
                         const spec_places& places) {
    TRY_ASSIGN(const access_record was, read_access_record(before));
    const access_record is = access_of(product);
    std::map<std::string, std::string> renamed;
    for (const entity_model& entity : product.entities) {
        // `was:` stays in the spec when the rename is long done.
        const bool now = entity.was && !knows(was.rights, entity.name.snake);
        if (now) renamed.emplace(entity.was->snake, entity.name.snake);
    }
    for (access_impact& one : compare_access(was.rights, is.rights, renamed)) {
        one.what.spec_line = one.permission.empty() ? places.role(one.role) : places.permission(one.permission);
        all.push_back(std::move(one.what));
    }
    if (was.bins) {
        for (retention_impact& one : compare_retention(*was.bins, *is.bins, renamed)) {
            one.what.spec_line = places.retention(one.entity);
            all.push_back(std::move(one.what));
        }
    }
    if (!was.references) return {};
    const present_names names = names_now(was, product, renamed);
    for (reference_impact& one : compare_references(*was.references, *is.references, names)) {
        one.what.spec_line = places.reference(one.reference);
        all.push_back(std::move(one.what));
    }
    return {};
}

void add_api(std::vector<impact>& all, std::string_view before, std::string_view after, const model& product,
             const spec_places& places) {
    renamed_operations renamed;
    for (const entity_model& entity : product.entities) {
        if (entity.was) renamed.emplace("get_" + entity.was->snake, entity.operations.get);
    }
    for (const api_finding& one : compare_api(before, after, renamed)) {
        const std::string subject = one.member.empty() ? one.where : one.where + ": " + one.member;
        const std::string first = one.where.substr(0, one.where.find(','));
        const std::string now = one.kind.ends_with("_removed") ? places.new_name(first, one.member) : "";
        const std::string rename = now.empty() ? "" : ": it is called " + now;
        const std::size_t line = one.route.empty() ? places.api(first, one.member) : places.route(one.route);
        all.push_back({one.kind, one.level, subject + " " + one.what + rename, line});
    }
}

}  // namespace

void add_access_record(tree& files, const model& product) {
    tree_file file;
    file.content = write_access_record(access_of(product));
    file.origin = "generator/impact";
    files.files.emplace(access_record_path, std::move(file));
}

outcome<std::vector<impact>> find_impacts(const former_files& before, const tree& after, const model& product,
                                          const spec_places& places) {
    std::vector<impact> all;
    if (before.access) TRY(add_access(all, *before.access, product, places));
    const auto openapi = after.files.find(std::string(openapi_path));
    if (before.openapi && openapi != after.files.end())
        add_api(all, *before.openapi, openapi->second.content, product, places);
    sort_impacts(all);
    return all;
}

}  // namespace tenon::gen
