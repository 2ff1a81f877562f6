// A walk along the references, against their direction.
#include "records/reach.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

namespace tenon::records {

bool only_from_bin(const graph& all, const reference& r) {
    return r.rule == on_delete::restrict_ && !r.optional && all.kinds[r.from].bin;
}

bool takes_along(const graph& all, const reference& r, deletion how) {
    if (how == deletion::soft) return r.rule == on_delete::cascade && all.kinds[r.from].goes_along;
    return r.rule == on_delete::cascade || only_from_bin(all, r);
}

bool is_among(const std::vector<kind_number>& kinds, kind_number one) {
    return std::find(kinds.begin(), kinds.end(), one) != kinds.end();
}

namespace {

using admits = std::function<bool(const reference&)>;

/// Appends the kinds that a walk from `root` meets first; each comes after those that the walk has reached by it.
void walk(const graph& all, kind_number root, const admits& follows, std::vector<bool>& met,
          std::vector<kind_number>& out) {
    if (met[root]) return;
    std::vector<std::pair<kind_number, std::size_t>> way{{root, 0}};  // iterative: chains may be long
    met[root] = true;
    while (!way.empty()) {
        auto& [at, next] = way.back();
        if (next == all.references.size()) {
            out.push_back(at);
            way.pop_back();
            continue;
        }
        const reference& r = all.references[next++];
        if (r.to != at || met[r.from] || !follows(r)) continue;
        met[r.from] = true;
        way.emplace_back(r.from, 0);
    }
}

}  // namespace

std::vector<kind_number> reach(const graph& all, kind_number root, deletion how) {
    std::vector<bool> met(all.kinds.size(), false);
    std::vector<kind_number> out;
    walk(
        all, root, [&](const reference& r) { return takes_along(all, r, how); }, met, out);
    return out;
}

std::vector<kind_number> order_of_deletion(const graph& all, const std::vector<kind_number>& kinds) {
    std::vector<bool> met(all.kinds.size(), false);
    std::vector<kind_number> out;
    const auto requires_target = [&](const reference& r) { return !r.optional && is_among(kinds, r.from); };
    for (const kind_number each : kinds) walk(all, each, requires_target, met, out);
    return out;
}

}  // namespace tenon::records
