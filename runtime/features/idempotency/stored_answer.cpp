// Texts with their lengths in front; the status is one of them.
#include "idempotency/stored_answer.hpp"

#include <charconv>

namespace tenon::idempotency {
namespace {

constexpr std::string_view format = "1";

void put(std::string& out, std::string_view text) {
    out.append(std::to_string(text.size())).append(":").append(text);
}

std::optional<std::size_t> number(std::string_view text) {
    std::size_t out = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (wrong != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

/// Takes the first text from the front of `bytes`.
std::optional<std::string_view> take(std::string_view& bytes) {
    const std::size_t colon = bytes.find(':');
    if (colon == bytes.npos) return std::nullopt;
    const auto length = number(bytes.substr(0, colon));
    bytes.remove_prefix(colon + 1);
    if (!length || *length > bytes.size()) return std::nullopt;
    const std::string_view out = bytes.substr(0, *length);
    bytes.remove_prefix(*length);
    return out;
}

}  // namespace

std::string as_bytes(const http::response& answer) {
    std::string out;
    put(out, format);
    put(out, std::to_string(answer.status));
    put(out, answer.content_type);
    put(out, answer.body);
    for (const http::header& each : answer.headers) {
        put(out, each.name);
        put(out, each.value);
    }
    return out;
}

std::optional<http::response> from_bytes(std::string_view bytes) {
    const auto version = take(bytes);
    const auto status_text = take(bytes);
    const auto type = take(bytes);
    const auto body = take(bytes);
    if (version != format || !status_text || !type || !body) return std::nullopt;
    const auto status = number(*status_text);
    if (!status) return std::nullopt;
    http::response out(static_cast<int>(*status), std::string(*type), std::string(*body));
    while (!bytes.empty()) {
        const auto name = take(bytes);
        const auto value = take(bytes);
        if (!name || !value) return std::nullopt;
        out.headers.push_back(http::header{std::string(*name), std::string(*value)});
    }
    return out;
}

}  // namespace tenon::idempotency
