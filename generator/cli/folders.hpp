// Folders that commands write into, made where they are missing.
#pragma once

#include <memory>
#include <string>

#include "generator/support/failure.hpp"
#include "generator/support/filesystem.hpp"

namespace tenon::gen {

/// Makes the folder and those above it. What cannot be made is told with the reason.
outcome<void> make_folder(const std::string& path);

/// The folder, made if need be.
outcome<std::unique_ptr<filesystem>> open_or_make(const std::string& path);

}  // namespace tenon::gen
