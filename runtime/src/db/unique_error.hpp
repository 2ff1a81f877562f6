// What a client is told about a taken value.
#pragma once

#include <string_view>
#include <vector>

#include <tenon/core/error.hpp>

namespace tenon::db {

/// A tenant's unique values are unique per tenant, which is not what a client would call a column of theirs.
inline void forget_column(error& failed, std::string_view tenant_column) {
    std::erase_if(failed.fields, [&](const field_error& each) {
        return each.pointer.size() == tenant_column.size() + 1 && each.pointer.ends_with(tenant_column);
    });
}

}  // namespace tenon::db
