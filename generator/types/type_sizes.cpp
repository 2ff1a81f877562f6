// What the bounds of a type come to in bytes.
#include "generator/types/type_sizes.hpp"

#include <algorithm>

#include "generator/types/type_row.hpp"

namespace tenon::gen {

std::int64_t max_index_bytes_of(const field_type& type) {
    constexpr std::int64_t bytes_of_code_point = 4, bytes_of_others = 16;
    const type_row& row = row_of(type.kind);
    if (row.schema_length > 0) return row.schema_length;
    if (row.is_text) return bytes_of_code_point * max_length_of(type);
    if (row.value != value_form::one_of) return bytes_of_others;
    std::size_t longest = 0;
    for (const name& value : type.values) longest = std::max(longest, value.value.size());
    return static_cast<std::int64_t>(longest);
}

}  // namespace tenon::gen
