// Which rows a caller may know of.
#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/access/viewer.hpp>
#include <tenon/db/value.hpp>

namespace tenon::records {

/// Whether `who` may see a row: `read` is the index of the permission, `created_by` the column that has its creator.
inline bool may_see(const access::viewer& who, std::uint16_t read, const db::row& found, std::size_t created_by) {
    const access::decision reads = who.reads(read);
    if (reads != access::decision::own) return reads == access::decision::allowed;
    return found.get<user_id>(created_by) == who.user();
}

}  // namespace tenon::records
