// The path in a database URL.
#include "sqlite/url.hpp"

namespace tenon::db {

result<std::string> sqlite_path(std::string_view url) {
    constexpr std::string_view scheme = "sqlite:";
    if (!url.starts_with(scheme) || url.size() == scheme.size())
        return error(errc::invalid, "A database URL is expected in the form sqlite:PATH or postgres://HOST/NAME.");
    const std::string_view path = url.substr(scheme.size());
    // Options of a URL are not supported, and a name that looks like them is hardly meant as one.
    if (path.find_first_of(std::string_view("\0?", 2)) != path.npos || path.starts_with("file:"))
        return error(errc::invalid, "A database URL is expected in the form sqlite:PATH or postgres://HOST/NAME.");
    return std::string(path);
}

}  // namespace tenon::db
