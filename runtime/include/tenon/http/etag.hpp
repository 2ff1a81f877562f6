// Optimistic concurrency: the row version as a strong entity tag (RFC 9110, sections 8.8.3 and 13.1).
#pragma once

#include <cstdint>
#include <string>

#include <tenon/core/error.hpp>
#include <tenon/http/message.hpp>

namespace tenon::http {

/// `"7"`, quotes included.
std::string etag(std::int64_t version);
/// Passes without an If-Match header, with `*`, or when one of its tags is `version`'s;
/// else errc::precondition_failed, with the kind "weak_etag" when only a weak tag is. A header that is not a list of
/// entity tags is errc::bad_request.
result<void> check_if_match(const request& request, std::int64_t version);
/// The conditions under which a record of `version` may be read or changed: as above, and for methods other than GET
/// and HEAD errc::precondition_failed, too, when If-None-Match names `version` or is `*`; errc::bad_request when one of
/// both headers is malformed.
result<void> check_preconditions(const request& request, std::int64_t version);
/// True when If-None-Match names `version` or is `*`: answer `unchanged`.
bool not_modified(const request& request, std::int64_t version);
/// 304 without a body.
response unchanged(std::int64_t version);

}  // namespace tenon::http
