// Texts made from regular expressions, proved by the engine that generated services use.
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "generator/support/pattern_text.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {
namespace {

bool matches(const std::string& pattern, const std::string& text) {
    return re2::RE2::FullMatch(text, re2::RE2(re2_pattern(pattern)));
}

TEST(PatternText, MadeTextsMatch) {
    for (const std::string pattern : {"[a-z][a-z0-9-]*",
                                      "^[A-Z]{3}-\\d{4,6}$",
                                      "(foo|bar)+_?x",
                                      "#[0-9a-fA-F]{6}",
                                      "\\+?[1-9]\\d{7,14}",
                                      "(?:v)?(?<major>\\d+)\\.(\\d+)(\\.\\d+)?",
                                      "[^\\s]+@[^\\s]+",
                                      "a|b|c",
                                      "^a$|^bc$",
                                      ".{3}",
                                      "\\w+\\s\\w+",
                                      "https:\\/\\/[\\w.-]+",
                                      "[\\u00e4\\u00f6x]+y",
                                      "\\u0041b",
                                      "x*",
                                      "((a{2}){2}b?){2}",
                                      "[\\]\\[-]+",
                                      "[+*.]{2}",
                                      "\\d+?",
                                      "(?i)yes|no",
                                      "\\p{Lu}\\p{L}*",
                                      "[[:alpha:]_]+",
                                      "\\Qa.b\\E+",
                                      "\\x41\\x{263a}",
                                      "[^\\d]{2}\\D",
                                      "\\bword\\b",
                                      "\xC3\xBC{2}"}) {
        for (int variant = 0; variant < 6; ++variant) {
            const auto made = matching_text(pattern, 0, 200, variant);
            ASSERT_TRUE(made) << pattern;
            EXPECT_TRUE(matches(pattern, *made)) << pattern << " does not match " << *made;
        }
    }
}

TEST(PatternText, LengthsAreKept) {
    for (const int min : {0, 1, 5, 40, 100}) {
        const auto made = matching_text("[a-z]+", min, min + 30, 0);
        ASSERT_TRUE(made) << min;
        EXPECT_GE(count_code_points(*made), static_cast<std::size_t>(min));
        EXPECT_LE(count_code_points(*made), static_cast<std::size_t>(min) + 30);
    }
    EXPECT_FALSE(matching_text("[a-z]{10}", 0, 9, 0));
}

/// Each length that some text of the pattern has is found, and no other.
TEST(PatternText, EveryLengthIsFound) {
    for (const std::string pattern : {"[a-z]+", "[a-z]+-[a-z]+", "(ab)+c?", "(aaa|bbbbb)+", "a{2,5}b*", "(x{7})*y"}) {
        for (int length = 0; length < 60; ++length) {
            const auto made = matching_text(pattern, length, length, length % 3);
            if (made) {
                EXPECT_EQ(made->size(), static_cast<std::size_t>(length)) << pattern;
                EXPECT_TRUE(matches(pattern, *made)) << pattern << " does not match " << *made;
            }
            const bool by_hand = (pattern == "[a-z]+" && length > 0) || (pattern == "[a-z]+-[a-z]+" && length > 2) ||
                                 (pattern == "(ab)+c?" && length > 1) ||
                                 (pattern == "(aaa|bbbbb)+" && length > 2 && length != 4 && length != 7) ||
                                 (pattern == "a{2,5}b*" && length > 1) || (pattern == "(x{7})*y" && length % 7 == 1);
            EXPECT_EQ(made.has_value(), by_hand) << pattern << " with " << length;
        }
    }
}

TEST(PatternText, LengthsThatNoTextHasAreKnown) {
    EXPECT_EQ(length_beyond("[a-z]{21}", 1, 20), 21);
    EXPECT_EQ(length_beyond("[a-z]{21}", 1, 21), std::nullopt);
    EXPECT_EQ(length_beyond("a|b{18}", 8, 12), 18);
    EXPECT_EQ(length_beyond("a|b{30}", 8, 12), 1);
    EXPECT_EQ(length_beyond("", 1, 5), 0);
    EXPECT_EQ(length_beyond("(a{600}){2}", 1, 20), longest_measured + 1);
    EXPECT_EQ(length_beyond("(a{600}){2}", 1, longest_measured + 1), std::nullopt) << "beyond what is measured";
    EXPECT_EQ(length_beyond("(?=a)a{21}", 1, 20), std::nullopt) << "not understood";
    for (const std::string_view pattern : {"a{2,5}b*", "(aaa|bbbbb)+", "(x{7})*y"}) {
        for (std::int64_t min = 0; min < 20; ++min) {
            const bool fits = matching_text(pattern, min, min + 1, 0).has_value();
            EXPECT_EQ(length_beyond(pattern, min, min + 1).has_value(), !fits) << pattern << " from " << min;
        }
    }
}

TEST(PatternText, WhatIsNotUnderstoodIsLeftAlone) {
    for (const char* pattern : {"(?=a)b", "(a)\\1", "a{2", "(a", "[a", "a)", "*a", "(?<!a)b", "\\", "[b-a]",
                                "(((((((((((((((((((((((((((((((((((((((((((((((((((((a"})
        EXPECT_FALSE(matching_text(pattern, 0, 100, 0)) << pattern;
}

TEST(PatternText, HostileOnesEndSoon) {
    EXPECT_FALSE(matching_text("((((((){1000}){1000}){1000}){1000}){1000})", 1, 100, 0));
    EXPECT_FALSE(matching_text("(((a{1000}){1000}){1000}){1000}", 1, 100, 0));
    const std::string deep = std::string(100'000, '(');
    EXPECT_FALSE(matching_text(deep, 1, 100, 0));
}

}  // namespace
}  // namespace tenon::gen
