// Settings of a product's own: each form, and what is told of a wrong one.
#include <tenon/app/settings.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include <tenon/app/configuration.hpp>
#include <tenon/app/product.hpp>
#include <tenon/operation/product_parts.hpp>

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
    int offset = 0;
};

every_form read_every_form(settings_reader& in) {
    every_form out;
    in.text("TEXT", out.text);
    in.word("WORD", out.word, {"low", "middle", "high"});
    in.secret("KEY", out.key, 4).required("what it is known by");
    in.flag("FLAG", out.flag);
    in.duration("TIME", out.time, 90s);
    in.number("NUMBER", out.number, 2, 200);
    in.number("OFFSET", out.offset, -5, 5);
    return out;
}

TEST(settings_test, are_given_in_each_form) {
    const values given{{"TEXT", "x"},   {"WORD", "high"},  {"KEY", "1234"}, {"FLAG", "1"},
                       {"TIME", "90s"}, {"NUMBER", "200"}, {"OFFSET", "-5"}};
    const environment variables = of(given);
    settings_reader in(variables);
    const every_form got = read_every_form(in);
    EXPECT_THAT(told(in.errors()), IsEmpty());
    EXPECT_EQ(got.text, "x");
    EXPECT_EQ(got.word, "high");
    EXPECT_EQ(got.key.reveal(), "1234");
    EXPECT_TRUE(got.flag);
    EXPECT_EQ(got.time, 90s);
    EXPECT_EQ(got.number, 200);
    EXPECT_EQ(got.offset, -5);
}

TEST(settings_test, keep_their_defaults_where_nothing_is_set) {
    const values given{{"TEXT", ""}, {"WORD", ""}, {"KEY", ""}, {"FLAG", ""}, {"TIME", ""}, {"NUMBER", ""}};
    const environment variables = of(given);
    settings_reader in(variables);
    const every_form got = read_every_form(in);
    EXPECT_THAT(told(in.errors()), ElementsAre("/KEY is required: what it is known by"));
    EXPECT_EQ(got.text, "as it was");
    EXPECT_EQ(got.word, "low");
    EXPECT_EQ(got.number, 7);
}

TEST(settings_test, are_all_told_when_they_are_wrong_and_never_shown) {
    const values given{{"WORD", "LOW"}, {"KEY", "123"},    {"FLAG", "yes"},
                       {"TIME", "91s"}, {"NUMBER", "257"}, {"OFFSET", "-6"}};
    const environment variables = of(given);
    settings_reader in(variables);
    const every_form got = read_every_form(in);
    EXPECT_THAT(
        told(in.errors()),
        ElementsAre("/WORD must be low, middle or high", "/KEY must have at least 4 bytes",
                    "/FLAG must be true or false", "/TIME must be a time such as 500ms, 30s or 15m, at most 90s",
                    "/NUMBER must be a whole number from 2 to 200", "/OFFSET must be a whole number from -5 to 5"));
    EXPECT_EQ(got.number, 7);
}

parts_maker read_own(settings_reader& in) {
    std::string name = "Ada";
    in.text("OWN_NAME", name);
    if (name == "a thief") in.given("TOKEN_SECRET");
    if (name == "a number") (void)std::stoi(name);
    if (name.size() > 8) in.wrong("OWN_NAME", "must have at most 8 bytes");
    return [name](operation::product_parts& all) { all.add(std::make_unique<std::string>(name)); };
}

product with_parts() {
    product out;
    out.name = "mine";
    out.parts = read_own;
    return out;
}

std::string pointers(const error& why) {
    std::string out;
    for (const field_error& one : why.fields) out += one.pointer + " ";
    return out;
}

TEST(settings_test, of_the_product_are_told_with_those_of_the_service) {
    const values wrong{{"OWN_NAME", "Augustina"}, {"PORT", "many"}, {"DATABASE_URL", "mysql://x"}};
    const auto refused = read_configuration(with_parts(), of(wrong));
    ASSERT_FALSE(refused);
    EXPECT_EQ(pointers(refused.error()), "/TOKEN_SECRET /PORT /DATABASE_URL /OWN_NAME ");

    const values right{{"OWN_NAME", "Lise"}, {"TOKEN_SECRET", std::string(32, 's')}};
    const auto got = read_configuration(with_parts(), of(right));
    ASSERT_TRUE(got);
    operation::product_parts all;
    got->make_parts(all);
    EXPECT_EQ(all.get<std::string>(), "Lise");
}

TEST(settings_test, of_the_product_have_names_of_their_own) {
    const values given{{"OWN_NAME", "a thief"}, {"TOKEN_SECRET", std::string(32, 's')}};
    const auto refused = read_configuration(with_parts(), of(given));
    ASSERT_FALSE(refused);
    EXPECT_EQ(pointers(refused.error()), "/TOKEN_SECRET ");
}

TEST(settings_test, of_the_product_may_throw) {
    const values given{{"OWN_NAME", "a number"}, {"TOKEN_SECRET", std::string(32, 's')}, {"PORT", "many"}};
    const auto refused = read_configuration(with_parts(), of(given));
    ASSERT_FALSE(refused);
    EXPECT_EQ(pointers(refused.error()), "/PORT /settings ");
}

/// What the program prints, and its exit code.
std::pair<std::string, int> ran(const char* command) {
    const product mine = with_parts();
    const char* words[] = {"mine", command};
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int code = run(mine, 2, const_cast<char**>(words));
    const std::string out = testing::internal::GetCapturedStdout();
    return {out + testing::internal::GetCapturedStderr(), code};
}

TEST(settings_test, of_the_product_stop_serve_with_exit_code_2) {
    ::setenv("OWN_NAME", "Augustina", 1);
    const auto [text, code] = ran("serve");
    ::unsetenv("OWN_NAME");
    EXPECT_EQ(code, 2);
    EXPECT_THAT(text, testing::HasSubstr("OWN_NAME must have at most 8 bytes"));
}

TEST(settings_test, of_the_product_stand_in_its_help) {
    const auto [text, code] = ran("--help");
    EXPECT_EQ(code, 0);
    EXPECT_THAT(text, testing::HasSubstr("What the product's own code asks for:\n  OWN_NAME\n"));
}

}  // namespace
}  // namespace tenon::app
