// What the API's document calls operations and schemas: each name once, beside those that every service has.
#include <algorithm>
#include <array>

#include "generator/resolve/parts.hpp"

namespace tenon::gen {

namespace {

constexpr auto built_in_schemas =
    std::to_array<std::string_view>({"Problem", "Status", "SignUp", "Login", "Refresh", "PasswordChange", "Tokens",
                                     "Me", "MeChanges", "Role", "RoleChange", "Member", "NewMember", "MemberList"});

bool is_built_in(std::string_view schema) {
    return std::find(built_in_schemas.begin(), built_in_schemas.end(), schema) != built_in_schemas.end();
}

/// A record's schema, and those made from it.
std::array<std::string, 4> schemas_of(const std::string& one) {
    return {one, "New" + one, one + "Changes", one + "List"};
}

std::string free_schema(const std::string& wanted, unique_names& taken) {
    std::string out = wanted;
    for (;;) {
        const auto all = schemas_of(out);
        const bool free = std::none_of(all.begin(), all.end(),
                                       [&](const std::string& one) { return is_built_in(one) || taken.has(one); });
        if (free) {
            for (const std::string& one : all) taken.reserve(one);
            return out;
        }
        out += "Record";
    }
}

/// Members and one's own account are served already, by operations of these names.
operation_names operations_of(const names& name) {
    const std::string many = name.plural_snake == "members" ? "member_records" : name.plural_snake;
    const std::string one = name.snake == "me" ? "me_record" : name.snake;
    return {"list_" + many, "create_" + one, "get_" + one, "update_" + one, "delete_" + one, "restore_" + one};
}

}  // namespace

void resolve_api_names(model& out) {
    unique_names taken;
    out.tenant.schema = free_schema(out.tenant.name.pascal, taken);
    for (entity_model& entity : out.entities) {
        entity.schema = free_schema(entity.name.pascal, taken);
        entity.operations = operations_of(entity.name);
    }
}

}  // namespace tenon::gen
