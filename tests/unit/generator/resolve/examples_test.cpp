// Examples: valid ones pass the field's rules, invalid ones break them.
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <boost/json.hpp>
#include <set>

#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen {
namespace {

using namespace sample;

field_model made_of(field_spec one) {
    spec source = empty_spec();
    source.entities = {entity("Draft", {std::move(one)})};
    return resolve(source).entities[0].fields[0];
}

std::string examples(field_spec one) {
    const field_model made = made_of(std::move(one));
    return made.example_json + " | " + made.other_example_json + " | " + made.invalid_json;
}

TEST(Examples, StringsFitTheirBounds) {
    EXPECT_EQ(examples(field("title", string_type(1, 120))), "\"Example title\" | \"Another title\" | \"\"");
    EXPECT_EQ(examples(field("title", string_type(0, 3))), "\"Exa\" | \"Ano\" | \"xxxx\"");
    EXPECT_EQ(examples(field("title", string_type(16, 18))), "\"Example titlexxx\" | \"Another titlexxx\" | \"\"");
}

TEST(Examples, PatternsAreMatched) {
    field_spec sku = field("sku", string_type(4, 9));
    sku.pattern = word("^[A-Z]{3}-\\d+$");
    const field_model made = made_of(sku);
    EXPECT_TRUE(re2::RE2::FullMatch(made.example_json, "\"[A-Z]{3}-\\d+\"")) << made.example_json;
    EXPECT_TRUE(re2::RE2::FullMatch(made.other_example_json, "\"[A-Z]{3}-\\d+\"")) << made.other_example_json;
    EXPECT_NE(made.example_json, made.other_example_json);
    EXPECT_EQ(made.invalid_json, "\"\u2603\u2603\u2603\u2603\"");
}

TEST(Examples, NumbersStayInsideAndLeave) {
    field_type from_ten = type(type_kind::integer);
    from_ten.min = bound{10, 0, "", {}};
    EXPECT_EQ(examples(field("x", from_ten)), "10 | 11 | 9");
    from_ten.max = bound{10, 0, "", {}};
    EXPECT_EQ(examples(field("x", from_ten)), "10 |  | 9");
    EXPECT_EQ(examples(field("x", type(type_kind::integer))), "1 | 2 | ");
    EXPECT_EQ(examples(field("x", decimal_type(3, 2))), "\"1.50\" | \"1.51\" | \"not a number\"");
    EXPECT_EQ(examples(field("x", decimal_type(2, 2))), "\"0.99\" | \"0.98\" | \"not a number\"");
    field_type lowest = type(type_kind::integer);
    lowest.min = bound{INT64_MIN, 0, "", {}};
    EXPECT_EQ(examples(field("x", lowest)), "1 | 2 | ") << "nothing lies below";
}

TEST(Examples, TheSpecsOwnComesFirst) {
    field_spec price = field("price", type(type_kind::integer));
    price.example = word("42");
    EXPECT_EQ(examples(price), "42 | 2 | ");
    price.example = word("forty-two");
    EXPECT_EQ(examples(price), "1 | 2 | ");
    field_spec quoted = field("title", string_type(1, 50));
    quoted.example = word("say \"hi\"\n");
    EXPECT_EQ(made_of(quoted).example_json, "\"say \\\"hi\\\"\\n\"");
}

TEST(Examples, TheSpecsOwnIsWrittenAsServicesAnswer) {
    const auto own = [](field_type of, const char* text) {
        field_spec one = field("x", std::move(of));
        one.example = word(text);
        return made_of(one).example_json;
    };
    EXPECT_EQ(own(decimal_type(6, 2), "12.5"), "\"12.50\"");
    EXPECT_EQ(own(decimal_type(6, 2), "-3"), "\"-3.00\"");
    EXPECT_EQ(own(decimal_type(6, 0), "7"), "\"7\"");
    EXPECT_EQ(own(type(type_kind::datetime), "2026-01-31T10:00:00Z"), "\"2026-01-31T10:00:00.000000Z\"");
    EXPECT_EQ(own(type(type_kind::datetime), "2026-01-31T10:00:00.25Z"), "\"2026-01-31T10:00:00.250000Z\"");
    EXPECT_EQ(own(type(type_kind::datetime), "now"), "\"2026-01-31T09:30:00.000000Z\"");
    EXPECT_EQ(own(type(type_kind::date), "now"), "\"2026-01-31\"");
    EXPECT_EQ(own(type(type_kind::time), "09:30"), "\"09:30:00\"");
    EXPECT_EQ(own(type(type_kind::time), "23:59:59.990"), "\"23:59:59.99\"");
    EXPECT_EQ(own(type(type_kind::duration), "90m"), "\"PT1H30M\"");
    EXPECT_EQ(own(type(type_kind::duration), "P1D"), "\"PT24H\"");
    EXPECT_EQ(own(type(type_kind::money), "5.95 USD"), "{\"amount\":1999,\"currency\":\"USD\"}");
    EXPECT_EQ(own(type(type_kind::json), "{}"), "{}");
    EXPECT_EQ(own(type(type_kind::json), "plain words"), "\"plain words\"");
    EXPECT_EQ(own(type(type_kind::boolean), "false"), "false");
}

TEST(Examples, OfWhatIsCountedLieWithinTheBounds) {
    constexpr std::int64_t hour = 3'600'000'000;
    field_type open = type(type_kind::time);
    EXPECT_EQ(examples(field("x", open)), R"("09:30:00" | "09:45:00.25" | "24:00:00")");
    open.min = bound{12 * hour, 0, "", {}};
    EXPECT_EQ(examples(field("x", open)), R"("12:00:00" | "12:15:00.25" | "11:59:59.999999")");
    open.max = bound{12 * hour + 1, 0, "", {}};
    EXPECT_EQ(examples(field("x", open)), R"("12:00:00" | "12:00:00.000001" | "11:59:59.999999")");
    open.max = open.min;
    EXPECT_EQ(examples(field("x", open)), R"("12:00:00" |  | "11:59:59.999999")");
    field_type length = type(type_kind::duration);
    EXPECT_EQ(examples(field("x", length)), R"("PT30M" | "PT45M0.25S" | "P1M")");
    length.max = bound{hour / 4, 0, "", {}};
    EXPECT_EQ(examples(field("x", length)), R"("PT15M" | "PT14M59.999999S" | "PT15M0.000001S")");
    EXPECT_EQ(examples(field("x", list_of(length))), R"(["PT15M"] | ["PT14M59.999999S"] | ["PT15M0.000001S"])");
}

TEST(Examples, ArraysHoldOneAndBreakByTooMany) {
    field_spec flags = field("flags", list_of(type(type_kind::boolean)));
    flags.max_items = 2;
    EXPECT_EQ(examples(flags), "[true] | [false] | [true,true,true]");
    EXPECT_EQ(examples(field("tags", list_of(string_type(1, 5)))), "[\"Examp\"] | [\"Anoth\"] | [\"\"]");
}

TEST(Examples, EveryOneIsJson) {
    const model all = resolve(projects_and_tasks());
    for (const entity_model& one : all.entities) {
        for (const field_model& field : one.fields) {
            for (const std::string& text :
                 {field.example_json, field.other_example_json, field.invalid_json, field.default_json}) {
                boost::system::error_code failed;
                if (!text.empty()) boost::json::parse(text, failed);
                EXPECT_FALSE(failed) << field.member << ": " << text;
            }
            EXPECT_FALSE(field.example_json.empty()) << field.member;
            EXPECT_NE(field.example_json, field.other_example_json) << field.member;
        }
    }
}

}  // namespace
}  // namespace tenon::gen
