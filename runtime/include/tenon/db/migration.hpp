// What a product brings along to change its database.
#pragma once

#include <string_view>

namespace tenon::db {

/// One numbered migration for one database; the texts are embedded in the program by `tenon_embed_migrations` (CMake).
struct migration {
    std::string_view name;  ///< "0001_initial"
    std::string_view up;
    std::string_view down;  ///< A line `-- irreversible: reason` in its head declares that there is none.
};

}  // namespace tenon::db
