// Times of a day: what is read, how they are written, and that the order of the texts is theirs.
#include <gtest/gtest.h>

#include <random>

#include <tenon/core/time_of_day.hpp>
#include <tenon/core/written.hpp>

namespace tenon {
namespace {

static_assert(written_value<time_of_day>);

constexpr std::int64_t micros_of_day = 86'400'000'000;

std::string time_again(std::string_view text) {
    const auto read = time_of_day::parse(text);
    return read ? read->to_string() : "none";
}

TEST(time_of_day_test, reads_hours_minutes_and_seconds) {
    EXPECT_EQ(time_again("09:30"), "09:30:00");
    EXPECT_EQ(time_again("09:30:00"), "09:30:00");
    EXPECT_EQ(time_again("09:30:00.000000"), "09:30:00");
    EXPECT_EQ(time_again("09:30:00.250"), "09:30:00.25");
    EXPECT_EQ(time_again("09:30:00.000001"), "09:30:00.000001");
    EXPECT_EQ(time_again("00:00"), "00:00:00");
    EXPECT_EQ(time_again("23:59:59.999999"), "23:59:59.999999");
    EXPECT_EQ(time_of_day::parse("00:00:01.5"), time_of_day(1'500'000));
    EXPECT_EQ(time_of_day::parse("23:59:59.999999"), time_of_day(micros_of_day - 1));
}

TEST(time_of_day_test, refuses_everything_else) {
    for (const std::string_view bad :
         {"", "9:30", "09:3", "09", "0930", "09:30:", "09:30:0", "09:30:00.", "09:30:00.1234567", "24:00", "24:00:00",
          "23:60", "23:59:60", "-1:00", "09-30", "09:30Z", "09:30:00Z", "09:30:00+02:00", " 09:30", "09:30 ",
          "09:30:00,5", "9:30 am", "T09:30", "+9:30", "0x:30", "now", "null",
          // Digits of other scripts: Arabic, full width, bold.
          "\xD9\xA0\xD9\xA9:30", "\xEF\xBC\x90\xEF\xBC\x99:30", "\xF0\x9D\x9F\x8E\xF0\x9D\x9F\x97:30", "\xFF\xFF:30"})
        EXPECT_EQ(time_of_day::parse(bad), std::nullopt) << bad;
    EXPECT_EQ(time_of_day::parse(std::string_view("09:30\0", 6)), std::nullopt);
    EXPECT_EQ(time_of_day::parse("09:30:00." + std::string(1'000'000, '0')), std::nullopt);
    EXPECT_EQ(time_of_day::parse(std::string(1'000'000, '0')), std::nullopt);
}

TEST(time_of_day_test, is_read_back_and_sorts_as_its_text_does) {
    std::mt19937_64 random(20261130);
    time_of_day last;
    for (int i = 0; i < 200'000; ++i) {
        const std::int64_t step = std::int64_t{1} << random() % 37;  // some on whole seconds, some a microsecond apart
        const std::int64_t near = i % 3 == 0 ? last.micros + 1 : static_cast<std::int64_t>(random() % micros_of_day);
        const time_of_day one(near / (i % 2 == 0 ? step : 1) * (i % 2 == 0 ? step : 1) % micros_of_day);
        const std::string text = one.to_string();
        ASSERT_EQ(time_of_day::parse(text), one) << text;
        ASSERT_EQ(time_of_day::from_stored(one.stored()), one) << text;
        ASSERT_EQ(text < last.to_string(), one < last) << text << " " << last.to_string();
        last = one;
    }
}

TEST(time_of_day_test, is_kept_in_one_form_only) {
    for (const char* other : {"09:30", "09:30:00.0", "09:30:00.250", "24:00:00", "9:30:00", "", "x"})
        EXPECT_EQ(time_of_day::from_stored(other), std::nullopt) << other << " would sort elsewhere";
    EXPECT_EQ(time_of_day::from_stored("09:30:00.25"), time_of_day::parse("09:30:00.25"));
}

}  // namespace
}  // namespace tenon
