// Password hashes: argon2id, renewed when the parameters change, the same work for nobody.
#include <gtest/gtest.h>

#include <sodium.h>

#include "auth/password_hasher.hpp"
#include "loop_runner.hpp"

namespace tenon::auth {
namespace {

using namespace std::chrono_literals;

using test::soon;

TEST(password, is_kept_as_argon2id_and_recognised) {
    test::loop_runner runner;
    password_hasher hasher(8192, 1);
    const auto hash = runner.wait(hasher.hash("correct horse", soon()));
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=8192,t=1,p=1$")) << *hash;
    const auto good = runner.wait(hasher.verify("correct horse", *hash, soon()));
    EXPECT_TRUE(good->matches);
    EXPECT_FALSE(good->outdated);
    EXPECT_FALSE(runner.wait(hasher.verify("correct hors", *hash, soon()))->matches);
    EXPECT_FALSE(runner.wait(hasher.verify("", *hash, soon()))->matches);
}

TEST(password, hashes_of_other_parameters_match_and_are_outdated) {
    test::loop_runner runner;
    password_hasher old(8192, 1);
    password_hasher today(16384, 2);
    const auto hash = runner.wait(old.hash("correct horse", soon()));
    const auto out = runner.wait(today.verify("correct horse", *hash, soon()));
    EXPECT_TRUE(out->matches);
    EXPECT_TRUE(out->outdated);
}

TEST(password, nobody_has_no_password) {
    test::loop_runner runner;
    password_hasher hasher(8192, 1);
    EXPECT_FALSE(runner.wait(hasher.verify("", "", soon()))->matches);
    EXPECT_FALSE(runner.wait(hasher.verify("correct horse", "", soon()))->matches);
    EXPECT_FALSE(runner.wait(hasher.verify("correct horse", "not a hash", soon()))->matches);
}

TEST(password, too_many_at_once_are_refused) {
    test::loop_runner runner;
    password_hasher hasher(65536, 4);
    std::vector<std::future<result<std::string>>> all;
    for (int i = 0; i < 200; ++i)
        all.push_back(runner.start(hasher.hash("x", std::chrono::steady_clock::now() + 300ms)));
    int unavailable = 0;
    for (auto& each : all) {
        const auto out = each.get();
        unavailable += !out && out.error().code == errc::unavailable ? 1 : 0;
    }
    EXPECT_GE(unavailable, 100);
}

}  // namespace
}  // namespace tenon::auth
