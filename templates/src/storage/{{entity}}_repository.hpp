// {{plural_title}} in the database. Every statement is bound to one {{tenant.lower_title}} by the session it runs in.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/{{snake}}.hpp"

#include <tenon/access/viewer.hpp>
#include <tenon/core/task.hpp>
#include <tenon/db/record.hpp>
#include <tenon/db/session.hpp>
#include <tenon/paging/list_request.hpp>

namespace {{service.space}}::storage::{{space}} {

/// What a list can be filtered by, searched in and sorted by.
extern const tenon::paging::list_shape shape;

tenon::task<tenon::result<tenon::paging::page<domain::{{type}}>>> list(tenon::db::tenant_session database,
    const tenon::paging::list_request& request,
    const tenon::paging::cursor_codec& cursors);

/// errc::not_found for an id of another {{tenant.lower_title}}{{#soft_delete}}, of a deleted row{{/soft_delete}} and for one that never was;
/// errc::conflict for a row that cannot be read. With a `creator`, what others have made is not found either.
tenon::task<tenon::result<domain::{{type}}>> find(tenon::db::tenant_session database,
    tenon::id<domain::{{type}}> id, std::optional<tenon::user_id> creator = {});
tenon::task<tenon::result<domain::{{type}}>> find(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id);
/// The same for a row that is about to be changed: nobody else changes it, or refers to it anew, before the transaction
/// ends.
tenon::task<tenon::result<domain::{{type}}>> find_locked(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id);
/// Also a row that cannot be read, for whoever replaces or deletes it: `broken` then names columns, and what they
/// should hold is as if it had never been set.
tenon::task<tenon::result<domain::{{type}}>> find_locked(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id, tenon::db::unreadable& broken);
/// errc::conflict when `changes` leaves anything of `broken` as it is.
tenon::result<void> check_repaired(tenon::db::unreadable broken, const domain::{{snake}}_changes& changes);

/// errc::conflict when a unique value is taken.
tenon::task<tenon::result<domain::{{type}}>> insert(tenon::db::tenant_transaction& open, tenon::user_id creator,
    const domain::new_{{snake}}& input);
/// Writes `changed` over the row of its id and version; errc::precondition_failed when somebody was faster.
tenon::task<tenon::result<domain::{{type}}>> update(tenon::db::tenant_transaction& open,
    const domain::{{type}}& changed);
/// {{#soft_delete}}Puts the row into the bin{{/soft_delete}}{{^soft_delete}}Deletes the row for good{{/soft_delete}}, with what follows from that for others;
/// errc::precondition_failed when its version has changed, errc::conflict with what stands in the way, as far as `who`
/// may see it. Locks the row itself.
tenon::task<tenon::result<void>> remove(tenon::db::tenant_transaction& open, tenon::id<domain::{{type}}> id,
    std::int64_t version, tenon::access::viewer who = {});
{{#soft_delete}}
/// A row in the bin, locked as by find_locked; errc::not_found when it is not there.
tenon::task<tenon::result<domain::{{type}}>> find_deleted(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id);
/// Takes the row out of the bin, with what went there with it; errc::conflict when a unique value has been taken since,
/// or something else is still in the bin.
tenon::task<tenon::result<domain::{{type}}>> restore(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id, tenon::access::viewer who = {});
{{#has_purge}}
/// Also a row that cannot be read, for whoever purges it: `broken` as by find_locked.
tenon::task<tenon::result<domain::{{type}}>> find_deleted(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id, tenon::db::unreadable& broken);
/// Deletes a row of the bin for good, as `remove` would a live one.
tenon::task<tenon::result<void>> purge(tenon::db::tenant_transaction& open, tenon::id<domain::{{type}}> id,
    tenon::access::viewer who = {});
{{/has_purge}}
{{/soft_delete}}
{{#has_references}}

/// errc::invalid, with the fields whose ids name nothing in this {{tenant.lower_title}}, or nothing that `who` may see.
/// Without `who`, all counts as seen; so does what differs from `sent`, which is what the client wrote before a hook
/// changed it. Of changes to `current`, what stays as it is may name anything.
tenon::task<tenon::result<void>> check_references(tenon::db::tenant_transaction& open,
    const domain::new_{{snake}}& input, const tenon::access::viewer* who = nullptr,
    const domain::new_{{snake}}* sent = nullptr);
tenon::task<tenon::result<void>> check_references(tenon::db::tenant_transaction& open,
    const domain::{{snake}}_changes& input, const domain::{{type}}* current = nullptr,
    const tenon::access::viewer* who = nullptr, const domain::{{snake}}_changes* sent = nullptr);
{{/has_references}}
{{#is_target}}

/// Adds an error under `pointer` unless `id` names a row here that `who` may see, which then stays until the
/// transaction ends; for what refers to {{plural_lower_title}}. Without `who`, all counts as seen.
tenon::task<tenon::result<void>> check_exists(tenon::db::tenant_transaction& open, tenon::id<domain::{{type}}> id,
    std::string_view pointer, tenon::field_errors& errors, const tenon::access::viewer* who = nullptr);
{{/is_target}}

}  // namespace {{service.space}}::storage::{{space}}
