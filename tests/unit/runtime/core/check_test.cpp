// The field rules: bounds, characters rather than bytes, addresses, patterns in linear time.
#include <tenon/core/check.hpp>

#include <gtest/gtest.h>

namespace tenon::check {
namespace {

template <class Rule>
std::string verdict(Rule rule) {
    field_errors errors;
    rule(errors);
    return errors.empty() ? "" : errors.list().front().detail;
}

TEST(check_test, length_counts_code_points) {
    const auto of = [](std::string_view text, std::size_t min, std::size_t max) {
        return verdict([&](field_errors& e) { length(e, "/f", text, min, max); });
    };
    EXPECT_EQ(of("日本語", 3, 3), "");
    EXPECT_EQ(of("👍", 1, 1), "");
    EXPECT_EQ(of("", 1, 5), "must not be empty");
    EXPECT_EQ(of("a", 2, 5), "must have at least 2 characters");
    EXPECT_EQ(of("ab", 0, 1), "must have at most 1 character");
}

TEST(check_test, length_is_of_text) {
    const auto of = [](std::string_view text) {
        return verdict([&](field_errors& e) { length(e, "/f", text, 1, 40); });
    };
    EXPECT_EQ(of("Tr0ub4dor&3" + std::string(5000, '\x80')), "must be UTF-8") << "though few code points begin in it";
    EXPECT_EQ(of("\xed\xa0\x80"), "must be UTF-8") << "a surrogate";
    EXPECT_EQ(of("\xc0\xaf"), "must be UTF-8") << "longer than it has to be";
    EXPECT_EQ(of("cut \xe6\x97"), "must be UTF-8");
    EXPECT_EQ(of(std::string_view("a\0b", 3)), "must not have the character U+0000");
}

TEST(check_test, range_is_inclusive_and_refuses_nan) {
    const auto of = [](auto value, auto min, auto max) {
        return verdict([&](field_errors& e) { range(e, "/f", value, min, max); });
    };
    EXPECT_EQ(of(std::int64_t{5}, std::int64_t{5}, std::int64_t{5}), "");
    EXPECT_EQ(of(std::int64_t{4}, std::int64_t{5}, std::int64_t{9}), "must be at least 5");
    EXPECT_EQ(of(2.5, 0.0, 2.0), "must be at most 2");
    EXPECT_EQ(of(std::numeric_limits<double>::quiet_NaN(), 0.0, 2.0), "must be at least 0");
}

TEST(check_test, the_first_error_of_a_field_wins) {
    field_errors errors;
    errors.add("/f", "must be a string");
    length(errors, "/f", "", 1, 5);
    ASSERT_EQ(errors.list().size(), 1U);
    EXPECT_EQ(errors.list().front().detail, "must be a string");
}

TEST(check_test, email) {
    const auto good = [](std::string_view text) {
        return verdict([&](field_errors& e) { email(e, "/f", text); }).empty();
    };
    for (const char* ok : {"a@b.co", "first.last+tag@sub.example.org", "ü@exämple.de", "x_y-z@1.2.com"})
        EXPECT_TRUE(good(ok)) << ok;
    for (const char* bad :
         {"", "a", "@b.co", "a@", "a@b", "a@@b.co", "a b@c.co", "a@b..co", "a@.b.co", "a@b.co.", "a@-b.co", "a@b-.co",
          ".a@b.co", "a.@b.co", "a..b@c.co", "a@b.co\r\nBcc: x@y.z", "a@[1.2.3.4]", "<a@b.co>", "\"a\"@b.co"})
        EXPECT_FALSE(good(bad)) << bad;
    EXPECT_FALSE(good(std::string(65, 'a') + "@b.co"));
    EXPECT_FALSE(good("a@" + std::string(260, 'b') + ".co"));
}

TEST(check_test, url) {
    const auto good = [](std::string_view text) {
        return verdict([&](field_errors& e) { url(e, "/f", text); }).empty();
    };
    for (const char* ok : {"http://a", "https://example.org/path?q=1#f", "HTTPS://EXAMPLE.ORG:8443/",
                           "http://[::1]:80/x", "https://exämple.de"})
        EXPECT_TRUE(good(ok)) << ok;
    for (const char* bad : {"", "example.org", "ftp://a", "javascript:alert(1)", "http://", "http:///x",
                            "https://user:pw@host/", "https://user@host", "http://a b", "http://a:0", "http://a:70000",
                            "http://a:x", "http://a/\n", "http://a/<b>", "http://[zz]/", "//host/path", "http://a\\@b"})
        EXPECT_FALSE(good(bad)) << bad;
}

TEST(check_test, patterns_are_anchored_and_linear) {
    const pattern slug("[a-z]+(-[a-z]+)*");
    EXPECT_TRUE(slug.matches("a-bc-d"));
    EXPECT_FALSE(slug.matches("a-bc-d!"));
    EXPECT_FALSE(slug.matches("a\n"));
    // Backtracking engines need 2^30 steps for this one.
    const pattern evil("(a+)+b");
    EXPECT_FALSE(evil.matches(std::string(30'000, 'a')));
    EXPECT_THROW(pattern("("), std::invalid_argument);
}

}  // namespace
}  // namespace tenon::check
