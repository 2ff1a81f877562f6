// Lists over HTTP: a query string in, a page as JSON out.
#pragma once

#include <string>
#include <utility>

#include <tenon/http/message.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/paging/list_request.hpp>
#include <tenon/service/call.hpp>

namespace tenon::service {

/// See paging::parse_list_request.
result<paging::list_request> read_list_request(const open_call& call, const paging::list_shape& shape);

/// 200 with {"items": [...], "next_cursor": ...}, and "unreadable" where rows are. `write_one(out, item)` writes one.
template <class T, class WriteOne>
http::response page_response(const paging::page<T>& page, WriteOne write_one) {
    json::writer out;
    out.begin_object();
    out.key("items");
    out.begin_array();
    for (const T& item : page.items) write_one(out, item);
    out.end_array();
    if (!page.unreadable.empty()) out.member("unreadable", page.unreadable);
    out.member("next_cursor", page.next_cursor.empty() ? std::nullopt : std::optional(page.next_cursor));
    out.end_object();
    return http::ok(std::move(out).take());
}

}  // namespace tenon::service
