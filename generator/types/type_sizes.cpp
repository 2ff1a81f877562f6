// What the bounds of a type come to in bytes.
#include "generator/types/type_sizes.hpp"

#include <algorithm>

#include "generator/types/type_row.hpp"

namespace tenon::gen {

std::int64_t max_index_bytes_of(const field_type& type) {
    constexpr std::int64_t bytes_of_code_point = 4;
    const type_row& row = row_of(type.kind);
    if (row.index_bytes > 0) return row.index_bytes;
    if (row.is_text) return bytes_of_code_point * max_length_of(type);
    std::size_t longest = 0;
    for (const name& value : type.values) longest = std::max(longest, value.value.size());
    return static_cast<std::int64_t>(longest);
}

}  // namespace tenon::gen
