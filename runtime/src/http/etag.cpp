// Entity tags of row versions, and the conditions that use them.
#include <algorithm>
#include <optional>
#include <vector>

#include <tenon/http/etag.hpp>

#include "core/ascii.hpp"

namespace tenon::http {
namespace {

struct entity_tag {
    bool weak = false;
    std::string_view opaque;  // between the quotes
};

// The whole list (RFC 9110, sections 8.8.3 and 5.6.1.2): all tags or, when one is malformed or there is none, nothing.
// Empty elements do not count.
std::optional<std::vector<entity_tag>> parse_tags(std::string_view list) {
    std::vector<entity_tag> out;
    for (list = ascii::trimmed(list); !list.empty(); list = ascii::trimmed(list)) {
        if (list.starts_with(',')) {
            list.remove_prefix(1);
            continue;
        }
        entity_tag tag;
        if (list.starts_with("W/")) tag.weak = true, list.remove_prefix(2);
        if (!list.starts_with('"')) return std::nullopt;
        const std::size_t close = list.find('"', 1);
        if (close == std::string_view::npos) return std::nullopt;
        tag.opaque = list.substr(1, close - 1);
        out.push_back(tag);
        list = ascii::trimmed(list.substr(close + 1));
        if (!list.empty() && list.front() != ',') return std::nullopt;
    }
    return out.empty() ? std::nullopt : std::optional(std::move(out));
}

bool has_header(const request& request, std::string_view name) {
    return std::any_of(request.headers.begin(), request.headers.end(),
                       [&](const header& each) { return ascii::equal_ignoring_case(each.name, name); });
}

error malformed(std::string_view name, std::string_view kind) {
    return error(errc::bad_request, std::string(name) + " is not a list of entity tags.", std::string(kind));
}

/// Whether If-None-Match names `version`; nothing when it is malformed.
std::optional<bool> if_none_match_names(const request& request, std::int64_t version) {
    if (!has_header(request, "If-None-Match")) return false;
    const std::string header = request.header_list("If-None-Match");
    if (ascii::trimmed(header) == "*") return true;
    const auto tags = parse_tags(header);
    if (!tags) return std::nullopt;
    const std::string current = std::to_string(version);
    return std::any_of(tags->begin(), tags->end(), [&](const entity_tag& tag) { return tag.opaque == current; });
}

}  // namespace

std::string etag(std::int64_t version) {
    return '"' + std::to_string(version) + '"';
}

result<void> check_if_match(const request& request, std::int64_t version) {
    if (!has_header(request, "If-Match")) return {};
    const std::string header = request.header_list("If-Match");
    if (ascii::trimmed(header) == "*") return {};
    const auto tags = parse_tags(header);
    if (!tags) return malformed("If-Match", "bad_if_match");
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
    return if_none_match_names(request, version).value_or(false);
}

result<void> check_preconditions(const request& request, std::int64_t version) {
    TRY(check_if_match(request, version));
    const std::optional<bool> named = if_none_match_names(request, version);
    if (!named) return malformed("If-None-Match", "bad_if_none_match");
    const bool reads = request.method == method::get || request.method == method::head;
    if (reads || !*named) return {};
    return error(errc::precondition_failed, "If-None-Match forbids this for the version that there is.");
}

response unchanged(std::int64_t version) {
    return response(304, "").with("ETag", etag(version));
}

}  // namespace tenon::http
