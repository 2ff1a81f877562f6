// The planned project, and what it is before and after its plan is applied.
#pragma once

#include <gtest/gtest.h>

#include "planned_project.hpp"
#include "program_run.hpp"

namespace tenon::gen {

class planned_apply : public testing::Test {
  protected:
    planned_apply() {
        make_planned_project(project_);
        old_ = take_snapshot(project_);
        calls_ = count_calls(command_);
        new_ = take_snapshot(project_);
        put_back(project_, new_, old_);
    }

    scratch_folder place_;
    std::filesystem::path project_ = place_.path() / "project";
    std::vector<std::string> command_{APPLY_PLAN_PROGRAM, project_.string(), "--apply"};
    folder_snapshot old_, new_;
    long calls_ = 0;  ///< Writing calls of one apply.
};

}  // namespace tenon::gen
