// Query parameters as typed values.
#pragma once

#include <optional>
#include <string_view>

#include <tenon/core/error.hpp>
#include <tenon/paging/list_request.hpp>

namespace tenon::paging {

/// The value of a filter. Nothing, and an error under `pointer`, when `text` is not of the column's type.
std::optional<db::value> query_value(const column& by, std::string_view text, std::string_view pointer,
                                     field_errors& errors);

/// Code points of `text`; empty when it is not UTF-8 or holds U+0000, which no database text can.
std::optional<std::size_t> text_length(std::string_view text);

}  // namespace tenon::paging
