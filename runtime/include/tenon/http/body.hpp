// Reading the JSON body of a request.
#pragma once

#include <tenon/core/error.hpp>
#include <tenon/http/message.hpp>
#include <tenon/json/reader.hpp>

namespace tenon::http {

/// The body as JSON. errc::unsupported_media_type unless Content-Type is application/json or application/*+json (in
/// UTF-8), and with the kind "unsupported_coding" when Content-Encoding has any other than identity; errc::bad_request,
/// kind "bad_json", when it is not one JSON value; kind "empty_body" when there is none.
result<json::document> json_body(const request& request);

}  // namespace tenon::http
