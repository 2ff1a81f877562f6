// The routes of a product as a table for people.
#include "app/route_listing.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace tenon::app {

std::string who_may(const service::route& route, const access::policy& policy) {
    if (std::holds_alternative<service::open_handler>(route.handler())) return "anyone";
    if (std::holds_alternative<service::user_handler>(route.handler())) return "signed in";
    std::string out(policy.permissions[route.permission()]);
    out += ": ";
    bool first = true;
    for (std::size_t role = 0; role < policy.roles.size(); ++role) {
        const auto decision = policy.decide(static_cast<std::uint16_t>(role), route.permission());
        if (decision == access::decision::denied) continue;
        if (!first) out += ", ";
        first = false;
        out += policy.roles[role];
        if (decision == access::decision::own) out += " (own)";
    }
    if (first) out += "nobody";
    return out;
}

std::string list_routes(const product& product) {
    using line = std::array<std::string, 4>;
    std::vector<line> lines;
    std::array<std::size_t, 3> widths{};
    for (const service::route& route : product.routes) {
        line next{std::string(name_of(route.verb())), std::string(route.path()), std::string(route.operation()),
                  who_may(route, product.policy)};
        for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], next[i].size());
        lines.push_back(std::move(next));
    }
    std::string out;
    for (const line& each : lines) {
        for (std::size_t i = 0; i < widths.size(); ++i) out.append(each[i]).append(widths[i] - each[i].size() + 2, ' ');
        out.append(each[3]).append("\n");
    }
    return out;
}

}  // namespace tenon::app
