// Entity tags of row versions, and the conditions that use them.
#include <charconv>
#include <optional>
#include <vector>

#include <tenon/http/etag.hpp>

#include "http/ascii.hpp"

namespace tenon::http {
namespace {

struct entity_tag {
    bool weak = false;
    std::string_view opaque;  // between the quotes
};

// The whole list (RFC 9110, section 8.8.3): all tags or, when one is malformed, nothing.
std::optional<std::vector<entity_tag>> parse_tags(std::string_view list) {
    std::vector<entity_tag> out;
    list = trimmed(list);
    while (!list.empty()) {
        entity_tag tag;
        if (list.starts_with("W/")) tag.weak = true, list.remove_prefix(2);
        if (!list.starts_with('"')) return std::nullopt;
        const std::size_t close = list.find('"', 1);
        if (close == std::string_view::npos) return std::nullopt;
        tag.opaque = list.substr(1, close - 1);
        out.push_back(tag);
        list = trimmed(list.substr(close + 1));
        if (list.empty()) break;
        if (list.front() != ',') return std::nullopt;
        list = trimmed(list.substr(1));
        if (list.empty()) return std::nullopt;
    }
    return out.empty() ? std::nullopt : std::optional(std::move(out));
}

}  // namespace

std::string etag(std::int64_t version) {
    return '"' + std::to_string(version) + '"';
}

result<void> check_if_match(const request& request, std::int64_t version) {
    const std::string header = request.header_list("If-Match");
    if (header.empty() || trimmed(header) == "*") return {};
    const auto tags = parse_tags(header);
    if (!tags) return error(errc::bad_request, "If-Match is not a list of entity tags.", "bad_if_match");
    const std::string current = std::to_string(version);
    bool weak = false;
    for (const entity_tag& tag : *tags) {
        // Strong comparison (RFC 9110, section 13.1.1): a weak tag never matches.
        if (tag.opaque != current) continue;
        if (!tag.weak) return {};
        weak = true;
    }
    if (weak)
        return error(errc::precondition_failed,
                     "If-Match needs the strong ETag, as it was given: a weak one (W/) never matches.", "weak_etag");
    return error(errc::precondition_failed, "It was changed by somebody else since it was read.", "stale_version");
}

bool not_modified(const request& request, std::int64_t version) {
    const std::string header = request.header_list("If-None-Match");
    if (header.empty()) return false;
    if (trimmed(header) == "*") return true;
    const auto tags = parse_tags(header);
    if (!tags) return false;
    const std::string current = std::to_string(version);
    for (const entity_tag& tag : *tags) {
        if (tag.opaque == current) return true;
    }
    return false;
}

result<void> check_preconditions(const request& request, std::int64_t version) {
    TRY(check_if_match(request, version));
    const bool reads = request.method == method::get || request.method == method::head;
    if (reads || !not_modified(request, version)) return {};
    return error(errc::precondition_failed, "If-None-Match forbids this for the version that there is.");
}

}  // namespace tenon::http
