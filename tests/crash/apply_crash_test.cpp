// apply-plan killed in each writing call, and refused by the system at each: afterwards the project is the whole old or
// the whole new one.
#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>

#include "planned_apply.hpp"

namespace tenon::gen {
namespace {

/// Where errors are injected with what: each call gets one of four in CI, all of them in a soak.
constexpr int errors[] = {ENOSPC, EIO, EACCES, EROFS};

class apply_crash : public planned_apply {
  protected:
    void restore(const folder_snapshot& now) { put_back(project_, now, old_); }

    /// Runs with a fault, then what the next command does first; the project must be one of the two. Puts it back.
    ending run_and_check(const std::string& fault, const std::string& second_fault = {}) {
        const ending end = run(command_, fault);
        if (!second_fault.empty()) run(command_, second_fault);
        recover_project(project_);
        const folder_snapshot now = take_snapshot(project_);
        const bool is_old = now == old_;
        const bool is_new = now == new_;
        EXPECT_TRUE(is_old || is_new) << fault << " " << second_fault << "\nto the old one:\n"
                                      << difference(old_, now) << "to the new one:\n"
                                      << difference(new_, now);
        if (end == 0 || end == 3) {  // 3: done, and conflicts are left.
            EXPECT_TRUE(is_new) << fault;
        }
        (is_old ? olds_ : news_) += 1;
        restore(now);
        return end;
    }

    int olds_ = 0;
    int news_ = 0;
};

TEST_F(apply_crash, killed_in_every_call) {
    ASSERT_GT(calls_, 500);
    for (long n = 1; n <= calls_ && !HasFailure(); ++n) {
        const ending end = run_and_check("kill:" + std::to_string(n));
        ASSERT_EQ(end, -SIGKILL) << "call " << n << " of " << calls_;
    }
    EXPECT_GT(olds_, 100);
    EXPECT_GT(news_, 100);
    RecordProperty("calls", std::to_string(calls_));
}

TEST_F(apply_crash, refused_in_every_call) {
    const std::size_t rounds = is_soak() ? std::size(errors) : 1;
    for (std::size_t round = 0; round < rounds; ++round) {
        for (long n = 1; n <= calls_ && !HasFailure(); ++n) {
            const std::size_t turn = static_cast<std::size_t>(n) + round;
            const bool persists = turn / std::size(errors) % 2 == 0;
            const std::string code = std::to_string(errors[turn % std::size(errors)]);
            const ending end = run_and_check(code + ":" + std::to_string(n) + (persists ? "+" : ""));
            ASSERT_TRUE(end >= 0 && end <= 4) << "call " << n << ": it ended with " << end;
        }
    }
    EXPECT_GT(olds_, 100);
    EXPECT_GT(news_, 100);
}

TEST_F(apply_crash, killed_again_while_it_recovers) {
    const long step = is_soak() ? 1 : std::max(1L, calls_ / 40);
    for (const long first : {calls_ / 4, calls_ / 2, calls_ - calls_ / 8, calls_ - 3}) {
        for (long n = 1; n <= calls_ && !HasFailure(); n += step) {
            run_and_check("kill:" + std::to_string(first), "kill:" + std::to_string(n));
        }
    }
}

}  // namespace
}  // namespace tenon::gen
