// What the bounds of a type come to in bytes.
#include "generator/read/type_sizes.hpp"

#include <algorithm>

namespace tenon::gen {

std::int64_t max_index_bytes_of(const field_type& type) {
    constexpr std::int64_t bytes_of_code_point = 4;
    switch (type.kind) {
        case type_kind::string:
        case type_kind::text:
            return bytes_of_code_point * max_length_of(type);
        case type_kind::email:
            return 254;
        case type_kind::url:
            return 2048;
        case type_kind::enumeration: {
            std::size_t longest = 0;
            for (const name& value : type.values) longest = std::max(longest, value.value.size());
            return static_cast<std::int64_t>(longest);
        }
        default:
            return 16;
    }
}

}  // namespace tenon::gen
