// Password hashes: argon2id, renewed when the parameters change, the same work for nobody.
#include <gtest/gtest.h>

#include <sodium.h>

#include "accounts/password_hasher.hpp"
#include "loop_runner.hpp"

namespace tenon::accounts {
namespace {

using namespace std::chrono_literals;

using test::soon;

TEST(password, is_kept_as_argon2id_and_recognised) {
    test::loop_runner runner;
    password_hasher hasher(8192, 1);
    const auto hash = runner.wait(hasher.hash("correct horse", soon()));
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=8192,t=1,p=1$")) << *hash;
    const auto good = runner.wait(hasher.verify(password_check("correct horse", *hash), soon()));
    EXPECT_TRUE(good->matches);
    EXPECT_FALSE(good->outdated);
    EXPECT_FALSE(runner.wait(hasher.verify(password_check("correct hors", *hash), soon()))->matches);
    EXPECT_FALSE(runner.wait(hasher.verify(password_check("", *hash), soon()))->matches);
}

TEST(password, hashes_of_other_parameters_match_and_are_outdated) {
    test::loop_runner runner;
    password_hasher old(8192, 1);
    password_hasher today(16384, 2);
    const auto hash = runner.wait(old.hash("correct horse", soon()));
    const auto out = runner.wait(today.verify(password_check("correct horse", *hash), soon()));
    EXPECT_TRUE(out->matches);
    EXPECT_TRUE(out->outdated);
}

TEST(password, nobody_has_no_password) {
    test::loop_runner runner;
    password_hasher hasher(8192, 1);
    EXPECT_FALSE(runner.wait(hasher.verify(password_check("", ""), soon()))->matches);
    EXPECT_FALSE(runner.wait(hasher.verify(password_check("correct horse", ""), soon()))->matches);
    EXPECT_FALSE(runner.wait(hasher.verify(password_check("correct horse", "not a hash"), soon()))->matches);
}

// Asserted on the parameters of the work, not on time.
TEST(password, nobody_costs_what_somebody_costs_whatever_the_parameters_were) {
    test::loop_runner runner;
    password_hasher small(8192, 1);
    password_hasher middle(16384, 2);
    password_hasher large(24576, 2);
    const auto old = runner.wait(middle.hash("correct horse", soon()));
    const auto work = [&](password_hasher& today, const std::string& stored, const std::string& stand_in) {
        password_check check("wrong horse!", stored);
        check.stand_in = stand_in;
        const auto out = runner.wait(today.verify(std::move(check), soon()));
        EXPECT_TRUE(out && !out->matches);
        return out->kib_passes;
    };
    const auto raised = runner.wait(large.hash("correct horse", soon()));
    EXPECT_EQ(work(large, *raised, *old), 24576U * 2);
    EXPECT_EQ(work(large, *old, *old), 24576U * 2) << "an old hash, made up for";
    EXPECT_EQ(work(large, "", *old), 24576U * 2) << "nobody beside old hashes";
    EXPECT_EQ(work(large, "", *raised), 24576U * 2);
    EXPECT_EQ(work(large, "", ""), 24576U * 2) << "the first user of all";
    EXPECT_EQ(work(large, "not a hash", ""), 24576U * 2);
    // A cost that was lowered is still paid for those who have not logged in since, and so by their stand-ins.
    EXPECT_EQ(work(small, *old, *old), 16384U * 2);
    EXPECT_EQ(work(small, "", *old), 16384U * 2);
}

TEST(password, a_second_form_matches_and_is_outdated) {
    test::loop_runner runner;
    password_hasher hasher(8192, 1);
    const auto hash = runner.wait(hasher.hash("as given", soon()));
    const auto check = [&](std::vector<std::string> forms, const std::string& stored) {
        const auto out = runner.wait(hasher.verify(password_check(std::move(forms), stored), soon()));
        EXPECT_TRUE(out);
        return *out;
    };
    const auto second = check({"normalised", "as given"}, *hash);
    EXPECT_TRUE(second.matches);
    EXPECT_TRUE(second.outdated);
    EXPECT_FALSE(check({"as given"}, *hash).outdated);
    EXPECT_FALSE(check({"one", "two"}, *hash).matches);
    EXPECT_EQ(check({"one", "two"}, *hash).kib_passes, check({"one", "two"}, "").kib_passes);
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
}  // namespace tenon::accounts
