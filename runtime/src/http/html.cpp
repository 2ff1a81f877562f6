// Character by character.
#include "http/html.hpp"

namespace tenon::http {

std::string escaped_html(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '&':
                out += "&amp;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string prose_as_html(std::string_view text) {
    std::string out;
    bool is_code = false;
    for (const char c : text) {
        if (c == '`') {
            out += is_code ? "</code>" : "<code>";
            is_code = !is_code;
        } else {
            out += escaped_html(std::string_view(&c, 1));
        }
    }
    return is_code ? out + "</code>" : out;
}

}  // namespace tenon::http
