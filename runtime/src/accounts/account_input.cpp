// Rules of addresses, passwords and names.
#include "accounts/account_input.hpp"

#include <algorithm>

#include <tenon/core/check.hpp>

#include "core/text_identity.hpp"
#include "core/utf8.hpp"

namespace tenon::accounts {
namespace {

// Longer text breaks a rule anyway: it is not worth the work of looking at it closer.
constexpr std::size_t password_bytes_max = 4096;
constexpr std::size_t name_bytes_max = 4096;

std::string in_lower_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

}  // namespace

email_address::email_address(std::string_view given) {
    known_as.fill(in_lower_ascii(given));
    stored = text::email_identity(given).value_or(known_as[0]);
    known_as[1] = stored;
    const std::vector<std::string> older = text::older_email_forms(stored);
    for (std::size_t i = 0; i < older.size() && i + 2 < known_as.size(); ++i) known_as[i + 2] = older[i];
}

email_address checked_email(std::string_view email, std::string_view pointer, field_errors& errors) {
    check::email(errors, pointer, email);
    return email_address(is_utf8(email) ? email : std::string_view());
}

std::vector<std::string> password_forms(std::string_view given) {
    std::vector<std::string> out;
    auto form = given.size() > password_bytes_max ? std::nullopt : text::password_form(given);
    if (form && *form != given) out.push_back(std::move(*form));
    out.emplace_back(given);
    return out;
}

std::string checked_password(std::string_view given, std::string_view pointer, field_errors& errors) {
    if (given.size() > password_bytes_max || given.empty() || !is_utf8(given)) {
        // Each of them is an error: so many bytes of UTF-8 are more than 128 characters.
        check::length(errors, pointer, given, 10, 128);
        return {};
    }
    auto form = text::password_form(given);
    if (!form) errors.add(pointer, "must not have control characters, or invisible ones");
    if (!form) return {};
    check::length(errors, pointer, *form, 10, 128);
    return std::move(*form);
}

std::string checked_name(std::string name, std::string_view pointer, field_errors& errors) {
    const bool may_be_one = name.size() <= name_bytes_max && is_utf8(name);
    if (may_be_one) name = text::composed(name);
    check::length(errors, pointer, name, 1, 120);
    if (!may_be_one) return name;
    if (text::is_blank(name)) errors.add(pointer, "must not be blank");
    if (const auto misplaced = text::misplaced_in_name(name))
        errors.add(pointer, "must not have " + std::string(*misplaced));
    return name;
}

}  // namespace tenon::accounts
