// Takes secrets out of texts that are about to be logged.
#pragma once

#include <string>
#include <string_view>

namespace tenon::observe {

/// True for names whose value is never logged: password, secret, token, authorization, cookie, api key and the like,
/// in any spelling (X-Api-Key, refresh_token, clientSecret).
bool is_secret_name(std::string_view name);

/// Replaces by "[redacted]": the value behind a secret name (`"token":"…"`, `token=…`, escaped quotes included, objects
/// and arrays whole), the credential behind "Bearer" or "Basic", and words that look like tokens (eyJ…, sk_…, whsec_…).
/// `line` stays a valid JSON text when it was one.
void redact(std::string& line);

}  // namespace tenon::observe
