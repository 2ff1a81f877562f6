// What the directory keeps.
#pragma once

#include <tenon/app/product.hpp>
#include <tenon/db/backend.hpp>
#include <tenon/tenancy/directory.hpp>

namespace tenon::tenancy {

struct directory::parts {
    const app::product& product;
    db::backend& database;
    parts(const app::product& p, db::backend& d) : product(p), database(d) {}
};

/// Index into policy::roles; empty for a name that the product does not have.
std::optional<std::uint16_t> role_index(const access::policy& policy, std::string_view name);

}  // namespace tenon::tenancy
