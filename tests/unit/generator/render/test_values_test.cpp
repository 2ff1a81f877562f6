// Values for generated tests: as many as asked for where the type has them, in bounds, never the same twice.
#include "generator/render/test_values.hpp"

#include <gtest/gtest.h>

#include <set>

#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen {
namespace {

field_model resolved(field_spec field) {
    spec all = sample::empty_spec();
    all.entities = {sample::entity("Thing", {std::move(field)})};
    return resolve(all).entities.front().fields.front();
}

TEST(test_values, differ_for_every_kind) {
    using enum type_kind;
    for (const type_kind kind :
         {string, text, integer, floating, date, datetime, time, duration, uuid, email, url, json, money}) {
        const auto made = test_values(resolved(sample::field("value", sample::type(kind))), 6);
        EXPECT_EQ(made.size(), 6U) << static_cast<int>(kind);
        EXPECT_EQ(std::set<std::string>(made.begin(), made.end()).size(), 6U) << static_cast<int>(kind);
    }
    EXPECT_EQ(test_values(resolved(sample::field("value", sample::type(boolean))), 6).size(), 2U);
    EXPECT_EQ(test_values(resolved(sample::field("value", sample::enum_type({"a", "b"}))), 6).size(), 2U);
}

TEST(test_values, stay_within_bounds) {
    for (const std::string& one : test_values(resolved(sample::field("code", sample::string_type(3, 3))), 6))
        EXPECT_EQ(one.size(), 5U) << one;
    field_type small = sample::type(type_kind::integer);
    small.min = bound{-1, 0, "", {}};
    small.max = bound{1, 0, "", {}};
    const auto numbers = test_values(resolved(sample::field("n", small)), 6);
    EXPECT_EQ(std::set<std::string>(numbers.begin(), numbers.end()), (std::set<std::string>{"-1", "0", "1"}));
    field_type noon = sample::type(type_kind::time);
    noon.min = bound{43'200'000'000, 0, "", {}};
    noon.max = bound{43'200'000'001, 0, "", {}};
    EXPECT_EQ(test_values(resolved(sample::field("t", noon)), 6),
              (std::vector<std::string>{"\"12:00:00\"", "\"12:00:00.000001\""}));
    field_type late = sample::type(type_kind::time);
    late.min = bound{82'800'000'000, 0, "", {}};
    for (const std::string& one : test_values(resolved(sample::field("t", late)), 6)) EXPECT_GE(one, "\"23:00:00\"");
    EXPECT_EQ(test_values(resolved(sample::field("d", sample::decimal_type(1, 1))), 3),
              (std::vector<std::string>{"\"0.9\"", "\"0.8\"", "\"0.7\""}));
}

TEST(test_values, match_the_pattern) {
    field_spec code = sample::field("code", sample::string_type(2, 4));
    code.pattern = sample::word("[A-C]{2,4}");
    for (const std::string& one : test_values(resolved(code), 6)) {
        EXPECT_GE(one.size(), 4U) << one;
        EXPECT_EQ(one.substr(1, one.size() - 2).find_first_not_of("ABC"), std::string::npos) << one;
    }
}

TEST(test_values, of_arrays_are_arrays) {
    const auto made = test_values(resolved(sample::field("tags", sample::list_of(sample::string_type(1, 20)))), 2);
    ASSERT_EQ(made.size(), 2U);
    EXPECT_TRUE(made[0].starts_with("[\"") && made[0].ends_with("\"]")) << made[0];
}

}  // namespace
}  // namespace tenon::gen
