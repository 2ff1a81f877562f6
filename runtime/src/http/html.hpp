// Texts as HTML: for the pages of a service, and for the page that its build makes of openapi.yaml.
#pragma once

#include <string>
#include <string_view>

namespace tenon::http {

/// `text` with what means something in HTML written as entities; also for attributes in double quotes.
std::string escaped_html(std::string_view text);

/// The same, with what stands between backquotes as code.
std::string prose_as_html(std::string_view text);

}  // namespace tenon::http
