// How many files the process may have open (RLIMIT_NOFILE), and how many of them connections of clients may be.
#pragma once

#include <cstddef>

#include <tenon/app/configuration.hpp>
#include <tenon/core/error.hpp>

namespace tenon::app {

/// Raises the soft limit to the hard one, which needs no privilege, and gives what holds then.
std::size_t raise_open_files();

/// What the database, Redis, the loops, the log and the like may need besides clients.
std::size_t files_kept(const configuration& settings);

/// MAX_CONNECTIONS, or less where `open_files` would leave too few for the rest: then the log says so. An error when
/// hardly any would be left for clients.
result<std::size_t> connections_that_fit(const configuration& settings, std::size_t open_files);

}  // namespace tenon::app
