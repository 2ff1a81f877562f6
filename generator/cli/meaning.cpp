// Brings together what was generated last and what is generated now.
#include "generator/cli/meaning.hpp"

#include "generator/impact/code_uses.hpp"
#include "generator/impact/find_impacts.hpp"

namespace tenon::gen {
namespace {

impact impact_of(const schema_change& change, const spec_places& places) {
    impact out{std::string(to_string(change.kind)), severity::info, change.sentence};
    if (change.effect == change_effect::look) out.level = severity::warning;
    if (change.effect == change_effect::loses) out.level = severity::destructive;
    if (change.irreversible) out.message += ", and cannot be taken back";
    if (change.at.length > 0) out.spec_line = places.line_of(change.at);
    return out;
}

impact impact_of_kept(const std::string& table) {
    return {"table_kept", severity::info,
            "keeps the table '" + table +
                "' and its rows, though the spec no longer has its feature; "
                "--allow-destructive table:" +
                table + " drops it"};
}

}  // namespace

outcome<void> add_impacts(plan& p, const target& project, const tree& files, const model& product,
                          const migration_files& schema, const spec_places& places) {
    if (project.kind() != target_kind::project) return {};
    if (has_pending(p)) {
        const former_files before = project.former();
        TRY_ASSIGN(p.impacts, find_impacts(before, files, product, places));
        for (const std::string& table : schema.kept) p.impacts.push_back(impact_of_kept(table));
        for (const schema_change& one : schema.changes) p.impacts.push_back(impact_of(one, places));
    }
    // Applying the plan mends none of these: they are told until somebody does.
    TRY_ASSIGN(const auto sources, project.sources(p, files));
    for (impact& one : code_impacts(sources)) p.impacts.push_back(std::move(one));
    sort_impacts(p.impacts);
    return {};
}

}  // namespace tenon::gen
