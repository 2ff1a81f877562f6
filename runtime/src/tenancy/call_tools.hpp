// What the handlers of tenants and of members have in common.
#pragma once

#include <optional>
#include <string>

#include <tenon/json/writer.hpp>
#include <tenon/paging/list_request.hpp>
#include <tenon/service/call.hpp>

#include "auth/token_families.hpp"

namespace tenon::tenancy {

/// Where something made by a POST to a collection is found: the collection's path and the id.
inline std::string path_below(const service::open_call& call, const uuid& id) {
    return call.request().path + "/" + id.to_string();
}

/// One answer for what is not there and for what is somebody else's.
inline error nothing_here() {
    return error(errc::not_found, "There is nothing under this id.");
}

/// The path must name the tenant that the token acts in.
inline result<void> require_own_tenant(const service::tenant_call& call) {
    TRY_ASSIGN(const tenant_id named, call.path_id<tenant_tag>("id"));
    if (named != call.tenant()) return nothing_here();
    return {};
}

/// Ends what `user` has going in `tenant`.
inline task<result<std::size_t>> end_families_of(db::own_transaction& open, user_id user, tenant_id tenant) {
    auth::family_filter theirs(user);
    theirs.tenant = tenant;
    return auth::end_families(open, std::move(theirs));
}

/// {"items": […], "next_cursor": …}: `write_one` writes the members of one item. The rows have the id first and the
/// sort value last.
template <class WriteOne>
std::string page_json(const db::rows& found, const paging::list_request& request, const paging::cursor_codec& cursors,
                      WriteOne write_one) {
    json::writer out;
    out.begin_object();
    out.key("items");
    out.begin_array();
    const auto page = paging::make_page<bool>(found, request, cursors, [&](const db::row& r) {
        out.begin_object();
        write_one(out, r);
        out.end_object();
        return true;
    });
    out.end_array();
    out.member("next_cursor", page.next_cursor.empty() ? std::nullopt : std::optional(page.next_cursor));
    out.end_object();
    return std::move(out).take();
}

}  // namespace tenon::tenancy
