// Database values as bytes: the inside of cursors.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <tenon/db/value.hpp>

namespace tenon::paging {

inline constexpr std::size_t fingerprint_bytes = 16;

/// The value's type and content; unambiguous when several stand in a row.
void append_bytes(std::string& out, const db::value& v);
/// Takes one value off the front; empty when the bytes are not one.
std::optional<db::value> take_value(std::string_view& bytes);
std::optional<uuid> take_uuid(std::string_view& bytes);

}  // namespace tenon::paging
