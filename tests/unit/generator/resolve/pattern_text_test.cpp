// Texts made from regular expressions, proved by the engine that generated services use.
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "generator/resolve/pattern_text.hpp"
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
                                      "\xC3\xBC{2}"}) {
        for (int variant = 0; variant < 6; ++variant) {
            const auto made = matching_text(pattern, 0, 200, variant);
            if (pattern.find("\\u") != std::string::npos && !made) continue;  // left to the spec's own example
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

TEST(PatternText, WhatIsNotUnderstoodIsLeftAlone) {
    for (const char* pattern : {"(?=a)b", "(a)\\1", "\\bword", "a{2", "(a", "[a", "a)", "*a", "(?<!a)b", "\\", "[b-a]",
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
