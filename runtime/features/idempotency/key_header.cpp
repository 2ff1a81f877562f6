// Reads the header and says what is wrong with it, where.
#include "idempotency/key_header.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace tenon::idempotency {
namespace {

error bad_key(std::string_view what) {
    return error(errc::bad_request,
                 std::string(key_header) + " " + std::string(what) +
                     ". Send a fresh UUID, for example: 1 to 255 visible ASCII characters, bare or in double quotes.",
                 "bad_idempotency_key");
}

error bad_character(std::size_t index) {
    return bad_key("has, as character " + std::to_string(index + 1) + ", one that is not allowed there");
}

bool is_visible(char c) {
    return c > ' ' && c < '\x7f';
}

/// A Structured Field string (RFC 8941, section 3.3.3) without parameters; `value` begins with its quote.
result<std::string> parse_quoted(std::string_view value) {
    std::string out;
    for (std::size_t i = 1; i < value.size(); ++i) {
        char c = value[i];
        if (c == '"') {
            if (i + 1 != value.size()) return bad_key("goes on behind its closing quote");
            return out;
        }
        if (c == '\\') {
            ++i;
            if (i == value.size()) break;
            c = value[i];
            if (c != '"' && c != '\\') return bad_character(i);
        }
        if (!is_visible(c)) return bad_character(i);
        out += c;
    }
    return bad_key("has no closing quote");
}

result<std::string> parse_bare(std::string_view value) {
    const auto bad = std::find_if(value.begin(), value.end(), [](char c) { return !is_visible(c) || c == '"'; });
    if (bad != value.end()) return bad_character(static_cast<std::size_t>(bad - value.begin()));
    return std::string(value);
}

bool is_key(const http::header& each) {
    return ascii::equal_ignoring_case(each.name, key_header);
}

}  // namespace

bool is_asked(const http::request& request) {
    return request.method == http::method::post && std::any_of(request.headers.begin(), request.headers.end(), is_key);
}

result<std::string> parse_key(std::string_view value) {
    value = ascii::trimmed(value);
    TRY_ASSIGN(std::string out, value.starts_with('"') ? parse_quoted(value) : parse_bare(value));
    if (out.empty()) return bad_key("is empty");
    if (out.size() > key_length_max) return bad_key("has " + std::to_string(out.size()) + " characters");
    return out;
}

result<std::string> read_key(const http::request& request) {
    if (std::count_if(request.headers.begin(), request.headers.end(), is_key) > 1)
        return bad_key("is there more than once");
    return parse_key(request.header_value(key_header));
}

}  // namespace tenon::idempotency
