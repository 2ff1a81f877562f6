// JSON of any shape: kept in a form that no database rewrites, or refused with its place.
#include <gtest/gtest.h>

#include <tenon/json/reader.hpp>

#include "json/stored.hpp"

namespace tenon::json {
namespace {

/// The kept text, or the error.
std::string kept(std::string_view text) {
    auto parsed = document::parse(text);
    if (!parsed) return "refused " + (parsed.error().fields.empty() ? std::string() : parsed.error().fields[0].pointer);
    field_errors errors;
    json_text out;
    if (decode(parsed->root(), "/data", out, errors)) return out.text;
    return "refused " + errors.list()[0].pointer;
}

TEST(raw_test, numbers_are_kept_as_a_database_writes_them) {
    const std::pair<const char*, const char*> cases[] = {
        {"0", "0"},           {"-0", "0"},
        {"-0.0", "0.0"},      {"0e5", "0"},
        {"1.10", "1.10"},     {"1e2", "100"},
        {"1E+2", "100"},      {"1.5e1", "15"},
        {"1.50e1", "15.0"},   {"15e-1", "1.5"},
        {"1e-5", "0.00001"},  {"0.05e3", "50"},
        {"0.5e-3", "0.0005"}, {"-2.5e0", "-2.5"},
        {"0.001e1", "0.01"},  {"123456789012345678901234567890", "123456789012345678901234567890"}};
    for (const auto& [given, expected] : cases) EXPECT_EQ(kept(given), expected) << given;
    EXPECT_EQ(kept("1e300"), "1" + std::string(300, '0'));
    EXPECT_EQ(kept("5e-324"), "0." + std::string(323, '0') + "5");
}

TEST(raw_test, what_is_kept_is_kept_as_it_is_the_next_time) {
    for (const char* given : {"[1e300,-1e-300]", "{\"a\":[0.1e-10,-0],\"b\":\"\\u0001\\ud83d\\ude00\"}", "\"\\/\""}) {
        const std::string once = kept(given);
        EXPECT_EQ(kept(once), once);
    }
}

TEST(raw_test, what_cannot_be_kept_is_refused_with_its_place) {
    EXPECT_EQ(kept("[1e-330]"), "refused /data/0");
    EXPECT_EQ(kept("{\"a\":{\"b/c\":[1,1e400]}}"), "refused /data/a/b~1c/1");
    EXPECT_EQ(kept("0." + std::string(500, '1')), "refused /data");
    EXPECT_EQ(kept(R"(["x","\u0000"])"), "refused /data/1");
    EXPECT_EQ(kept(R"({"a":{"\u0000":1}})"), "refused /data/a");
}

TEST(raw_test, numbers_that_grow_too_much_are_refused_under_their_member) {
    const auto list = [](int count) {
        std::string many = "{\"name\":\"x\",\"checklist\":[1e300";
        for (int i = 1; i < count; ++i) many += ",1e300";
        return kept(many + "]}");
    };
    EXPECT_EQ(list(110).find("refused"), std::string::npos) << "less than 32 KiB more";
    for (const int count : {112, 3'400, 10'000}) EXPECT_EQ(list(count), "refused /checklist") << count;
    std::string doubled = "{\"text\":\"" + std::string(100'000, 'x') + "\",\"list\":[1e300";
    for (int i = 1; i < 300; ++i) doubled += ",1e300";
    EXPECT_EQ(kept(doubled + "]}").find("refused"), std::string::npos) << "less than the body has";
}

TEST(stored_test, loses_spaces_between_tokens_only) {
    std::string out;
    EXPECT_TRUE(append_stored(out, "{\"a b\": [1, 2.50, \"x \\\" , y\"], \"é\": null}"));
    EXPECT_EQ(out, "{\"a b\":[1,2.50,\"x \\\" , y\"],\"é\":null}");
}

TEST(stored_test, refuses_what_would_break_out_of_an_answer) {
    for (const std::string bad :
         {"", " ", "[", "]", "[]]", "[],[]", "{}{}", "\"a", "\"a\\", "\"\n\"", "\"\xFF\"", "\xC3\xA9"}) {
        std::string out;
        EXPECT_FALSE(append_stored(out, bad)) << bad;
    }
}

}  // namespace
}  // namespace tenon::json
