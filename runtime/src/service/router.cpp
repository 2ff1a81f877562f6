// A tree of path segments, with a short cut for paths that have no parameters.
#include "service/router.hpp"

#include <map>
#include <optional>
#include <stdexcept>

#include "core/percent.hpp"

namespace tenon::service {
namespace {

constexpr std::size_t no_route = static_cast<std::size_t>(-1);

std::size_t slot(http::method m) {
    return static_cast<std::size_t>(m);
}

bool is_parameter(std::string_view segment) {
    return segment.size() >= 2 && segment.front() == '{' && segment.back() == '}';
}

// "/a/b" → {a, b}; the caller has checked the leading slash.
std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> out;
    if (path == "/") return out;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        out.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return out;
}

enum class segment_state { good, nowhere, broken };

segment_state decode_segments(std::string_view path, std::vector<std::string>& out) {
    for (const std::string_view raw : split(path)) {
        auto decoded = percent_decode(raw, false);
        if (!decoded || !is_clean_utf8(*decoded)) return segment_state::broken;
        out.push_back(std::move(*decoded));
    }
    for (const std::string& segment : out) {
        if (segment.empty() || segment == "." || segment == "..") return segment_state::nowhere;
    }
    return segment_state::good;
}

}  // namespace

struct router::node {
    std::map<std::string, std::unique_ptr<node>, std::less<>> literals;
    std::unique_ptr<node> parameter;
    std::array<std::size_t, method_count> by_method;
    std::string allow;

    node() { by_method.fill(no_route); }
    bool has_route() const { return !allow.empty(); }
};

router::router(std::span<const route> routes) : routes_(routes), root_(std::make_unique<node>()) {
    for (std::size_t i = 0; i < routes.size(); ++i) add(routes[i], i);
}

router::~router() = default;

void router::add(const route& added, std::size_t index) {
    const std::string_view path = added.path();
    if (!path.starts_with('/')) throw std::logic_error("route without a leading slash: " + std::string(path));
    node* at = root_.get();
    bool literal = true;
    for (const std::string_view segment : split(path)) {
        auto& next = is_parameter(segment) ? at->parameter : at->literals[std::string(segment)];
        if (!next) next = std::make_unique<node>();
        at = next.get();
        literal = literal && !is_parameter(segment);
    }
    if (at->by_method[slot(added.verb())] != no_route)
        throw std::logic_error("two routes for " + std::string(name_of(added.verb())) + " " + std::string(path));
    at->by_method[slot(added.verb())] = index;
    if (literal) literal_paths_.emplace(path, at);

    at->allow.clear();
    for (std::size_t m = 0; m < method_count; ++m) {
        const bool implied_head = m == slot(http::method::head) && at->by_method[slot(http::method::get)] != no_route;
        const bool options = m == slot(http::method::options);
        if (at->by_method[m] == no_route && !implied_head && !options) continue;
        if (!at->allow.empty()) at->allow += ", ";
        at->allow += name_of(static_cast<http::method>(m));
    }
}

const router::node* router::walk(const node& from, std::span<const std::string> segments,
                                 std::vector<const std::string*>& values) const {
    if (segments.empty()) return from.has_route() ? &from : nullptr;
    const auto literal = from.literals.find(segments.front());
    if (literal != from.literals.end()) {
        if (const node* found = walk(*literal->second, segments.subspan(1), values)) return found;
    }
    if (!from.parameter) return nullptr;
    values.push_back(&segments.front());
    if (const node* found = walk(*from.parameter, segments.subspan(1), values)) return found;
    values.pop_back();
    return nullptr;
}

match router::choose(const node& at, http::method m) const {
    match out;
    std::size_t index = at.by_method[slot(m)];
    if (index == no_route && m == http::method::head) index = at.by_method[slot(http::method::get)];
    if (index == no_route) {
        out.what = match::outcome::method_not_allowed;
        out.allow = at.allow;
        return out;
    }
    out.what = match::outcome::found;
    out.index = index;
    out.route = &routes_[index];
    return out;
}

match router::find(http::method m, std::string_view path) const {
    if (const auto found = literal_paths_.find(path); found != literal_paths_.end()) return choose(*found->second, m);

    match out;
    std::vector<std::string> segments;
    const segment_state state = path.starts_with('/') ? decode_segments(path, segments) : segment_state::broken;
    if (state == segment_state::broken) out.what = match::outcome::bad_path;
    if (state != segment_state::good) return out;
    std::vector<const std::string*> values;
    const node* const found = walk(*root_, segments, values);
    if (!found) return out;
    out = choose(*found, m);
    if (!out.route) return out;

    std::size_t next = 0;
    for (const std::string_view segment : split(out.route->path())) {
        if (is_parameter(segment)) out.parameters.emplace_back(segment.substr(1, segment.size() - 2), *values[next++]);
    }
    return out;
}

}  // namespace tenon::service
