// The field rules for single bounds, exact decimals and amounts of money.
#include <gtest/gtest.h>

#include <cmath>
#include <tenon/core/check.hpp>

namespace {

using tenon::decimal;
using tenon::field_errors;
using tenon::money;

std::string said(const field_errors& errors) {
    std::string out;
    for (const auto& one : errors.list()) out += one.pointer + " " + one.detail + "\n";
    return out;
}

TEST(CheckAmounts, SingleBoundsOfNumbers) {
    field_errors errors;
    tenon::check::at_least(errors, "/a", std::int64_t{5}, 5);
    tenon::check::at_most(errors, "/b", std::int64_t{5}, 5);
    tenon::check::at_least(errors, "/c", 0.5, 0.5);
    EXPECT_TRUE(errors.empty());
    tenon::check::at_least(errors, "/a", std::int64_t{4}, 5);
    tenon::check::at_most(errors, "/b", std::int64_t{6}, 5);
    tenon::check::at_most(errors, "/c", 0.75, 0.5);
    tenon::check::at_most(errors, "/d", std::nan(""), 0.5);
    EXPECT_EQ(said(errors),
              "/a must be at least 5\n/b must be at most 5\n/c must be at most 0.5\n/d must be at most 0.5\n");
}

TEST(CheckAmounts, DecimalsSayTheirBoundsWithTheirPlaces) {
    field_errors errors;
    const decimal<6, 2> min(-50);
    const decimal<6, 2> max(100'00);
    tenon::check::range(errors, "/ok", decimal<6, 2>(100'00), min, max);
    tenon::check::range(errors, "/low", decimal<6, 2>(-51), min, max);
    tenon::check::range(errors, "/high", decimal<6, 2>(100'01), min, max);
    EXPECT_EQ(said(errors), "/low must be at least -0.50\n/high must be at most 100.00\n");
}

TEST(CheckAmounts, MoneyByAmountAndCurrency) {
    field_errors errors;
    const money euros(250, *tenon::currency::parse("EUR"));
    tenon::check::range(errors, "/ok", euros, 0, 250);
    tenon::check::currency(errors, "/ok", euros, "EUR");
    tenon::check::at_least(errors, "/low", euros, 251);
    tenon::check::currency(errors, "/unit", euros, "USD");
    EXPECT_EQ(said(errors), "/low must be at least 251 in the currency's minor unit\n/unit must be in USD\n");
}

}  // namespace
