// The rules of the values that operations on accounts and members are given.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/error.hpp>

namespace tenon::accounts {

/// An e-mail address, and what it may be stored as.
struct email_address {
    std::string stored;  ///< Today's form: the same for all ways to write it (text::email_identity).
    /// In which order accounts are looked for: as given, in today's form, and as accounts from before there was one may
    /// have it. Often all the same.
    std::array<std::string, 4> known_as;

    /// Never fails: what is no address names no account.
    explicit email_address(std::string_view given);
};

/// Adds an error for what is no address, or none that a new account may have.
email_address checked_email(std::string_view email, std::string_view pointer, field_errors& errors);

/// How a given password may have been hashed: today's form (text::password_form) and, where it differs, as given. Never
/// empty.
std::vector<std::string> password_forms(std::string_view given);
/// The form that is hashed: 10 to 128 code points, none of them a control or invisible character.
std::string checked_password(std::string_view given, std::string_view pointer, field_errors& errors);

/// The form that is stored, composed: 1 to 120 code points, not only blanks, and no characters that nobody sees.
std::string checked_name(std::string name, std::string_view pointer, field_errors& errors);

}  // namespace tenon::accounts
