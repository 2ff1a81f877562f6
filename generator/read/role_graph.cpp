// A walk along `inherits`.
#include "generator/read/role_graph.hpp"

#include <map>
#include <vector>

namespace tenon::gen {

std::set<std::string_view> rights_of(std::span<const role_spec> roles, const std::string& start) {
    std::map<std::string_view, const role_spec*> by_name;
    for (const role_spec& role : roles) by_name.emplace(role.role_name.value, &role);
    std::set<std::string_view> out;
    std::vector<std::string_view> pending{start};
    while (!pending.empty()) {
        const auto found = by_name.find(pending.back());
        pending.pop_back();
        if (found == by_name.end() || !out.insert(found->first).second) continue;
        for (const name& parent : found->second->inherits) pending.push_back(parent.value);
    }
    return out;
}

}  // namespace tenon::gen
