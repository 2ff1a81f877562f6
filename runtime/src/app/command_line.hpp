// The command line of a generated service.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/error.hpp>

namespace tenon::app {

struct command_line {
    enum class command { help, version, serve, migrate_up, migrate_down, migrate_status, backup, restore, routes };
    command what = command::help;
    std::size_t steps = 1;       ///< migrate down N
    bool migrate_first = false;  ///< serve --migrate
    bool check = false;          ///< migrate status --check
    std::string file;            ///< backup FILE, restore FILE
};

/// errc::bad_request, with one sentence for the user, for anything that is not a command.
result<command_line> parse_command_line(const std::vector<std::string_view>& arguments);

/// What --help prints.
std::string help_text(std::string_view program, std::string_view title);

}  // namespace tenon::app
