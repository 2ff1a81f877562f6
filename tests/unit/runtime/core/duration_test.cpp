// Durations: ISO 8601 in, one form out, and nothing that is longer than clients can count.
#include <gtest/gtest.h>

#include <random>

#include <tenon/core/duration.hpp>
#include <tenon/core/written.hpp>

namespace tenon {
namespace {

using namespace std::chrono_literals;

static_assert(written_value<duration>);
static_assert(duration::longest_micros < std::int64_t{1} << 53, "doubles hold every microsecond");

std::string duration_again(std::string_view text) {
    const auto read = duration::parse(text);
    return read ? read->to_string() : "none";
}

TEST(duration_test, reads_weeks_days_and_parts_of_days) {
    EXPECT_EQ(duration_again("P2W"), "PT336H");
    EXPECT_EQ(duration_again("P3D"), "PT72H");
    EXPECT_EQ(duration_again("P1DT12H"), "PT36H");
    EXPECT_EQ(duration_again("P1DT0.5S"), "PT24H0.5S");
    EXPECT_EQ(duration_again("PT1H30M"), "PT1H30M");
    EXPECT_EQ(duration_again("PT90M"), "PT1H30M");
    EXPECT_EQ(duration_again("PT3661S"), "PT1H1M1S");
    EXPECT_EQ(duration_again("PT0.250S"), "PT0.25S");
    EXPECT_EQ(duration_again("PT60.000001S"), "PT1M0.000001S");
    EXPECT_EQ(duration_again("PT007M"), "PT7M");
    for (const char* zero : {"PT0S", "PT0M", "P0D", "P0W", "PT0H0M0.0S"})
        EXPECT_EQ(duration_again(zero), "PT0S") << zero;
    EXPECT_EQ(duration::parse("PT1H30M"), duration(90min));
    EXPECT_EQ(duration(1500ms).length(), 1500ms);
}

TEST(duration_test, ends_at_100_000_days) {
    EXPECT_EQ(duration_again("P100000D"), "PT2400000H");
    EXPECT_EQ(duration::parse("PT8640000000S"), duration(duration::longest_micros));
    EXPECT_EQ(duration_again("PT2399999H59M59.999999S"), "PT2399999H59M59.999999S");
    for (const char* beyond : {"P100001D", "P100000DT0.000001S", "PT2400000H1M", "PT8640000000.000001S", "P14286W",
                               "P99999DT25H", "PT9223372036854775807S", "PT9223372036854775808S",
                               "P99999999999999999999999999999999D", "P100000DT2400000H144000000M8640000000S"})
        EXPECT_EQ(duration_again(beyond), "none") << beyond;
    EXPECT_EQ(duration::parse("PT" + std::string(1'000'000, '9') + "S"), std::nullopt);
    EXPECT_EQ(duration_again("PT" + std::string(1'000'000, '0') + "1S"), "PT1S");
}

TEST(duration_test, refuses_everything_else) {
    for (const std::string_view bad :
         {"", "P", "PT", "T1H", "1H", "P1", "PT1", "P1DT", "PTS", "PT.5S", "PT5.S", "PT1.5H", "PT1.5M", "P0.5D",
          "PT0.1234567S", "PT1,5S", "P1Y", "P1M", "P1Y2M3DT4H", "P1W2D", "P1WT1H", "P2D1D", "PT1M1H", "PT1S1M",
          "PT1H1H", "PT1HT1M", "P1DT1DT", "-PT1S", "+PT1S", "PT-1S", "PT+1S", " PT1S", "PT1S ", "PT1 S", "pt1s", "Pt1S",
          "PT1s", "p1d", "P1H", "PT1D", "90", "01:30:00", "1h30m", "PT0x1S", "PT1e3S", "PTInfinityS", "null",
          // Digits of other scripts: Arabic, full width, bold.
          "PT\xD9\xA1S", "PT\xEF\xBC\x91S", "PT\xF0\x9D\x9F\x8FS", "PT\xFFS"})
        EXPECT_EQ(duration::parse(bad), std::nullopt) << bad;
    EXPECT_EQ(duration::parse(std::string_view("PT1S\0", 5)), std::nullopt);
}

TEST(duration_test, is_read_back_as_it_was_written) {
    std::mt19937_64 random(20261130);
    for (int i = 0; i < 200'000; ++i) {
        const auto any = static_cast<std::int64_t>(random() % (duration::longest_micros + 1));
        // Short and long ones, and such as have no seconds, no fraction or nothing but one.
        const std::int64_t units[] = {1, 250'000, 1'000'000, 60'000'000, 3'600'000'000};
        const std::int64_t unit = units[i % 5];
        const duration one((any >> random() % 53) / unit * unit);
        const std::string text = one.to_string();
        ASSERT_EQ(duration::parse(text), one) << text;
        ASSERT_EQ(duration::from_stored(one.stored()), one) << text;
        ASSERT_EQ(duration_again(text), text);
    }
}

TEST(duration_test, is_never_negative_in_a_database) {
    EXPECT_EQ(duration::from_stored(0), duration());
    EXPECT_EQ(duration::from_stored(duration::longest_micros), duration(duration::longest_micros));
    for (const std::int64_t bad : {std::int64_t{-1}, duration::longest_micros + 1, INT64_MIN, INT64_MAX})
        EXPECT_EQ(duration::from_stored(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace tenon
