// Two applies at once, and a folder that turns into a link while one is at work.
#include <gtest/gtest.h>

#include "planned_apply.hpp"

namespace tenon::gen {
namespace {

namespace fs = std::filesystem;

class two_at_once : public planned_apply {};

TEST_F(two_at_once, the_second_is_refused_while_the_first_is_at_work) {
    for (const long n : {1L, calls_ / 3, calls_ / 2, calls_ - 1}) {
        program_run first(command_, "stop:" + std::to_string(n));
        ASSERT_TRUE(first.wait_until_stopped());
        const folder_snapshot before = take_snapshot(project_);
        EXPECT_EQ(run(command_), 1);
        EXPECT_EQ(difference(before, take_snapshot(project_)), "");
        first.go_on();
        EXPECT_EQ(first.wait(), 3);  // Conflicts are left.
        const folder_snapshot now = take_snapshot(project_);
        EXPECT_EQ(difference(new_, now), "");
        put_back(project_, now, old_);
    }
}

TEST_F(two_at_once, started_together_one_applies_and_the_other_finds_it_done_or_busy) {
    const int rounds = is_soak() ? 300 : 25;
    for (int i = 0; i < rounds; ++i) {
        program_run first(command_, {});
        program_run second(command_, {});
        const ending one = first.wait();
        const ending other = second.wait();
        EXPECT_TRUE(one == 3 || other == 3);
        EXPECT_TRUE(one == 3 || one == 1) << one;
        EXPECT_TRUE(other == 3 || other == 1) << other;
        const folder_snapshot now = take_snapshot(project_);
        ASSERT_EQ(difference(new_, now), "");
        put_back(project_, now, old_);
    }
}

TEST_F(two_at_once, nothing_is_written_through_a_folder_that_became_a_link) {
    const fs::path outside = place_.path() / "outside";
    fs::create_directories(outside / "update0" / "part0");
    write_file(outside / "update0" / "part0" / "file0.txt", "a stranger's\n");
    const folder_snapshot strangers = take_snapshot(outside);
    for (long n = 1; n < calls_; n += std::max(1L, calls_ / 60)) {
        program_run victim(command_, "stop:" + std::to_string(n));
        ASSERT_TRUE(victim.wait_until_stopped());
        const folder_snapshot half = take_snapshot(project_);
        fs::rename(project_ / "src", place_.path() / "moved");
        fs::create_directory_symlink(outside, project_ / "src");
        victim.go_on();
        victim.wait();
        ASSERT_EQ(difference(strangers, take_snapshot(outside)), "") << "stopped at " << n;
        fs::remove_all(project_);
        fs::remove_all(place_.path() / "moved");
        fs::create_directory(project_);
        put_back(project_, {}, old_);
    }
}

}  // namespace
}  // namespace tenon::gen
