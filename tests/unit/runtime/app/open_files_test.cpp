// Descriptors: as many as the process may have, and enough of them kept for what is not a client.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "app/open_files.hpp"

namespace tenon::app {
namespace {

using testing::HasSubstr;

// In a process of its own: limits are the process's.
TEST(open_files_test, the_soft_limit_is_raised_to_the_hard_one) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            rlimit files{};
            ::getrlimit(RLIMIT_NOFILE, &files);
            files.rlim_cur = 64;
            ::setrlimit(RLIMIT_NOFILE, &files);
            const std::size_t raised = raise_open_files();
            ::getrlimit(RLIMIT_NOFILE, &files);
            std::_Exit(raised == files.rlim_max && files.rlim_cur == files.rlim_max ? 0 : 1);
        },
        testing::ExitedWithCode(0), "");
}

configuration small_service() {
    configuration out = default_configuration("sample");
    out.workers = 2;
    out.database_url = "postgresql://h/d";
    out.database_connections = 10;
    out.max_connections = 1000;
    return out;
}

TEST(open_files_test, connections_leave_files_for_the_service) {
    const configuration settings = small_service();
    const std::size_t kept = files_kept(settings);
    EXPECT_GE(kept, 2 * settings.database_connections);
    for (const auto& [open_files, expected] : {std::pair<std::size_t, std::size_t>(100'000, 1000),
                                               {1000 + kept, 1000},
                                               {999 + kept, 999},
                                               {16 + kept, 16}}) {
        const auto fitting = connections_that_fit(settings, open_files);
        ASSERT_TRUE(fitting) << open_files;
        EXPECT_EQ(*fitting, expected) << open_files;
    }
}

TEST(open_files_test, each_loop_has_five_connections_however_few_are_configured) {
    configuration settings = small_service();
    settings.workers = 32;
    const std::size_t loops_alone = 32 * 8;
    EXPECT_GE(files_kept(settings), loops_alone + std::size_t{33} * 5) << "housekeeping has some as well";
    settings.database_url = "sqlite:some.db";
    EXPECT_LT(files_kept(settings), loops_alone + std::size_t{33} * 5) << "which needs none of those";
}

TEST(open_files_test, a_limit_that_leaves_nothing_for_clients_is_refused_with_numbers) {
    const configuration settings = small_service();
    const std::size_t too_few = 15 + files_kept(settings);
    const auto fitting = connections_that_fit(settings, too_few);
    ASSERT_FALSE(fitting);
    EXPECT_THAT(fitting.error().message, HasSubstr("RLIMIT_NOFILE"));
    EXPECT_THAT(fitting.error().message, HasSubstr(std::to_string(too_few)));
    EXPECT_THAT(fitting.error().message, HasSubstr(std::to_string(too_few + 1)));
}

}  // namespace
}  // namespace tenon::app
