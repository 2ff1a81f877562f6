// `tenon generate` killed: a new project is there whole or not at all, and a plan is saved whole or not at all.
#include <gtest/gtest.h>

#include <csignal>

#include "planned_project.hpp"
#include "program_run.hpp"

namespace tenon::gen {
namespace {

namespace fs = std::filesystem;

class generate_crash : public testing::Test {
  protected:
    void SetUp() override {
        spec_ = place_.path() / "spec.yaml";
        fs::copy_file(STARTER_SPEC, spec_);
    }

    /// Adds a field, so that some twenty files change.
    void change_spec() {
        std::string text = read_file(spec_);
        const auto at = text.find("fields:");
        ASSERT_NE(at, std::string::npos);
        const auto line = text.find('\n', at) + 1;
        const auto indent = text.find_first_not_of(' ', line) - line;
        text.insert(line, std::string(indent, ' ') + "added_for_the_test: string(1..20)?\n");
        write_file(spec_, text);
    }

    scratch_folder place_;
    fs::path spec_;
    fs::path project_ = place_.path() / "out" / "shop";
    std::vector<std::string> command_{TENON_PROGRAM, "generate", spec_path(), "--out", project_.string()};

  private:
    std::string spec_path() const { return (place_.path() / "spec.yaml").string(); }
};

TEST_F(generate_crash, a_new_project_is_there_whole_or_not_at_all) {
    const long calls = count_calls(command_);
    const folder_snapshot whole = take_snapshot(project_.parent_path());
    const long step = is_soak() ? 1 : std::max(1L, calls / 60);
    fs::remove_all(project_.parent_path());
    for (long n = 1; n <= calls && !HasFailure(); n = n + step < calls - 20 || is_soak() ? n + step : n + 1) {
        ASSERT_EQ(run(command_, "kill:" + std::to_string(n)), -SIGKILL);
        // Killed early, what is left of it is beside the place and hidden, and goes with the next run.
        const bool there = fs::exists(project_ / "spec.yaml");
        if (there) {
            EXPECT_EQ(difference(whole, take_snapshot(project_.parent_path())), "") << "call " << n << " of " << calls;
        }
        EXPECT_EQ(run(command_), 0) << "call " << n;
        EXPECT_EQ(difference(whole, take_snapshot(project_.parent_path())), "") << "call " << n << " of " << calls;
        fs::remove_all(project_.parent_path());
    }
}

TEST_F(generate_crash, a_plan_is_saved_whole_or_not_at_all) {
    ASSERT_EQ(run(command_), 0);
    change_spec();
    const folder_snapshot old = take_snapshot(project_);
    const long calls = count_calls(command_);
    const folder_snapshot planned = take_snapshot(project_);
    ASSERT_GT(calls, 20);
    ASSERT_FALSE(planned == old);
    put_back(project_, planned, old);
    const long step = is_soak() ? 1 : std::max(1L, calls / 80);
    for (long n = 1; n <= calls && !HasFailure(); n += step) {
        ASSERT_EQ(run(command_, "kill:" + std::to_string(n)), -SIGKILL);
        recover_project(project_);
        const folder_snapshot now = take_snapshot(project_);
        EXPECT_TRUE(now == old || now == planned) << "call " << n << "\n" << difference(old, now);
        put_back(project_, now, old);
    }
}

}  // namespace
}  // namespace tenon::gen
