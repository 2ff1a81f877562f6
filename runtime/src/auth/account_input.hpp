// The rules of the values that account and membership handlers read.
#pragma once

#include <string>
#include <string_view>

#include <tenon/core/error.hpp>

namespace tenon::auth {

/// Checked, and in lower case, as it is stored and compared.
std::string checked_email(std::string email, std::string_view pointer, field_errors& errors);
/// 10 to 128 code points.
void check_password(std::string_view password, std::string_view pointer, field_errors& errors);
/// 1 to 120 code points, not only white space.
void check_name(std::string_view name, std::string_view pointer, field_errors& errors);

}  // namespace tenon::auth
