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

/// What helps with any mistake of the kind; for messages that know nothing better.
std::string general_hint(code id) {
    switch (id) {
        case code::file_too_large:
            return "describe the product here, and keep its data elsewhere";
        case code::too_deep:
            return "write it with fewer levels; no construct needs more than ten";
        case code::yaml_syntax:
            return "check indentation, quotes and brackets here and in the line above";
        case code::wrong_kind:
            return "write one value behind the colon, such as key: value";
        case code::type_syntax:
        case code::unknown_type:
            return "write a type such as string(1..120), int, date? or enum [a, b]";
        case code::bad_bounds:
            return "write bounds such as (1..120), the smaller one first";
        case code::bad_default:
            return "write a value of the field's type, or take the default out";
        default:
            return "`" + code_text(id) + "` in docs/errors.md says what is expected";
    }
}

}  // namespace

void reporter::report(code id, source_range at, std::string message, std::string hint) {
    if (hint.empty()) hint = general_hint(id);
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
