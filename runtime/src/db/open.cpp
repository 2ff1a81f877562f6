// Database URLs, and the session types that hand statements to a backend.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <stdlib.h>

#include "db/backend.hpp"

#include "db/database_url.hpp"
#include "db/postgres_share.hpp"
#include "db/postgres_url.hpp"
#include "db/sqlite_backend.hpp"

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

task<result<void>> backend::can_store(std::chrono::steady_clock::time_point) {
    co_return result<void>();
}

result<std::unique_ptr<backend>> open(std::string_view url, open_options wanted) {
    if (is_postgres_url(url)) {
        postgres_options options = share_of_a_loop(wanted);
        options.url = url;
        return open_postgres(std::move(options));
    }
    TRY_ASSIGN(std::string path, sqlite_path(url));
    sqlite_options options;
    // One more than can run: the last idle one is not for a caller who reads already.
    options.readers = std::clamp<std::size_t>(std::thread::hardware_concurrency() + 1, 3, 8);
    options.path = path;
    options.lists = list_budget{wanted.page_bytes, wanted.list_time};
    if (path == ":memory:") {
        // A true in-memory database cannot be shared by a writer and concurrent readers.
        std::error_code why;
        std::string folder = (std::filesystem::temp_directory_path(why) / "tenon-db-XXXXXX").string();
        if (why || !::mkdtemp(folder.data())) return error(errc::unavailable, "No temporary folder can be made.");
        options.path = folder + "/database";
        options.remove_at_end = true;
    }
    return open_sqlite(std::move(options));
}

}  // namespace tenon::db
