// Rights, validation, hooks, references and the commit of each operation on {{plural_lower_title}}, in this order.
#include "operations/{{snake}}_operations.hpp"

#include <optional>
#include <utility>

#include "access/permissions.hpp"
#include "hooks/{{snake}}_hooks.hpp"
#include "storage/{{snake}}_repository.hpp"

#include <tenon/core/check.hpp>
{{#has_references}}
#include <tenon/operation/references.hpp>
{{/has_references}}
{{#has_tree}}
#include <tenon/records/trees.hpp>
{{/has_tree}}

namespace {{service.space}}::operations {

namespace {

namespace {{space}} = storage::{{space}};
using tenon::result;
using tenon::task;
using tenon::operation::context;
using tenon::operation::keeper;
using tenon::operation::nothing;

/// Deleting{{#has_purge}}, purging{{/has_purge}} and bringing back ask the same of whoever does it.
result<void> may_remove(const context& who, access::permission needed, const domain::{{type}}& current) {
    TRY(who.require_visible(access::permission::{{read_permission}}, current.created_by));
    TRY(who.require_for(needed, current.created_by));
    return who.check_version(current.version);
}

}  // namespace

task<result<tenon::paging::page<domain::{{type}}>>> list_{{plural_snake}}(const context& who,
    tenon::paging::list_request request) {
    CO_TRY_ASSIGN(const bool own, who.require_or_own(access::permission::{{read_permission}}));
    if (own) request.created_by = who.user();
    {{#soft_delete}}
    if (request.deleted_only) {
        CO_TRY_ASSIGN(const bool own_bin, who.require_or_own(access::permission::{{delete_permission}}));
        if (own_bin) request.created_by = who.user();
    }
    {{/soft_delete}}
    co_return co_await {{space}}::list(who.database(), request, who.cursors());
}

task<result<domain::{{type}}>> get_{{snake}}(const context& who, tenon::id<domain::{{type}}> id) {
    const auto own = who.require_or_own(access::permission::{{read_permission}});
    if (!own) return tenon::operation::refused<domain::{{type}}>(own.error());
    return {{space}}::find(who.database(), id, *own ? std::optional(who.user()) : std::nullopt);
}

task<result<domain::{{type}}>> create_{{snake}}(const context& who, domain::new_{{snake}} input,
    keeper<domain::{{type}}>* kept) {
    CO_TRY(who.require_or_own(access::permission::{{create_permission}}));
    CO_TRY(tenon::check::validated(input));
    auto& around = who.parts().get<hooks::{{snake}}_hooks>();
    auto database = who.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    {{#has_references}}
    const auto sent = input;
    {{/has_references}}
    CO_TRY(co_await around.before_create(who, open, input));
    CO_TRY(tenon::check::validated(input));
    {{#has_references}}
    const auto viewer = who.viewer();
    CO_TRY(co_await {{space}}::check_references(open, input, &viewer, &sent));
    {{/has_references}}
    if (!around.act_after_create()) tenon::operation::commit_with_next(open, kept);
    auto created = co_await {{space}}::insert(open, who.user(), input);
    {{#has_references}}
    if (tenon::operation::lost_a_reference(created)) {
        CO_TRY_ASSIGN(auto later, co_await tenon::operation::begin_again(std::move(open), database));
        CO_TRY(co_await {{space}}::check_references(later, input, &viewer, &sent));
    }
    {{/has_references}}
    if (!created) co_return std::move(created).error();
    CO_TRY(co_await around.after_create(who, open, *created));
    CO_TRY(co_await tenon::operation::commit(open, *created, kept));
    co_return created;
}

task<result<domain::{{type}}>> update_{{snake}}(const context& who, tenon::id<domain::{{type}}> id,
    domain::{{snake}}_changes changes) {
    CO_TRY(who.require_or_own(access::permission::{{update_permission}}));
    CO_TRY(tenon::check::validated(changes));
    auto& around = who.parts().get<hooks::{{snake}}_hooks>();
    auto database = who.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    {{#tree_fields}}
    if (changes.{{member}}.present()) CO_TRY(co_await tenon::records::wait_for_moves(open));
    {{/tree_fields}}
    tenon::db::unreadable broken;
    CO_TRY_ASSIGN(auto current, co_await {{space}}::find_locked(open, id, broken));
    CO_TRY(who.require_visible(access::permission::{{read_permission}}, current.created_by));
    CO_TRY(who.require_for(access::permission::{{update_permission}}, current.created_by));
    CO_TRY(who.check_version(current.version));
    CO_TRY({{space}}::check_repaired(broken, changes));
    {{#has_references}}
    const auto sent = changes;
    {{/has_references}}
    CO_TRY(co_await around.before_update(who, open, current, changes));
    if (domain::changes_nothing(changes)) {
        CO_TRY(co_await open.commit());
        co_return current;
    }
    CO_TRY(tenon::check::validated(changes));
    {{#has_references}}
    const auto viewer = who.viewer();
    CO_TRY(co_await {{space}}::check_references(open, changes, &current, &viewer, &sent));
    {{/has_references}}
    domain::{{type}} changed = current;
    changes.apply_to(changed);
    if (!around.act_around_update()) open.commit_with_next();
    auto updated = co_await {{space}}::update(open, changed);
    {{#has_references}}
    if (tenon::operation::lost_a_reference(updated)) {
        CO_TRY_ASSIGN(auto later, co_await tenon::operation::begin_again(std::move(open), database));
        CO_TRY(co_await {{space}}::check_references(later, changes, &current, &viewer, &sent));
    }
    {{/has_references}}
    if (!updated) co_return std::move(updated).error();
    CO_TRY(co_await around.after_update(who, open, current, *updated));
    CO_TRY(co_await open.commit());
    co_return updated;
}

task<result<nothing>> delete_{{snake}}(const context& who, tenon::id<domain::{{type}}> id) {
    CO_TRY(who.require_or_own(access::permission::{{delete_permission}}));
    auto& around = who.parts().get<hooks::{{snake}}_hooks>();
    auto database = who.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    tenon::db::unreadable broken;
    CO_TRY_ASSIGN(const auto current, co_await {{space}}::find_locked(open, id, broken));
    CO_TRY(may_remove(who, access::permission::{{delete_permission}}, current));
    CO_TRY(co_await around.before_delete(who, open, current));
    const auto viewer = who.viewer();
    CO_TRY(co_await {{space}}::remove(open, id, current.version, viewer));
    CO_TRY(co_await around.after_delete(who, open, current));
    CO_TRY(co_await open.commit());
    co_return nothing();
}
{{#soft_delete}}

task<result<domain::{{type}}>> restore_{{snake}}(const context& who, tenon::id<domain::{{type}}> id,
    keeper<domain::{{type}}>* kept) {
    CO_TRY(who.require_or_own(access::permission::{{delete_permission}}));
    auto database = who.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    CO_TRY_ASSIGN(const auto current, co_await {{space}}::find_deleted(open, id));
    CO_TRY(may_remove(who, access::permission::{{delete_permission}}, current));
    const auto viewer = who.viewer();
    CO_TRY_ASSIGN(auto restored, co_await {{space}}::restore(open, id, viewer));
    CO_TRY(co_await tenon::operation::commit(open, restored, kept));
    co_return restored;
}
{{/soft_delete}}
{{#has_purge}}

task<result<nothing>> purge_{{snake}}(const context& who, tenon::id<domain::{{type}}> id, keeper<nothing>* kept) {
    CO_TRY(who.require_or_own(access::permission::{{purge_permission}}));
    auto database = who.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    tenon::db::unreadable broken;
    CO_TRY_ASSIGN(const auto current, co_await {{space}}::find_deleted(open, id, broken));
    CO_TRY(may_remove(who, access::permission::{{purge_permission}}, current));
    const auto viewer = who.viewer();
    CO_TRY(co_await {{space}}::purge(open, id, viewer));
    const nothing done;
    CO_TRY(co_await tenon::operation::commit(open, done, kept));
    co_return done;
}
{{/has_purge}}

}  // namespace {{service.space}}::operations
