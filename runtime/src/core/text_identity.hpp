// When two texts are the same to people: one stored form for each, and what has no place in a name. By ICU.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::text {

// All take valid UTF-8, and cost time in proportion to its length.

/// Unicode normalization form C (UAX 15): one form for letters that can be written in several ways.
std::string composed(std::string_view text);

/// The one form of an e-mail address under which it is stored and compared: form C, lower case, the domain as it is
/// read (UTS 46: "xn--" labels and their Unicode form are the same). Empty for what is no address (check::email), or
/// has invisible, direction, control, private or compatibility characters.
std::optional<std::string> email_identity(std::string_view text);

/// Other forms that an address of that identity could have been stored in before there was one: letters taken apart,
/// the domain in "xn--" labels. At most two.
std::vector<std::string> older_email_forms(const std::string& identity);

/// The form of a password that is hashed: RFC 8265's OpaqueString, which composes and makes all spaces plain ones.
/// Empty when it has control or invisible characters, or none at all. Unassigned characters pass: keyboards are newer
/// than we.
std::optional<std::string> password_form(std::string_view text);

/// What has no place in a name that people read, if anything: "control characters", or invisible ones. Joiners pass
/// where scripts and emoji need them.
std::optional<std::string_view> misplaced_in_name(std::string_view text);

/// Whether a text has one form only: composed, without control and invisible characters. For what is unique: nobody can
/// see the twin of such a text beside it.
bool is_identity(std::string_view text);

/// Nothing but spaces and what shows nothing.
bool is_blank(std::string_view text);

}  // namespace tenon::text
