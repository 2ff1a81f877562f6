// Counts generously: a file too many costs nothing, one too few fails a request of somebody.
#include "app/open_files.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include <tenon/observe/log.hpp>

#include "postgres/share.hpp"
#include "postgres/url.hpp"

namespace tenon::app {
namespace {

constexpr std::size_t of_the_process = 32;  // standard streams, log, certificates, name look-ups
constexpr std::size_t of_a_loop = 8;        // its queue, timer, event and listener, Redis
constexpr std::size_t of_sqlite = 32;       // of 13 connections each the database and its log; one index
constexpr std::size_t connections_min = 16;

}  // namespace

std::size_t raise_open_files() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return 1024;
    const rlim_t before = std::exchange(files.rlim_cur, files.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &files) != 0) return before;
    return files.rlim_cur;
}

std::size_t files_kept(const configuration& settings) {
    const std::size_t loops =
        settings.workers > 0 ? settings.workers : std::max(1U, std::thread::hardware_concurrency());
    db::open_options database;
    database.connections = settings.database_connections;
    database.loops = loops;
    const bool postgres = db::is_postgres_url(settings.database_url);
    return of_the_process + of_a_loop * loops + (postgres ? db::most_connections(database) : of_sqlite);
}

result<std::size_t> connections_that_fit(const configuration& settings, std::size_t open_files) {
    const std::size_t kept = files_kept(settings);
    if (open_files < kept + connections_min)
        return error(errc::unavailable, "The process may open " + std::to_string(open_files) +
                                            " files (RLIMIT_NOFILE, `ulimit -n`), and needs " +
                                            std::to_string(kept + connections_min) + " at least.");
    const std::size_t fitting = std::min(settings.max_connections, open_files - kept);
    if (fitting < settings.max_connections)
        log::warn("MAX_CONNECTIONS is lowered: the process may not open more files (RLIMIT_NOFILE)",
                  {{"wanted", settings.max_connections},
                   {"connections", fitting},
                   {"open_files", open_files},
                   {"kept_for_the_service", kept}});
    return fitting;
}

}  // namespace tenon::app
