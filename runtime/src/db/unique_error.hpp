// What a client is told about a taken value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/error.hpp>

namespace tenon::db {

/// Turns the columns of a violated index into what concerns a client. A tenant's unique values are unique per tenant,
/// which is not what a client would call a column of theirs; and of fields that are unique together none is wrong by
/// itself, so that they are one error, of the whole record.
inline void describe_taken(error& failed, std::string_view tenant_column) {
    std::erase_if(failed.fields, [&](const field_error& each) {
        return each.pointer.size() == tenant_column.size() + 1 && each.pointer.ends_with(tenant_column);
    });
    if (failed.kind != "unique" || failed.fields.size() < 2) return;
    std::string names;
    for (std::size_t i = 0; i < failed.fields.size(); ++i) {
        if (i > 0) names += i + 1 == failed.fields.size() ? " and " : ", ";
        names += failed.fields[i].pointer.substr(1);
    }
    failed.fields = {field_error{"", names + " are already taken together"}};
}

}  // namespace tenon::db
