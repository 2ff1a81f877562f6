// Whether a text is a value of a type that is written as one.
#pragma once

#include <string_view>

namespace tenon::gen {

/// 2026-01-31, of a day that exists.
bool is_date(std::string_view text);
/// 2026-01-31T10:00:00Z, perhaps with a fraction of up to six digits.
bool is_datetime(std::string_view text);
/// 36 small hexadecimal characters with hyphens.
bool is_uuid(std::string_view text);
bool is_email(std::string_view text);
/// Of http or https, 2,048 bytes at most.
bool is_url(std::string_view text);

}  // namespace tenon::gen
