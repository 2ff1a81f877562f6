// Which library speaks to which URL.
#include "databases/open.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <stdlib.h>

#include "postgres/share.hpp"
#include "postgres/url.hpp"
#include "sqlite/backend.hpp"
#include "sqlite/url.hpp"

namespace tenon::db {
namespace {

result<std::unique_ptr<backend>> open_postgres(std::string_view url, const open_options& wanted) {
    postgres_options options = share_of_a_loop(wanted);
    options.url = url;
    return open_postgres(std::move(options));
}

result<std::unique_ptr<backend>> open_sqlite(std::string path, const open_options& wanted) {
    sqlite_options options;
    // One more than can run: the last idle one is not for a caller who reads already.
    options.readers = std::clamp<std::size_t>(std::thread::hardware_concurrency() + 1, 3, 8);
    options.path = std::move(path);
    options.lists = list_budget{wanted.page_bytes, wanted.list_time};
    if (options.path == ":memory:") {
        // A true in-memory database cannot be shared by a writer and concurrent readers.
        std::error_code why;
        std::string folder = (std::filesystem::temp_directory_path(why) / "tenon-db-XXXXXX").string();
        if (why || !::mkdtemp(folder.data())) return error(errc::unavailable, "No temporary folder can be made.");
        options.path = folder + "/database";
        options.remove_at_end = true;
    }
    return open_sqlite(std::move(options));
}

}  // namespace

result<std::unique_ptr<backend>> open(std::string_view url, open_options options) {
    if (is_postgres_url(url)) return open_postgres(url, options);
    TRY_ASSIGN(std::string path, sqlite_path(url));
    return open_sqlite(std::move(path), options);
}

}  // namespace tenon::db
