// Settings of a product's own: each form, and what is told of a wrong one.
#include <tenon/app/settings.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include <tenon/app/configuration.hpp>
#include <tenon/app/product.hpp>
#include <tenon/operation/own_parts.hpp>

namespace tenon::app {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

using values = std::map<std::string, std::string, std::less<>>;

environment of(const values& given) {
    return [&given](std::string_view name) -> std::optional<std::string> {
        const auto found = given.find(name);
        return found == given.end() ? std::nullopt : std::optional(found->second);
    };
}

std::vector<std::string> told(const field_errors& errors) {
    std::vector<std::string> out;
    for (const field_error& one : errors.list()) out.push_back(one.pointer + " " + one.detail);
    return out;
}

struct every_form {
    std::string text = "as it was", word = "low";
    secret key;
    bool flag = false;
    std::chrono::milliseconds time{5};
    std::uint8_t number = 7;
};

every_form read_every_form(settings_reader& in) {
    every_form out;
    in.text("TEXT", out.text);
    in.word("WORD", out.word, {"low", "middle", "high"});
    in.secret("KEY", out.key, 4);
    in.flag("FLAG", out.flag);
    in.duration("TIME", out.time, 90s);
    in.number("NUMBER", out.number, 2, 1000);
    in.required("KEY", ": what it is known by");
    return out;
}

TEST(settings_test, are_given_in_each_form) {
    const values given{{"TEXT", "x"}, {"WORD", "high"}, {"KEY", "1234"},
                       {"FLAG", "1"}, {"TIME", "90s"},  {"NUMBER", "255"}};
    const environment variables = of(given);
    settings_reader in(variables);
    const every_form got = read_every_form(in);
    EXPECT_THAT(told(in.errors), IsEmpty());
    EXPECT_EQ(got.text, "x");
    EXPECT_EQ(got.word, "high");
    EXPECT_EQ(got.key.reveal(), "1234");
    EXPECT_TRUE(got.flag);
    EXPECT_EQ(got.time, 90s);
    EXPECT_EQ(got.number, 255);
}

TEST(settings_test, keep_their_defaults_where_nothing_is_set) {
    const values given{{"TEXT", ""}, {"WORD", ""}, {"KEY", ""}, {"FLAG", ""}, {"TIME", ""}, {"NUMBER", ""}};
    const environment variables = of(given);
    settings_reader in(variables);
    const every_form got = read_every_form(in);
    EXPECT_THAT(told(in.errors), ElementsAre("/KEY is required: what it is known by"));
    EXPECT_EQ(got.text, "as it was");
    EXPECT_EQ(got.word, "low");
    EXPECT_EQ(got.number, 7);
}

TEST(settings_test, are_all_told_when_they_are_wrong_and_never_shown) {
    const values given{{"WORD", "LOW"}, {"KEY", "123"}, {"FLAG", "yes"}, {"TIME", "91s"}, {"NUMBER", "256"}};
    const environment variables = of(given);
    settings_reader in(variables);
    const every_form got = read_every_form(in);
    EXPECT_THAT(told(in.errors), ElementsAre("/WORD must be low, middle or high", "/KEY must have at least 4 bytes",
                                             "/FLAG must be true or false",
                                             "/TIME must be a time such as 500ms, 30s or 15m, at most 90s",
                                             "/NUMBER must be a whole number from 2 to 255"))
        << "256 does not fit into its type";
    EXPECT_EQ(got.number, 7);
}

part_maker read_own(settings_reader& in) {
    std::string name = "Ada";
    in.text("OWN_NAME", name);
    if (name.size() > 5) in.wrong("OWN_NAME", "must have at most 5 bytes");
    return [name](operation::own_parts& all) { all.add(std::make_unique<std::string>(name)); };
}

TEST(settings_test, of_the_product_are_told_with_those_of_the_service) {
    const values wrong{{"OWN_NAME", "Augusta"}, {"PORT", "many"}};
    const auto refused = read_configuration("starter", of(wrong), read_own);
    ASSERT_FALSE(refused);
    std::string pointers;
    for (const field_error& one : refused.error().fields) pointers += one.pointer + " ";
    EXPECT_EQ(pointers, "/TOKEN_SECRET /PORT /OWN_NAME ");

    const values right{{"OWN_NAME", "Lise"}, {"TOKEN_SECRET", std::string(32, 's')}};
    const auto got = read_configuration("starter", of(right), read_own);
    ASSERT_TRUE(got);
    operation::own_parts all;
    got->make_own_parts(all);
    EXPECT_EQ(all.get<std::string>(), "Lise");
}

TEST(settings_test, of_the_product_stop_serve_with_exit_code_2) {
    product mine;
    mine.name = "mine";
    mine.own = read_own;
    ::setenv("OWN_NAME", "Augusta", 1);
    const char* words[] = {"mine", "serve"};
    testing::internal::CaptureStderr();
    EXPECT_EQ(run(mine, 2, const_cast<char**>(words)), 2);
    EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::HasSubstr("OWN_NAME must have at most 5 bytes"));
    ::unsetenv("OWN_NAME");
}

TEST(settings_test, of_the_product_stand_in_its_help) {
    product mine;
    mine.name = "mine";
    mine.own = read_own;
    const char* words[] = {"mine", "--help"};
    testing::internal::CaptureStdout();
    EXPECT_EQ(run(mine, 2, const_cast<char**>(words)), 0);
    EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::HasSubstr("Of the product's own code: OWN_NAME\n"));
}

}  // namespace
}  // namespace tenon::app
