// The Idempotency-Key header, and answers as bytes: what is read, what is refused, and never a crash.
#include "idempotency/key_header.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "idempotency/stored_answer.hpp"

namespace tenon::idempotency {
namespace {

using testing::HasSubstr;

TEST(idempotency_key, is_the_same_quoted_and_bare) {
    const std::pair<std::string, std::string> good[] = {
        {"abc", "abc"},
        {"\"abc\"", "abc"},
        {"  \"abc\"\t", "abc"},
        {"01a1ff57-c8b8-70f4-9c68-fd2f304a2308", "01a1ff57-c8b8-70f4-9c68-fd2f304a2308"},
        {R"("a\"b\\c")", R"(a"b\c)"},
        {"a;b=c,d:e/f?g", "a;b=c,d:e/f?g"},
        {"\\", "\\"},
        {std::string(255, '~'), std::string(255, '~')},
        {'"' + std::string(255, '!') + '"', std::string(255, '!')},
    };
    for (const auto& [value, key] : good) {
        const auto read = parse_key(value);
        ASSERT_TRUE(read) << value << ": " << read.error().message;
        EXPECT_EQ(*read, key);
    }
}

TEST(idempotency_key, refusals_say_where_and_what_to_send) {
    const std::pair<std::string, std::string> bad[] = {
        {"", "is empty"},
        {"  ", "is empty"},
        {"\"\"", "is empty"},
        {"\"", "no closing quote"},
        {"\"abc", "no closing quote"},
        {"\"abc\\", "no closing quote"},
        {"\"abc\\\"", "no closing quote"},
        {"\"a\\nb\"", "character 4"},
        {"\"a\"b\"", "behind its closing quote"},
        {"\"a\";p=1", "behind its closing quote"},
        {"\"a b\"", "character 3"},
        {"a b", "character 2"},
        {"a, b", "character 3"},
        {"ab\"c", "character 3"},
        {"caf\xc3\xa9", "character 4"},
        {std::string("a\0b", 3), "character 2"},
        {"a\x7f", "character 2"},
        {std::string(256, 'x'), "256 characters"},
        {'"' + std::string(256, 'x') + '"', "256 characters"},
    };
    for (const auto& [value, what] : bad) {
        const auto read = parse_key(value);
        ASSERT_FALSE(read) << value;
        EXPECT_EQ(read.error().code, errc::bad_request);
        EXPECT_EQ(read.error().kind, "bad_idempotency_key");
        EXPECT_THAT(read.error().message, HasSubstr(what)) << value;
        EXPECT_THAT(read.error().message, HasSubstr("1 to 255 visible ASCII characters"));
    }
}

TEST(idempotency_key, any_bytes_give_a_key_or_a_refusal) {
    std::mt19937 random(7);
    const std::string alphabet = std::string("\"\\ ab;,\t\x01\x7f\xff", 11) + '\0';
    for (int round = 0; round < 100'000; ++round) {
        std::string value(random() % 12, ' ');
        for (char& c : value) c = alphabet[random() % alphabet.size()];
        const auto read = parse_key(value);
        if (!read) continue;
        EXPECT_FALSE(read->empty());
        for (const char c : *read) EXPECT_TRUE(c > ' ' && c < '\x7f') << value;
    }
}

TEST(idempotency_key, is_of_posts_and_there_once) {
    http::request request;
    request.headers.push_back(http::header{"idempotency-KEY", "a"});
    EXPECT_FALSE(is_asked(request)) << "a GET";
    request.method = http::method::post;
    EXPECT_TRUE(is_asked(request));
    EXPECT_EQ(*read_key(request), "a");
    request.headers.push_back(http::header{"Idempotency-Key", "a"});
    EXPECT_THAT(read_key(request).error().message, HasSubstr("more than once"));
    request.headers.clear();
    EXPECT_FALSE(is_asked(request));
}

http::response sample() {
    http::response out(201, "application/json", std::string("{\"a\":1}\0\xff", 9));
    return std::move(out).with("Location", "/v1/x/1").with("ETag", "\"7\"").with("Empty", "");
}

TEST(stored_answer, comes_back_as_it_was) {
    const auto back = from_bytes(as_bytes(sample()));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->status, 201);
    EXPECT_EQ(back->content_type, "application/json");
    EXPECT_EQ(back->body, sample().body);
    ASSERT_EQ(back->headers.size(), 3U);
    EXPECT_EQ(back->headers[1].value, "\"7\"");
    EXPECT_TRUE(from_bytes(as_bytes(http::no_content()))->body.empty());
}

TEST(stored_answer, reads_nothing_out_of_broken_bytes) {
    const std::string whole = as_bytes(sample());
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto cut = from_bytes(whole.substr(0, length));
        EXPECT_TRUE(!cut || cut->headers.size() < 3) << "a prefix that ends behind a header";
    }
    std::mt19937 random(7);
    for (int round = 0; round < 50'000; ++round) {
        std::string broken = whole;
        broken[random() % broken.size()] = static_cast<char>(random());
        (void)from_bytes(broken);
    }
    EXPECT_FALSE(from_bytes("99999999999999999999999:x"));
    EXPECT_FALSE(from_bytes("1:23:2010:0:")) << "another format";
}

}  // namespace
}  // namespace tenon::idempotency
