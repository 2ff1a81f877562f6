// A project with a plan of a hundred files and more waiting in it, of every action that applying knows.
#pragma once

#include <filesystem>

#include "folder.hpp"

namespace tenon::gen {

/// Makes the project in `folder`, which must not exist: generated, edited by its user, and planned anew.
void make_planned_project(const std::filesystem::path& folder);

/// Takes the project as the next command would: finishes or undoes what an interrupted run left.
void recover_project(const std::filesystem::path& folder);

/// Generates the same once more and applies what comes of it; then nothing may be pending. Throws what went wrong.
void regenerate_project(const std::filesystem::path& folder);

}  // namespace tenon::gen
