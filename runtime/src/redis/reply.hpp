// What Redis answers, as a value of its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tenon::redis {

/// Errors are no replies: they are the error side of a result.
struct reply {
    enum class kind { nil, integer, text, list };

    kind what = kind::nil;
    std::int64_t number = 0;   ///< kind::integer
    std::string text;          ///< kind::text, also for "OK"
    std::vector<reply> items;  ///< kind::list

    reply() = default;
    explicit reply(std::int64_t n) : what(kind::integer), number(n) {}
    explicit reply(std::string t) : what(kind::text), text(std::move(t)) {}
    explicit reply(std::vector<reply> l) : what(kind::list), items(std::move(l)) {}

    bool is_nil() const { return what == kind::nil; }
};

}  // namespace tenon::redis
