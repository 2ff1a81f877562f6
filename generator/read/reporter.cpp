// Puts diagnostics in the order of their places.
#include "generator/read/reporter.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace tenon::gen {

namespace {

auto sort_key(const diagnostic& one) {
    return std::tie(one.at.offset, one.id, one.message, one.at.length);
}

bool before(const diagnostic& a, const diagnostic& b) {
    return sort_key(a) < sort_key(b);
}

bool same(const diagnostic& a, const diagnostic& b) {
    return sort_key(a) == sort_key(b);
}

}  // namespace

void reporter::report(code id, source_range at, std::string message, std::string hint) {
    found_.push_back({id, at, std::move(message), std::move(hint)});
}

diagnostics reporter::take(std::size_t most) {
    diagnostics out;
    out.items = std::exchange(found_, {});
    std::stable_sort(out.items.begin(), out.items.end(), before);
    out.items.erase(std::unique(out.items.begin(), out.items.end(), same), out.items.end());
    if (out.items.size() > most) {
        out.suppressed = out.items.size() - most;
        out.items.resize(most);
    }
    return out;
}

}  // namespace tenon::gen
