// Under what a key is found in the database: as services that run today have stored it.
#include <gtest/gtest.h>

#include "idempotency/claim.hpp"

namespace tenon::idempotency {
namespace {

http::request pinned_request() {
    http::request out;
    out.method = http::method::post;
    out.path = "/v1/counts/a/again";
    out.query = "x=1";
    out.body = R"({"n":1})";
    out.headers.push_back(http::header{"Authorization", "Bearer abc"});
    return out;
}

claims::name name_for(const claims::key_scope& whose) {
    const auto route = service::open_route(http::method::post, "/v1/counts/{id}/again", "again", nullptr);
    const claims::secrets of_tests(std::string(32, 's'));
    return claims::name(of_tests, subject_of(pinned_request(), route, whose, "k-1"));
}

TEST(idempotency_names, of_a_member_s_requests_stay_as_they_are) {
    const claims::key_scope member(tenant_id::parse("01a1ff57-c8b8-70f4-9c68-fd2f304a2308"),
                                   *user_id::parse("01a1ff57-c8b8-70f4-9c68-fd2f304a2309"));
    EXPECT_EQ(name_for(member).key_hash, "akK3u4Shtw39Y4GOUkD1XBBWKmnItAxglXooBgPLpzs");
    EXPECT_EQ(name_for(member).fingerprint, "TbatKr0YoPgZ5lVbCl8bild61WxOjDmKCO5fKIEZrmw");
}

TEST(idempotency_names, of_a_stranger_s_requests_stay_as_they_are) {
    EXPECT_EQ(name_for(claims::key_scope()).key_hash, "skNDEAIyak-k1ps5JJLkZfmajNmdwvJc1em2BHELjAk");
    EXPECT_EQ(name_for(claims::key_scope()).fingerprint, "TbatKr0YoPgZ5lVbCl8bild61WxOjDmKCO5fKIEZrmw");
}

TEST(idempotency_names, open_an_answer_with_the_secret_and_the_key) {
    const claims::secrets of_tests(std::string(32, 's'));
    EXPECT_EQ(name_for(claims::key_scope()).seal, of_tests.answers + "k-1");
    EXPECT_EQ(static_cast<unsigned char>(of_tests.answers.front()), 0xa1);
    EXPECT_EQ(static_cast<unsigned char>(of_tests.answers.back()), 0x55);
}

}  // namespace
}  // namespace tenon::idempotency
