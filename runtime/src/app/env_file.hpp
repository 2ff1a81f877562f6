// The file .env: variables for those who do not want to export them.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/app/configuration.hpp>
#include <tenon/core/error.hpp>

namespace tenon::app {

/// Lines `NAME=VALUE`, perhaps behind `export`; empty ones, and such as begin with '#', say nothing. Of a value without
/// quotes, what follows " #" is a remark; in double quotes \" \\ \n and \$ are escapes, in single quotes nothing is.
/// The last one of a name counts. errc::invalid names each line that is something else, never with its text.
result<std::map<std::string, std::string, std::less<>>> parse_env_file(std::string_view text);

/// Variables, and what of their file nobody has asked for so far.
struct file_environment {
    environment variables;
    std::function<std::vector<std::string>()> unasked;
};

/// The process's environment; what it lacks comes from the file, if there is one. A variable that is set to nothing is
/// set. errc::invalid as above, or when the file cannot be read or has more than 64 KiB.
result<file_environment> environment_with_file(const std::string& path);

}  // namespace tenon::app
