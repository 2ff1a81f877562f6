// Names in every case, plurals, and the words that are no names.
#include "generator/support/naming.hpp"

#include <gtest/gtest.h>

#include "generator/support/text.hpp"

namespace tenon::gen::test {
namespace {

TEST(naming, every_case_of_every_case) {
    for (const char* given : {"LineItem", "line_item", "line-item", "lineItem", "LINE_ITEM", "Line item"}) {
        EXPECT_EQ(snake_case(given), "line_item") << given;
        EXPECT_EQ(pascal_case(given), "LineItem") << given;
        EXPECT_EQ(camel_case(given), "lineItem") << given;
        EXPECT_EQ(kebab_case(given), "line-item") << given;
        EXPECT_EQ(screaming_case(given), "LINE_ITEM") << given;
        EXPECT_EQ(title_case(given), "Line item") << given;
    }
    EXPECT_EQ(snake_case("HTTPServer"), "http_server");
    EXPECT_EQ(snake_case("ApiKey2"), "api_key2");
    EXPECT_EQ(snake_case("line_2"), "line_2");
    EXPECT_EQ(snake_case(""), "");
}

TEST(naming, plurals_and_back) {
    const std::pair<const char*, const char*> pairs[] = {
        {"draft", "drafts"},
        {"LineItem", "LineItems"},
        {"company", "companies"},
        {"day", "days"},
        {"box", "boxes"},
        {"branch", "branches"},
        {"address", "addresses"},
        {"person", "people"},
        {"sales_person", "sales_people"},
        {"Child", "Children"},
        {"analysis", "analyses"},
        {"status", "statuses"},
        {"index", "indexes"},
        {"bus", "buses"},
        {"knife", "knives"},
        {"hero", "heroes"},
        {"photo", "photos"},
        {"quiz", "quizzes"},
        {"movie", "movies"},
        {"release", "releases"},
        {"MEDIUM", "MEDIA"},
        {"equipment", "equipment"},
        {"series", "series"},
    };
    for (const auto& [one, many] : pairs) {
        EXPECT_EQ(plural(one), many);
        EXPECT_EQ(singular(many), one);
        EXPECT_EQ(plural(many), many) << "the plural of a plural";
    }
}

TEST(naming, identifiers_and_keywords) {
    EXPECT_TRUE(is_identifier("a_1"));
    for (const char* bad : {"", "1a", "_a", "a-b", "a b", "é", "a\n"}) EXPECT_FALSE(is_identifier(bad)) << bad;
    for (const char* word : {"class", "co_yield", "xor_eq", "alignas", "char8_t"})
        EXPECT_TRUE(is_cpp_keyword(word)) << word;
    for (const char* word : {"select", "klass", "Class", ""}) EXPECT_FALSE(is_cpp_keyword(word)) << word;
}

TEST(text, utf8) {
    EXPECT_FALSE(find_invalid_utf8("aé日🎉").has_value());
    EXPECT_EQ(find_invalid_utf8("ab\xC3("), 2U);
    EXPECT_EQ(find_invalid_utf8("a\xED\xA0\x80"), 1U);
    EXPECT_EQ(count_code_points("aé日🎉\xFF"), 5U);
    EXPECT_EQ(escaped("a\x1b\xFF\n"), "a\\x1b\\xff\\x0a");
    EXPECT_EQ(gen::quoted(std::string(100, 'a')), "'" + std::string(60, 'a') + "…'");
}

TEST(text, nearest_name) {
    const std::vector<std::string> names{"title", "tenant_id", "body", "created_at"};
    EXPECT_EQ(nearest("titel", names), "title");
    EXPECT_EQ(nearest("tenat_id", names), "tenant_id");
    EXPECT_EQ(nearest("BODY", names), "body");
    EXPECT_EQ(nearest("colour", names), "");
    EXPECT_EQ(nearest("", names), "");
    EXPECT_EQ(nearest(std::string(1000, 'a'), names), "");
    EXPECT_EQ(edit_distance("abc", "acb"), 1U);
}

}  // namespace
}  // namespace tenon::gen::test
