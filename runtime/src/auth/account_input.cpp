// Rules of addresses, passwords and names.
#include "auth/account_input.hpp"

#include <tenon/core/check.hpp>

namespace tenon::auth {

std::string checked_email(std::string email, std::string_view pointer, field_errors& errors) {
    check::email(errors, pointer, email);
    for (char& c : email) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return email;
}

void check_password(std::string_view password, std::string_view pointer, field_errors& errors) {
    check::length(errors, pointer, password, 10, 128);
}

void check_name(std::string_view name, std::string_view pointer, field_errors& errors) {
    check::length(errors, pointer, name, 1, 120);
    if (name.find_first_not_of(" \t\r\n") == name.npos) errors.add(pointer, "must not be blank");
}

}  // namespace tenon::auth
