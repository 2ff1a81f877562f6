// Texts and callers that count as slow: for how long, and how many of them.
#include "postgres/slow_lately.hpp"

#include <gtest/gtest.h>

namespace tenon::db {
namespace {

using namespace std::chrono_literals;

const uuid ada = uuid::generate();
const uuid bob = uuid::generate();

class slow_lately_test : public testing::Test {
  protected:
    void note(const std::string& text, const uuid& caller) { lately_.note(text, caller, now_); }
    bool has(const std::string& text, const uuid& caller) const { return lately_.has(text, caller, now_); }

    slow_lately lately_;
    slow_lately::time_point now_ = slow_lately::time_point() + 1h;
};

TEST_F(slow_lately_test, a_text_counts_for_everybody_and_for_ten_seconds) {
    EXPECT_FALSE(has("a", ada));
    note("a", ada);
    EXPECT_TRUE(has("a", bob));
    EXPECT_FALSE(has("b", ada));
    now_ += 9999ms;
    EXPECT_TRUE(has("a", ada));
    now_ += 1ms;
    EXPECT_FALSE(has("a", ada));
}

TEST_F(slow_lately_test, a_caller_of_three_texts_counts_as_a_whole) {
    for (const char* text : {"a", "b", "b", "b"}) note(text, ada);
    EXPECT_FALSE(has("other", ada)) << "two, whatever their number";
    note("c", ada);
    EXPECT_TRUE(has("other", ada));
    EXPECT_FALSE(has("other", bob));
    now_ += 5s;
    note("c", ada);
    now_ += 9s;
    EXPECT_TRUE(has("other", ada)) << "they go on";
    now_ += 1s;
    EXPECT_FALSE(has("other", ada));
    note("d", ada);
    EXPECT_FALSE(has("other", ada)) << "and begin anew";
}

TEST_F(slow_lately_test, what_others_found_out_is_nobodys_fault) {
    for (const char* text : {"a", "b", "c"}) note(text, bob);
    for (const char* text : {"a", "b", "c"}) note(text, ada);
    EXPECT_FALSE(has("other", ada));
}

TEST_F(slow_lately_test, nobody_counts_by_texts_alone) {
    for (const char* text : {"a", "b", "c", "d"}) note(text, uuid());
    EXPECT_FALSE(has("other", uuid()));
}

TEST_F(slow_lately_test, callers_are_found_out_though_there_is_room_for_no_more_texts) {
    for (int i = 0; i < 300; ++i) note("text" + std::to_string(i), bob);
    for (const char* text : {"x", "y", "z"}) note(text, ada);
    EXPECT_FALSE(has("x", uuid::generate()));
    EXPECT_TRUE(has("x", ada));
}

}  // namespace
}  // namespace tenon::db
