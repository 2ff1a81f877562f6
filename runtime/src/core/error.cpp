// The names of failures, and the collection of field errors.
#include <algorithm>

#include <tenon/core/error.hpp>

namespace tenon {

void field_errors::add(std::string_view pointer, std::string_view detail) {
    if (list_.size() < most && !has(pointer)) list_.push_back({std::string(pointer), std::string(detail)});
}

bool field_errors::has(std::string_view pointer) const {
    return std::any_of(list_.begin(), list_.end(), [&](const field_error& e) { return e.pointer == pointer; });
}

error::error(field_errors&& errors)
    : code(errc::invalid), message("Some fields are not valid."), fields(std::move(errors).take()) {
    if (fields.size() == field_errors::most) message = "Many fields are not valid; the first of them are named.";
}

std::string_view name_of(errc code) {
    switch (code) {
        case errc::bad_request:
            return "bad_request";
        case errc::unauthorized:
            return "unauthorized";
        case errc::forbidden:
            return "forbidden";
        case errc::not_found:
            return "not_found";
        case errc::method_not_allowed:
            return "method_not_allowed";
        case errc::request_timeout:
            return "request_timeout";
        case errc::conflict:
            return "conflict";
        case errc::precondition_failed:
            return "precondition_failed";
        case errc::payload_too_large:
            return "payload_too_large";
        case errc::unsupported_media_type:
            return "unsupported_media_type";
        case errc::invalid:
            return "invalid";
        case errc::too_many_requests:
            return "too_many_requests";
        case errc::headers_too_large:
            return "headers_too_large";
        case errc::internal:
            return "internal";
        case errc::unavailable:
            return "unavailable";
        case errc::deadline_exceeded:
            return "deadline_exceeded";
    }
    return "internal";
}

}  // namespace tenon
