// Fields: C++ types, initialisers, enums, checks, columns.
#include <gtest/gtest.h>

#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen {
namespace {

using namespace sample;

model of_fields(std::vector<field_spec> fields) {
    spec source = empty_spec();
    source.entities = {entity("Draft", std::move(fields)), entity("Campaign", {field("name", string_type(1, 9))})};
    return resolve(source);
}

field_model resolved(field_spec one) {
    return of_fields({std::move(one)}).entities[0].fields[0];
}

std::string rules(const field_model& of) {
    std::string out;
    for (const check_model& one : of.checks)
        out += (one.each ? "each " : "") + one.call + "(value" + one.arguments + ") " + one.sentence + "\n";
    return out;
}

TEST(Fields, TypesInCpp) {
    const auto cpp = [](field_type of) { return resolved(field("x", std::move(of))).cpp_member_type; };
    EXPECT_EQ(cpp(string_type(1, 5)), "std::string");
    EXPECT_EQ(cpp(optional(type(type_kind::text))), "std::optional<std::string>");
    EXPECT_EQ(cpp(type(type_kind::integer)), "std::int64_t");
    EXPECT_EQ(cpp(decimal_type(14, 2)), "tenon::decimal<14, 2>");
    EXPECT_EQ(cpp(type(type_kind::money)), "tenon::money");
    EXPECT_EQ(cpp(type(type_kind::json)), "tenon::json_text");
    EXPECT_EQ(cpp(ref_type("Campaign")), "tenon::id<domain::campaign>");
    EXPECT_EQ(cpp(optional(ref_type("User"))), "std::optional<tenon::user_id>");
    EXPECT_EQ(cpp(optional(list_of(enum_type({"a"})))), "std::optional<std::vector<domain::draft_x>>");
}

TEST(Fields, UniqueTextHasOneForm) {
    const auto asks = [](const field_model& of) { return rules(of).find("identity(value)") != std::string::npos; };
    field_spec code = field("code", string_type(1, 9));
    EXPECT_FALSE(asks(resolved(code)));
    code.unique = true;
    EXPECT_TRUE(asks(resolved(code)));
    field_spec site = field("site", type(type_kind::url));
    site.unique = true;
    EXPECT_TRUE(asks(resolved(site)));
    field_spec number = field("number", type(type_kind::integer));
    number.unique = true;
    EXPECT_FALSE(asks(resolved(number)));
    spec source = empty_spec();
    source.entities = {
        entity("Draft", {field("a", string_type(1, 9)), field("b", string_type(1, 9)), field("c", string_type(1, 9))})};
    source.entities[0].uniques.push_back({words({"a", "b"}), {}});
    const model all = resolve(source);
    EXPECT_TRUE(asks(all.entities[0].fields[0]));
    EXPECT_TRUE(asks(all.entities[0].fields[1]));
    EXPECT_FALSE(asks(all.entities[0].fields[2]));
}

TEST(Fields, ReferencesAreMembersWithId) {
    EXPECT_EQ(resolved(field("author", ref_type("User"))).member, "author_id");
    EXPECT_TRUE(resolved(field("author", ref_type("User"))).to_user);
    EXPECT_EQ(resolved(field("author_id", ref_type("User"))).member, "author_id");
    const field_model campaign = resolved(field("campaign", ref_type("Campaign")));
    EXPECT_EQ(campaign.target, 1u);
    EXPECT_FALSE(campaign.to_user);
}

TEST(Fields, EnumsKeepClearOfOtherTypesAndKeywords) {
    spec source = empty_spec();
    source.entities = {entity("Draft", {field("platform", enum_type({"class", "In-Progress", "in_progress", "3d"}))}),
                       entity("DraftPlatform", {field("name", string_type(1, 9))})};
    const model all = resolve(source);
    const field_model& platform = all.entities[0].fields[0];
    EXPECT_EQ(platform.enum_type, "draft_platform_2");
    ASSERT_EQ(platform.values.size(), 4u);
    EXPECT_EQ(platform.values[0].enumerator, "class_");
    EXPECT_EQ(platform.values[1].name, "In-Progress");
    EXPECT_EQ(platform.values[1].enumerator, "in_progress");
    EXPECT_EQ(platform.values[2].enumerator, "in_progress_2");
    EXPECT_EQ(platform.values[3].enumerator, "value_3d");
}

TEST(Fields, FormerNamesComeInEveryForm) {
    spec source = projects_and_tasks();
    source.entities[1].was = word("ToDo");
    source.entities[1].fields[4].was = word("done_state");
    source.entities[1].fields[4].type.renamed = {{1, word("closed")}};
    const model made = resolve(source);
    EXPECT_FALSE(made.entities[0].was.has_value());
    EXPECT_EQ(made.entities[1].was->plural_snake, "to_dos");
    const field_model& status = made.entities[1].fields[4];
    EXPECT_EQ(status.was->pascal, "DoneState");
    EXPECT_EQ(status.values[0].was, "");
    EXPECT_EQ(status.values[1].was, "closed");
}

TEST(Fields, DefaultsInCppAndJson) {
    const auto both = [](field_spec one) {
        const field_model made = resolved(std::move(one));
        return made.cpp_default + " | " + made.default_json;
    };
    const auto number = default_kind::integer;
    const auto text = default_kind::string;
    EXPECT_EQ(both(with_default(field("x", decimal_type(14, 2)), number, 350)),
              " = tenon::decimal<14, 2>(350) | \"3.50\"");
    EXPECT_EQ(both(with_default(field("x", type(type_kind::money)), number, 595, "USD")),
              " = tenon::money(595, *tenon::currency::parse(\"USD\")) | {\"amount\":595,\"currency\":\"USD\"}");
    EXPECT_EQ(both(with_default(field("platform", enum_type({"tiktok", "reels"})), text, 0, "reels")),
              " = domain::draft_platform::reels | \"reels\"");
    EXPECT_EQ(both(with_default(field("x", type(type_kind::datetime)), default_kind::now, 0)),
              " = tenon::instant::now() | ");
    EXPECT_EQ(both(with_default(field("x", type(type_kind::date)), default_kind::now, 0)),
              " = tenon::date::today() | ");
    EXPECT_EQ(both(with_default(field("x", type(type_kind::date)), text, 0, "2026-01-31")),
              " = *tenon::date::parse(\"2026-01-31\") | \"2026-01-31\"");
    EXPECT_EQ(both(with_default(field("x", type(type_kind::time)), number, 34'200'000'000)),
              " = tenon::time_of_day(34200000000) | \"09:30:00\"");
    EXPECT_EQ(both(with_default(field("x", type(type_kind::duration)), number, 5'400'250'000)),
              " = tenon::duration(5400250000) | \"PT1H30M0.25S\"");
    EXPECT_EQ(both(with_default(field("x", type(type_kind::integer)), number, INT64_MIN)),
              " = (-9223372036854775807 - 1) | -9223372036854775808");
    EXPECT_EQ(both(with_default(field("x", type(type_kind::floating)), default_kind::number, 0, "", 2)), " = 2.0 | 2");
    EXPECT_EQ(both(with_default(field("x", optional(list_of(string_type(0, 5)))), default_kind::empty_list, 0)),
              " = std::vector<std::string>{} | []");
    EXPECT_EQ(both(with_default(field("x", string_type(0, 50)), text, 0, "a \"b\"")),
              " = \"a \\\"b\\\"\" | \"a \\\"b\\\"\"");
    EXPECT_EQ(both(with_default(field("x", type(type_kind::json)), default_kind::json, 0, "{}")),
              " = tenon::json_text(\"{}\") | {}");
}

TEST(Fields, NothingIsLeftUninitialised) {
    EXPECT_EQ(resolved(field("x", type(type_kind::integer))).cpp_default, " = 0");
    EXPECT_EQ(resolved(field("x", type(type_kind::boolean))).cpp_default, " = false");
    EXPECT_EQ(resolved(field("x", enum_type({"a", "b"}))).cpp_default, "{}");
    EXPECT_EQ(resolved(field("x", optional(type(type_kind::integer)))).cpp_default, "");
    EXPECT_EQ(resolved(field("x", string_type(0, 5))).cpp_default, "");
}

TEST(Fields, RequiredOnCreateUnlessOptionalOrWithDefault) {
    EXPECT_TRUE(resolved(field("x", type(type_kind::integer))).required_on_create);
    EXPECT_FALSE(resolved(field("x", optional(type(type_kind::integer)))).required_on_create);
    EXPECT_FALSE(
        resolved(with_default(field("x", type(type_kind::integer)), default_kind::integer, 3)).required_on_create);
}

TEST(Fields, Checks) {
    EXPECT_EQ(rules(resolved(field("x", string_type(1, 120)))), "length(value, 1, 120) 1 to 120 characters\n");
    EXPECT_EQ(rules(resolved(field("x", type(type_kind::string)))), "length(value, 0, 255) at most 255 characters\n");
    field_type long_one = type(type_kind::string);
    long_one.min = bound{300, 0, "", {}};
    EXPECT_EQ(rules(resolved(field("x", long_one))), "length(value, 300, 10000) 300 to 10000 characters\n");
    EXPECT_EQ(rules(resolved(field("x", type(type_kind::email)))), "email(value) an e-mail address\n");
    field_type bounded = decimal_type(6, 2);
    bounded.min = bound{0, 0, "0", {}};
    EXPECT_EQ(rules(resolved(field("x", bounded))), "at_least(value, tenon::decimal<6, 2>(0)) at least 0.00\n");
    bounded = type(type_kind::integer);
    bounded.min = bound{INT64_MIN, 0, "", {}};
    bounded.max = bound{9, 0, "", {}};
    EXPECT_EQ(rules(resolved(field("x", bounded))),
              "range(value, (-9223372036854775807 - 1), 9) -9223372036854775808 to 9\n");
    field_type dollars = type(type_kind::money);
    dollars.currency = "USD";
    dollars.max = bound{5000, 0, "50", {}};
    EXPECT_EQ(rules(resolved(field("x", dollars))),
              "currency(value, \"USD\") in USD\nat_most(value, 5000) at most 5000 in minor units\n");
}

TEST(Fields, ChecksOfArraysAreAboutEachElement) {
    field_spec tags = field("tags", list_of(string_type(1, 20)));
    tags.max_items = 5;
    tags.pattern = word("\\u0061+");
    EXPECT_EQ(rules(resolved(tags)),
              "count(value, 5) at most 5 elements\neach length(value, 1, 20) 1 to 20 characters\n"
              "each pattern(value, \"\\\\x{0061}+\") matching \\u0061+\n");
}

TEST(Fields, MoneyHasTwoColumnsWithNamesOfTheirOwn) {
    const model all =
        of_fields({field("budget", optional(type(type_kind::money))), field("budget_currency", string_type(1, 9))});
    const field_model& budget = all.entities[0].fields[0];
    ASSERT_EQ(budget.columns.size(), 2u);
    EXPECT_EQ(budget.columns[0].name, "budget");
    EXPECT_EQ(budget.columns[0].kind, type_kind::integer);
    EXPECT_EQ(budget.columns[1].name, "budget_currency_code");
    EXPECT_TRUE(budget.columns[1].nullable);
}

TEST(Fields, ArraysAreKeptAsJson) {
    const field_model tags = resolved(field("tags", list_of(string_type(1, 20))));
    ASSERT_EQ(tags.columns.size(), 1u);
    EXPECT_EQ(tags.columns[0].kind, type_kind::json);
    EXPECT_FALSE(tags.columns[0].nullable);
    EXPECT_EQ(tags.max_items, 1000);
}

}  // namespace
}  // namespace tenon::gen
