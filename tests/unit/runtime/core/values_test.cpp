// Ids, times, decimals and currencies: what is accepted, what is refused, and that printing reads back.
#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

#include <tenon/core/decimal.hpp>
#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>

namespace tenon {
namespace {

TEST(uuid_test, ids_of_one_thread_grow_and_are_version_7) {
    uuid last;
    for (int i = 0; i < 20'000; ++i) {
        const uuid next = uuid::generate();
        EXPECT_LT(last, next);
        EXPECT_EQ(next.bytes[6] >> 4U, 7);
        EXPECT_EQ(next.bytes[8] >> 6U, 2);
        last = next;
    }
}

TEST(uuid_test, ids_of_many_threads_are_distinct) {
    std::vector<std::vector<uuid>> made(4);
    std::vector<std::thread> threads;
    for (auto& list : made) {
        threads.emplace_back([&list] {
            for (int i = 0; i < 5000; ++i) list.push_back(uuid::generate());
        });
    }
    for (auto& thread : threads) thread.join();
    std::set<uuid> all;
    for (const auto& list : made) all.insert(list.begin(), list.end());
    EXPECT_EQ(all.size(), 20'000U);
}

TEST(uuid_test, its_time_is_now) {
    const auto before = instant::now().micros / 1000;
    const uuid made = uuid::generate();
    std::int64_t ms = 0;
    for (std::size_t i = 0; i < 6; ++i) ms = ms * 256 + made.bytes[i];
    EXPECT_GE(ms, before);
    EXPECT_LE(ms, before + 60'000);
}

TEST(uuid_test, reads_the_canonical_form_only) {
    const std::string text = "0190163d-8694-739b-aea5-966c26f8ad91";
    ASSERT_TRUE(uuid::parse(text));
    EXPECT_EQ(uuid::parse(text)->to_string(), text);
    EXPECT_EQ(uuid::parse("0190163D-8694-739B-AEA5-966C26F8AD91")->to_string(), text);
    for (const char* bad : {"", "0190163d8694739baea5966c26f8ad91", "{0190163d-8694-739b-aea5-966c26f8ad91}",
                            "0190163d-8694-739b-aea5-966c26f8ad9", "0190163d-8694-739b-aea5-966c26f8ad911",
                            "0190163g-8694-739b-aea5-966c26f8ad91", "0190163d-86947-39b-aea5-966c26f8ad91"})
        EXPECT_FALSE(uuid::parse(bad)) << bad;
}

TEST(instant_test, reads_rfc_3339) {
    const auto at = [](const char* text) { return instant::parse(text).value_or(instant{-1}).micros; };
    EXPECT_EQ(at("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(at("1970-01-01t00:00:01.5z"), 1'500'000);
    EXPECT_EQ(at("2026-01-31T09:30:00.25+02:00"), at("2026-01-31T07:30:00.250Z"));
    EXPECT_EQ(at("2026-01-31T00:30:00-01:30"), at("2026-01-31T02:00:00Z"));
    EXPECT_EQ(at("2026-01-31T00:00:00.1234567Z") % 1'000'000, 123'456);
    EXPECT_EQ(at("2016-12-31T23:59:60Z"), at("2016-12-31T23:59:59.999999Z"));
    EXPECT_EQ(at("2024-02-29T00:00:00Z") + 86'400'000'000, at("2024-03-01T00:00:00Z"));
}

TEST(instant_test, refuses_everything_else) {
    for (const char* bad : {"",
                            "2026-01-31",
                            "2026-01-31 09:30:00Z",
                            "2026-01-31T09:30:00",
                            "2026-01-31T09:30Z",
                            "2026-01-31T24:00:00Z",
                            "2026-01-31T09:60:00Z",
                            "2026-01-31T09:30:61Z",
                            "2026-02-29T00:00:00Z",
                            "2026-13-01T00:00:00Z",
                            "2026-00-01T00:00:00Z",
                            "0000-01-01T00:00:00Z",
                            "2026-01-31T09:30:00.Z",
                            "2026-01-31T09:30:00+2:00",
                            "2026-01-31T09:30:00+02:60",
                            "2026-01-31T09:30:00+24:00",
                            "2026-01-31T09:30:00Z ",
                            "0001-01-01T00:00:00+01:00",
                            "9999-12-31T23:59:59-01:00",
                            "+2026-01-31T09:30:00Z",
                            "2026-01-31T09:30:00ZZ"})
        EXPECT_FALSE(instant::parse(bad)) << bad;
}

TEST(instant_test, text_order_is_time_order_and_reads_back) {
    std::string last;
    for (const std::int64_t micros : {-62'135'596'800'000'000LL, -1LL, 0LL, 1LL, 1'700'000'000'123'456LL}) {
        const instant time{micros};
        const std::string text = time.to_string();
        EXPECT_EQ(text.size(), 27U);
        EXPECT_EQ(instant::parse(text), time);
        EXPECT_LT(last, text);
        last = text;
    }
    EXPECT_EQ(instant{-1}.to_string(), "1969-12-31T23:59:59.999999Z");
}

TEST(date_test, knows_the_calendar) {
    EXPECT_EQ(date::parse("1970-01-02")->days, 1);
    EXPECT_EQ(date::parse("2024-02-29")->to_string(), "2024-02-29");
    EXPECT_EQ(date{-1}.to_string(), "1969-12-31");
    for (const char* bad : {"", "2023-02-29", "1900-02-29", "2023-2-9", "2023-04-31", "2023-01-01T", "20230101"})
        EXPECT_FALSE(date::parse(bad)) << bad;
}

TEST(decimal_test, is_exact_or_refused) {
    using price = decimal<6, 2>;
    EXPECT_EQ(price::parse("12.5")->units, 1250);
    EXPECT_EQ(price::parse("-0.01")->units, -1);
    EXPECT_EQ(price::parse("9999.99")->to_string(), "9999.99");
    EXPECT_EQ(price(-5).to_string(), "-0.05");
    EXPECT_EQ((decimal<3, 0>::parse("120")->to_string()), "120");
    EXPECT_EQ((decimal<2, 2>::parse("0.99")->units), 99);
    for (const char* bad : {"", "-", ".", "1.", ".5", "1.234", "10000", "10000.00", "1e2", "+1", "01", " 1", "1 ",
                            "1,5", "0x1", "--1", "1.-5", "Infinity", "NaN"})
        EXPECT_FALSE(price::parse(bad)) << bad;
    EXPECT_EQ((decimal<18, 0>::parse("-999999999999999999")->to_string()), "-999999999999999999");
    EXPECT_FALSE((decimal<2, 2>::parse("1.00")));
}

TEST(currency_test, is_three_upper_case_letters) {
    EXPECT_EQ(currency::parse("EUR")->to_string(), "EUR");
    for (const char* bad : {"", "eur", "EURO", "EU", "E1R", "€"}) EXPECT_FALSE(currency::parse(bad)) << bad;
}

}  // namespace
}  // namespace tenon
