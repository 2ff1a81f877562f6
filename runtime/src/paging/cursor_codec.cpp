// Cursors that only this service can make, bound to the list that they were made for.
#include <tenon/paging/list_request.hpp>

#include "crypto/digest.hpp"
#include "paging/value_bytes.hpp"

namespace tenon::paging {
namespace {

constexpr char format_version = 1;
constexpr char format_with_beginning = 2;  // the same, but the value is the beginning of a longer text
// What is left of a cursor, in base64, for everything else is plenty.
constexpr std::size_t text_bytes_max = 4096;
constexpr std::size_t mac_bytes = 16;
constexpr std::size_t cursor_length_max = 8192;

std::string mac(std::string_view key, std::string_view payload) {
    // A key of its own: the same secret signs tokens.
    const std::string own_key = crypto::derive_key(key, "tenon list cursor");
    return std::string(crypto::view(crypto::hmac_sha256(own_key, payload)).substr(0, mac_bytes));
}

/// Not cut within a character.
std::string beginning_of(std::string_view text) {
    std::size_t end = text_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string(text.substr(0, end));
}

error refused() {
    return error(errc::bad_request, "The cursor is not one that this list has given out.", "bad_cursor");
}

}  // namespace

std::string cursor_codec::encode(const list_request& request, const db::value& sort_value, uuid id) const {
    const auto* const text = std::get_if<std::string>(&sort_value);
    const bool is_long = text && text->size() > text_bytes_max;
    std::string payload(1, is_long ? format_with_beginning : format_version);
    payload += request.fingerprint();
    payload.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
    append_bytes(payload, is_long ? db::value(beginning_of(*text)) : sort_value);
    return crypto::base64url(payload + mac(key_, payload));
}

result<void> cursor_codec::decode(std::string_view cursor, list_request& request) const {
    if (cursor.size() > cursor_length_max) return refused();
    const auto bytes = crypto::from_base64url(cursor);
    if (!bytes || bytes->size() < mac_bytes) return refused();
    std::string_view payload = std::string_view(*bytes).substr(0, bytes->size() - mac_bytes);
    const std::string_view given = std::string_view(*bytes).substr(payload.size());
    if (!crypto::equal(mac(key_, payload), given)) return refused();
    // Only this service can have written what follows; it is read with the same care all the same.
    if (payload.empty()) return refused();
    const char version = payload.front();
    if (version != format_version && version != format_with_beginning) return refused();
    payload.remove_prefix(1);
    if (!payload.starts_with(request.fingerprint()))
        return error(errc::bad_request, "The cursor belongs to another list, filter or order.", "bad_cursor");
    payload.remove_prefix(fingerprint_bytes);
    const auto id = take_uuid(payload);
    if (!id) return refused();
    auto value = take_value(payload);
    if (!value || !payload.empty()) return refused();
    request.after_beginning = version == format_with_beginning;
    if (request.after_beginning && !std::holds_alternative<std::string>(*value)) return refused();
    request.after_id = *id;
    request.after_value = std::move(*value);
    return {};
}

}  // namespace tenon::paging
