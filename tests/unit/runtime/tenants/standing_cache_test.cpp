// What is known for half a second: how long, about whom, and what is never kept. Time is a number here.
#include "tenants/standing_cache.hpp"

#include <gtest/gtest.h>

namespace tenon::tenants {
namespace {

using operation::standing;
using namespace std::chrono_literals;
using clock = standing_cache::clock;

const standing member(std::uint16_t{2});

class standing_cache_test : public ::testing::Test {
  protected:
    static standing_key somebody() { return {user_id::generate(), uuid::generate(), tenant_id::generate()}; }
    standing_cache::found ask(const standing_key& key, clock::duration at) {
        return cache_.ask(key, start_ + at + 15s, start_ + at);
    }
    bool knows(const standing_key& key, clock::duration at) { return ask(key, at).answer.has_value(); }
    /// Asks at `begun`, is answered at `ended`.
    void learn(const standing_key& key, const result<standing>& outcome, clock::duration begun, clock::duration ended) {
        const auto found = ask(key, begun);
        ASSERT_TRUE(found.leads);
        cache_.land(key, found.question, outcome, start_ + ended);
    }

    const clock::time_point start_{1h};
    standing_cache cache_;
};

TEST_F(standing_cache_test, an_answer_counts_from_when_it_was_asked_for) {
    const standing_key key = somebody();
    learn(key, member, 0ms, 300ms);
    EXPECT_EQ(ask(key, 499ms).answer->role, 2);
    EXPECT_FALSE(knows(key, 500ms));
    const standing_key slow = somebody();
    learn(slow, member, 0ms, 500ms);
    EXPECT_FALSE(knows(slow, 500ms)) << "too old when it came";
}

TEST_F(standing_cache_test, a_session_without_a_tenant_is_known_as_well) {
    standing_key key = somebody();
    key.tenant.reset();
    learn(key, standing(), 0ms, 1ms);
    EXPECT_TRUE(knows(key, 2ms));
    standing_key in_tenant = key;
    in_tenant.tenant = tenant_id::generate();
    EXPECT_FALSE(knows(in_tenant, 3ms));
}

TEST_F(standing_cache_test, refusals_are_never_kept) {
    const standing_key key = somebody();
    learn(key, error(errc::unauthorized, "The session has ended."), 0ms, 1ms);
    EXPECT_TRUE(ask(key, 2ms).leads);
    const standing_key stranger = somebody();
    learn(stranger, standing(), 0ms, 1ms);
    EXPECT_TRUE(ask(stranger, 2ms).leads);
}

TEST_F(standing_cache_test, forgetting_is_of_one_user_whole) {
    const standing_key key = somebody();
    standing_key phone = key;
    phone.session = uuid::generate();
    const standing_key other = somebody();
    for (const standing_key& each : {key, phone, other}) learn(each, member, 0ms, 1ms);
    cache_.forget(key.user);
    EXPECT_FALSE(knows(key, 2ms));
    EXPECT_FALSE(knows(phone, 2ms));
    EXPECT_TRUE(knows(other, 2ms));
}

TEST_F(standing_cache_test, a_question_under_way_when_its_user_is_forgotten_leaves_nothing_behind) {
    const standing_key key = somebody();
    const auto before = ask(key, 0ms);
    cache_.forget(key.user);
    const auto after = ask(key, 1ms);
    EXPECT_TRUE(after.leads) << "the question from before is not joined";
    cache_.land(key, before.question, member, start_ + 2ms);
    EXPECT_FALSE(knows(key, 3ms)) << "its answer is from before";
    cache_.land(key, after.question, standing(std::uint16_t{1}), start_ + 3ms);
    EXPECT_EQ(ask(key, 4ms).answer->role, 1);
}

TEST_F(standing_cache_test, questions_are_joined_while_they_are_young_and_end_in_time) {
    const standing_key key = somebody();
    const auto first = ask(key, 0ms);
    ASSERT_TRUE(first.leads);
    EXPECT_FALSE(ask(key, 499ms).leads);
    EXPECT_TRUE(ask(key, 500ms).leads) << "what the first learns may be from before a change that was answered";
    const standing_key hasty = somebody();
    ask(hasty, 0ms);
    EXPECT_TRUE(cache_.ask(hasty, start_ + 1s, start_ + 1ms).leads) << "the one under way may take longer than that";
}

TEST_F(standing_cache_test, all_who_wait_get_the_outcome_and_so_do_the_late) {
    const standing_key key = somebody();
    const auto first = ask(key, 0ms);
    const auto early = std::make_shared<completion<standing>>();
    const auto late = std::make_shared<completion<standing>>();
    for (const auto& each : {early, late}) each->expect(std::noop_coroutine());
    cache_.join(key, first.question, early);
    cache_.land(key, first.question, member, start_ + 1ms);
    cache_.join(key, first.question, late);
    EXPECT_EQ(early->take()->role, 2);
    EXPECT_EQ(late->take()->role, 2);
}

TEST_F(standing_cache_test, is_bounded_by_what_counts_and_by_a_number) {
    constexpr std::size_t bound = standing_cache::shard_count * standing_cache::shard_entries_max;
    for (std::size_t i = 0; i < 2 * bound; ++i) learn(somebody(), member, 0ms, 1ms);
    EXPECT_LE(cache_.size(), bound);
    EXPECT_GT(cache_.size(), bound / 4);
    for (std::size_t i = 0; i < 2 * bound; ++i) ask(somebody(), 0ms);
    EXPECT_LE(cache_.size(), bound) << "questions that nobody answers";
}

}  // namespace
}  // namespace tenon::tenants
