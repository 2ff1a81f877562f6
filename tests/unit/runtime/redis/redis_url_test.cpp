// REDIS_URL: what it may say, and that no message repeats its password.
#include "redis/redis_url.hpp"

#include <gtest/gtest.h>

namespace tenon::redis {
namespace {

TEST(redis_url, names_a_host) {
    const auto plain = parse_url("redis://cache.internal");
    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_EQ(plain->host, "cache.internal");
    EXPECT_EQ(plain->port, 6379);
    EXPECT_EQ(plain->database, 0);
    EXPECT_EQ(plain->password, "");

    const auto full = parse_url("redis://tenon:s%40cret%2F@[::1]:7000/3");
    ASSERT_TRUE(full) << full.error().message;
    EXPECT_EQ(full->host, "::1");
    EXPECT_EQ(full->port, 7000);
    EXPECT_EQ(full->database, 3);
    EXPECT_EQ(full->user, "tenon");
    EXPECT_EQ(full->password, "s@cret/");
}

TEST(redis_url, names_a_socket) {
    const auto plain = parse_url("unix:///run/redis.sock");
    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_EQ(plain->path, "/run/redis.sock");
    const auto full = parse_url("unix://:secret@/run/redis.sock?db=12");
    ASSERT_TRUE(full) << full.error().message;
    EXPECT_EQ(full->path, "/run/redis.sock");
    EXPECT_EQ(full->user, "");
    EXPECT_EQ(full->password, "secret");
    EXPECT_EQ(full->database, 12);
}

TEST(redis_url, says_that_there_is_no_tls) {
    const auto refused = parse_url("rediss://:hunter22@cache.internal");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::invalid);
    EXPECT_NE(refused.error().message.find("TLS"), std::string::npos);
    EXPECT_EQ(refused.error().message.find("hunter22"), std::string::npos);
}

TEST(redis_url, refuses_what_would_be_misread_and_never_repeats_it) {
    for (const std::string url :
         {"http://:hunter22@x", "redis://", "redis://:hunter22@", "redis://:hunter22@x:0", "redis://:hunter22@x:70000",
          "redis://:hunter22@x:y", "redis://:hunter22@x/hunter22", "redis://:hunter22/@x", "redis://:hunter22@y@x",
          "redis://hunter22@x", "redis://a:hunter22%zz@x", "redis://:hunter22%00@x", "redis://:hunter22@[::1",
          "redis://:hunter22@[::1]7", "redis://:hunter22@x y", "unix://:hunter22@run",
          "unix://:hunter22@/run?x=hunter22", "unix://:hunter22@/run?db=hunter22", "redis://:@x"}) {
        const auto refused = parse_url(url);
        ASSERT_FALSE(refused) << url;
        EXPECT_EQ(refused.error().message.find("hunter22"), std::string::npos) << refused.error().message;
        EXPECT_EQ(refused.error().code, errc::invalid);
    }
    EXPECT_FALSE(parse_url("unix:///" + std::string(120, 'x')));
}

}  // namespace
}  // namespace tenon::redis
