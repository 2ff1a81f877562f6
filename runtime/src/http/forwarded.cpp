// Headers of proxies.
#include "http/forwarded.hpp"

#include "core/ascii.hpp"

namespace tenon::http {

std::string_view last_hop(const std::vector<header>& headers) {
    std::string_view forwarded;
    for (const header& each : headers) {
        if (ascii::equal_ignoring_case(each.name, "X-Forwarded-For")) forwarded = each.value;
    }
    const std::size_t comma = forwarded.rfind(',');
    return ascii::trimmed(comma == forwarded.npos ? forwarded : forwarded.substr(comma + 1));
}

}  // namespace tenon::http
