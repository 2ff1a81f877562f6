// Looking into answers: headers by name, JSON by pointer.
#include <charconv>
#include <functional>

#include <tenon/json/reader.hpp>
#include <tenon/testing/service.hpp>

#include "core/ascii.hpp"
#include "json/tree.hpp"

namespace tenon::testing {
namespace {

/// One reference token of a JSON pointer with its escapes undone (RFC 6901, section 4).
std::string unescaped(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool escape = token[i] == '~' && i + 1 < token.size();
        out += escape ? (token[++i] == '1' ? '/' : '~') : token[i];
    }
    return out;
}

const json::node* child(const json::node& parent, std::string_view token) {
    if (parent.kind() == json::node_kind::array) {
        std::size_t index = 0;
        const auto [end, failed] = std::from_chars(token.data(), token.data() + token.size(), index);
        const bool valid = failed == std::errc() && end == token.data() + token.size() && index < parent.size();
        return valid ? &parent.element(index) : nullptr;
    }
    if (parent.kind() != json::node_kind::object) return nullptr;
    const std::string name = unescaped(token);
    for (std::size_t i = 0; i < parent.size(); ++i) {
        if (parent.name(i) == name) return &parent.value(i);
    }
    return nullptr;
}

/// Calls `use` with the node at `pointer`, if there is one.
bool find(const std::string& body, std::string_view pointer, const std::function<void(const json::node&)>& use) {
    const auto document = json::document::parse(body);
    if (!document) return false;
    const json::node* at = &document->root();
    while (at && pointer.starts_with('/')) {
        pointer.remove_prefix(1);
        const std::string_view token = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(token.size());
        at = child(*at, token);
    }
    if (!at || !pointer.empty()) return false;
    use(*at);
    return true;
}

std::string scalar(const json::node& value) {
    switch (value.kind()) {
        case json::node_kind::boolean:
            return value.flag() ? "true" : "false";
        case json::node_kind::integer:
        case json::node_kind::number:
        case json::node_kind::string:
            return std::string(value.text());
        default:
            return "";
    }
}

}  // namespace

std::string answer::header(std::string_view name) const {
    for (const auto& [each, value] : headers) {
        if (ascii::equal_ignoring_case(each, name)) return value;
    }
    return "";
}

std::string answer::at(std::string_view json_pointer) const {
    std::string out;
    find(body, json_pointer, [&](const json::node& value) { out = scalar(value); });
    return out;
}

bool answer::has(std::string_view json_pointer) const {
    return find(body, json_pointer, [](const json::node&) {});
}

bool answer::is_null(std::string_view json_pointer) const {
    bool out = false;
    find(body, json_pointer, [&](const json::node& value) { out = value.kind() == json::node_kind::null; });
    return out;
}

std::size_t answer::size_at(std::string_view json_pointer) const {
    std::size_t out = 0;
    find(body, json_pointer, [&](const json::node& value) {
        const bool many = value.kind() == json::node_kind::array || value.kind() == json::node_kind::object;
        if (many) out = value.size();
    });
    return out;
}

}  // namespace tenon::testing
