// Names: forms, articles, identifiers, literals.
#include <gtest/gtest.h>

#include "generator/resolve/naming_forms.hpp"
#include "generator/support/literal.hpp"

namespace tenon::gen {
namespace {

TEST(Names, EveryForm) {
    const names item = forms_of("LineItem");
    EXPECT_EQ(item.snake, "line_item");
    EXPECT_EQ(item.pascal, "LineItem");
    EXPECT_EQ(item.kebab, "line-item");
    EXPECT_EQ(item.title, "Line item");
    EXPECT_EQ(item.lower_title, "line item");
    EXPECT_EQ(item.plural_snake, "line_items");
    EXPECT_EQ(item.plural_pascal, "LineItems");
    EXPECT_EQ(item.plural_kebab, "line-items");
    EXPECT_EQ(item.plural_title, "Line items");
    EXPECT_EQ(item.article, "a");
    EXPECT_EQ(forms_of("Staff", "staff_members").plural_pascal, "StaffMembers");
}

TEST(Names, ArticlesGoBySound) {
    for (const char* one : {"user", "unit", "url", "european order", "use case", "draft", "once off"})
        EXPECT_EQ(article_of(one), "a") << one;
    for (const char* one : {"invoice", "hour", "update", "item", "unimportant note", "onboarding step"})
        EXPECT_EQ(article_of(one), "an") << one;
}

TEST(Names, IdentifiersAreValidWhateverTheWord) {
    EXPECT_EQ(cpp_identifier("open"), "open");
    EXPECT_EQ(cpp_identifier("InProgress"), "in_progress");
    EXPECT_EQ(cpp_identifier("class"), "class_");
    EXPECT_EQ(cpp_class("case"), "case_");
    EXPECT_EQ(cpp_class("domain"), "domain_");
    EXPECT_EQ(cpp_class("line_item"), "line_item");
    EXPECT_EQ(cpp_namespace("write"), "write_");
    EXPECT_EQ(cpp_namespace("permission"), "permission_");
    EXPECT_EQ(cpp_member("target"), "target_");
    EXPECT_EQ(cpp_member("errno"), "errno_");
    EXPECT_EQ(cpp_identifier("errno"), "errno_");
    EXPECT_EQ(cpp_identifier("2d"), "value_2d");
    EXPECT_EQ(cpp_identifier("a-b.c"), "a_b_c");
    EXPECT_EQ(cpp_identifier("+"), "value");
}

TEST(Names, NoneIsGivenTwiceAndNoneIsTooLong) {
    unique_names all;
    EXPECT_EQ(all.take("open"), "open");
    EXPECT_EQ(all.take("open"), "open_2");
    EXPECT_EQ(all.take("class_"), "class_");
    EXPECT_EQ(all.take("class_"), "class_2");
    const std::string wide(100, 'a');
    const std::string first = all.take_short(wide + "1", 63);
    const std::string second = all.take_short(wide + "2", 63);
    EXPECT_LE(first.size(), 63u);
    EXPECT_LE(second.size(), 63u);
    EXPECT_NE(first, second);
}

TEST(Literal, MeansTheSameBytes) {
    EXPECT_EQ(cpp_literal("plain"), "\"plain\"");
    EXPECT_EQ(cpp_literal("a\"b\\c\n\t"), "\"a\\\"b\\\\c\\n\\t\"");
    EXPECT_EQ(cpp_literal("what?\?/"), "\"what?\\?/\"");
    EXPECT_EQ(cpp_literal("???"), "\"?\\?\\?\"");
    EXPECT_EQ(cpp_literal("Gr\xC3\xBC\xC3\x9F"), "\"Gr\xC3\xBC\xC3\x9F\"");
    EXPECT_EQ(cpp_literal(std::string_view("\0"
                                           "7",
                                           2)),
              "\"\\0007\"");
    EXPECT_EQ(cpp_literal("\xE2\x80\xAE"), "\"\\342\\200\\256\"") << "a mark that turns the direction of writing";
    EXPECT_EQ(cpp_literal("\xFF"), "\"\\377\"");
}

TEST(Literal, NumbersReadBackExactly) {
    EXPECT_EQ(cpp_integer(INT64_MIN), "(-9223372036854775807 - 1)");
    EXPECT_EQ(cpp_double(1), "1.0");
    EXPECT_EQ(cpp_double(0.1), "0.1");
    EXPECT_EQ(cpp_double(1e300), "1e+300");
    EXPECT_EQ(decimal_text(-5, 2), "-0.05");
    EXPECT_EQ(decimal_text(350, 2), "3.50");
    EXPECT_EQ(decimal_text(7, 0), "7");
}

}  // namespace
}  // namespace tenon::gen
