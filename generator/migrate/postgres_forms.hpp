// Regular expressions for values that the API writes as text, as PostgreSQL reads them.
#pragma once

namespace tenon::gen {

inline constexpr const char* postgres_date_form = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
/// What follows the date in an instant, without its fraction and "Z".
inline constexpr const char* postgres_time_form = "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
/// In lower case, with hyphens.
inline constexpr const char* postgres_uuid_form = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

}  // namespace tenon::gen
