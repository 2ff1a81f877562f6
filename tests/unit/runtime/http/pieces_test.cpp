// Entity tags, query strings, JSON bodies and problem documents, each on its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tenon/http/body.hpp>
#include <tenon/http/etag.hpp>
#include <tenon/http/problem.hpp>

#include "http/cors.hpp"
#include "http/response_text.hpp"

namespace tenon::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

request with_header(std::string name, std::string value) {
    request r;
    r.headers.push_back(header{std::move(name), std::move(value)});
    return r;
}

TEST(etag_test, if_match) {
    const auto check = [](std::string value) {
        const auto passed = check_if_match(with_header("if-match", std::move(value)), 7);
        return passed ? 200 : status_of(passed.error().code);
    };
    EXPECT_TRUE(check_if_match(request(), 7));
    EXPECT_EQ(check(etag(7)), 200);
    EXPECT_EQ(check("*"), 200);
    EXPECT_EQ(check("\"1\", \"7\""), 200);
    EXPECT_EQ(check("\"6\""), 412);
    EXPECT_EQ(check("W/\"7\""), 412);  // weak tags never match here
    EXPECT_EQ(check("\"77\",\"\""), 412);
    EXPECT_EQ(check("7"), 400);
    EXPECT_EQ(check("\"7"), 400);
    for (const char* with_empty_elements : {"\"7\",,", ",\"7\"", "\"6\" , ,\t\"7\","})
        EXPECT_EQ(check(with_empty_elements), 200) << with_empty_elements;
    EXPECT_EQ(check(","), 400);
    EXPECT_EQ(check(""), 400);
    EXPECT_EQ(check("\"7\" \"8\""), 400);
}

TEST(etag_test, a_weak_tag_of_the_version_is_told_from_a_stale_one) {
    const auto kind = [](std::string value) {
        return check_if_match(with_header("If-Match", std::move(value)), 7).error().kind;
    };
    EXPECT_EQ(kind("W/\"7\""), "weak_etag");
    EXPECT_EQ(kind("\"6\", W/\"7\""), "weak_etag");
    EXPECT_EQ(kind("W/\"6\""), "stale_version");
}

TEST(etag_test, several_lines_are_one_list) {
    request r = with_header("If-Match", "\"6\"");
    r.headers.push_back(header{"If-None-Match", "\"6\""});
    EXPECT_FALSE(check_if_match(r, 7));
    EXPECT_FALSE(not_modified(r, 7));
    r.headers.push_back(header{"if-match", "\"7\""});
    r.headers.push_back(header{"if-none-match", "\"7\""});
    EXPECT_TRUE(check_if_match(r, 7));
    EXPECT_TRUE(not_modified(r, 7));
    r.headers.push_back(header{"If-Match", "nonsense"});
    EXPECT_EQ(check_if_match(r, 7).error().kind, "bad_if_match");
}

TEST(etag_test, if_none_match) {
    EXPECT_FALSE(not_modified(request(), 7));
    EXPECT_TRUE(not_modified(with_header("If-None-Match", "W/\"7\""), 7));
    EXPECT_TRUE(not_modified(with_header("If-None-Match", "\"1\" , \"7\""), 7));
    EXPECT_TRUE(not_modified(with_header("If-None-Match", "*"), 7));
    EXPECT_FALSE(not_modified(with_header("If-None-Match", "\"8\""), 7));
    EXPECT_TRUE(not_modified(with_header("If-None-Match", ", \"1\",,\"7\""), 7));
    EXPECT_FALSE(not_modified(with_header("If-None-Match", "nonsense"), 7));
}

TEST(etag_test, a_malformed_condition_is_refused_whichever_it_is) {
    for (const char* name : {"If-Match", "If-None-Match"}) {
        for (const char* bad : {"nonsense", "7", "\"7\" \"8\"", "*, \"8\"", ",", ""}) {
            request r = with_header(name, bad);
            for (const method each : {method::get, method::patch, method::delete_}) {
                r.method = each;
                const auto refused = check_preconditions(r, 7);
                ASSERT_FALSE(refused) << name << ": " << bad;
                EXPECT_EQ(refused.error().kind, name == std::string("If-Match") ? "bad_if_match" : "bad_if_none_match");
            }
        }
    }
}

TEST(etag_test, if_none_match_forbids_changes_of_what_it_names) {
    for (const char* named : {"*", "\"7\"", "\"1\", W/\"7\""}) {
        request r = with_header("If-None-Match", named);
        for (const method changes : {method::patch, method::delete_, method::post}) {
            r.method = changes;
            const auto refused = check_preconditions(r, 7);
            ASSERT_FALSE(refused) << named;
            EXPECT_EQ(status_of(refused.error().code), 412);
        }
        for (const method reads : {method::get, method::head}) {
            r.method = reads;
            EXPECT_TRUE(check_preconditions(r, 7)) << "what is read is 304";
        }
    }
    request other = with_header("If-None-Match", "\"6\"");
    other.method = method::delete_;
    EXPECT_TRUE(check_preconditions(other, 7));
    request stale = with_header("If-Match", "\"6\"");
    stale.method = method::get;
    EXPECT_EQ(check_preconditions(stale, 7).error().kind, "stale_version");
}

std::string cors(const std::vector<std::string>& origins, std::string origin, method m = method::get) {
    request asked;
    asked.method = m;
    if (!origin.empty()) asked.headers.push_back(header{"origin", std::move(origin)});
    if (m == method::options) asked.headers.push_back(header{"Access-Control-Request-Method", "PATCH"});
    return cors_lines(origins, asked, response(204).with("Allow", "GET, PATCH, HEAD, OPTIONS"));
}

TEST(cors_test, says_nothing_unless_it_was_asked_to) {
    EXPECT_EQ(cors({}, "https://app.example"), "");
    EXPECT_EQ(cors({}, "https://app.example", method::options), "");
}

// row: RP-8.cors
TEST(cors_test, lets_listed_origins_in_and_no_others) {
    const std::vector<std::string> listed{"https://app.example", "http://localhost:5173"};
    for (const std::string& each : listed) {
        EXPECT_THAT(cors(listed, each), HasSubstr("Access-Control-Allow-Origin: " + each + "\r\n"));
        EXPECT_THAT(cors(listed, each), HasSubstr("Access-Control-Expose-Headers: Accept-Encoding, Allow, ETag, "));
        EXPECT_THAT(cors(listed, each), HasSubstr("Vary: Origin\r\n"));
    }
    for (const char* other : {"", "null", "https://app.example.evil", "https://app.exampl", "http://app.example",
                              "https://APP.example", "https://app.example:8443"})
        EXPECT_EQ(cors(listed, other), "Vary: Origin\r\n") << other;
}

TEST(cors_test, never_takes_credentials_from_anybody) {
    EXPECT_THAT(cors({"*"}, "https://app.example"), HasSubstr("Access-Control-Allow-Origin: *\r\n"));
    for (const method m : {method::get, method::options})
        EXPECT_THAT(cors({"*"}, "https://app.example", m), Not(HasSubstr("Credentials")));
}

TEST(cors_test, tells_a_preflight_what_may_be_sent) {
    const std::string told = cors({"https://app.example"}, "https://app.example", method::options);
    EXPECT_THAT(told, HasSubstr("Access-Control-Allow-Methods: GET, PATCH, HEAD, OPTIONS\r\n"));
    EXPECT_THAT(told, HasSubstr("Authorization, Content-Type, Idempotency-Key, If-Match"));
}

TEST(query_test, decodes_in_order) {
    EXPECT_THAT(parse_query("a=1&b=x+y%20z&a=%C3%A9&flag&&=v&c=d=e"),
                ElementsAre(Pair("a", "1"), Pair("b", "x y z"), Pair("a", "é"), Pair("flag", ""), Pair("", "v"),
                            Pair("c", "d=e")));
    EXPECT_TRUE(parse_query("").empty());
}

int body_status(std::string type, std::string body) {
    request r = with_header("Content-Type", std::move(type));
    r.body = std::move(body);
    const auto parsed = json_body(r);
    return parsed ? 200 : status_of(parsed.error().code);
}

TEST(json_body_test, wants_json_and_says_so) {
    for (const char* good : {"application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json",
                             "application/json;charset=\"UTF-8\"", "application/json ; x=y"})
        EXPECT_EQ(body_status(good, "{}"), 200) << good;
    for (const char* bad : {"", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1",
                            "application/jsonp", "text/json"})
        EXPECT_EQ(body_status(bad, "{}"), 415) << bad;
    EXPECT_EQ(body_status("application/json", ""), 400);
    EXPECT_EQ(body_status("application/json", "{"), 400);
}

TEST(json_body_test, takes_no_content_coding) {
    for (const char* coding : {"gzip", "br", "deflate, identity", "Identity, gzip", "x"}) {
        request r = with_header("Content-Type", "application/json");
        r.headers.push_back(header{"Content-Encoding", coding});
        r.body = "{}";
        const auto refused = json_body(r);
        ASSERT_FALSE(refused) << coding;
        const response told = problem(refused.error(), r);
        EXPECT_EQ(told.status, 415);
        EXPECT_TRUE(std::any_of(told.headers.begin(), told.headers.end(), [](const header& each) {
            return each.name == "Accept-Encoding" && each.value == "identity";
        })) << coding;
    }
    for (const char* none : {"identity", "Identity", " identity , identity", ""}) {
        request r = with_header("Content-Type", "application/json");
        r.headers.push_back(header{"Content-Encoding", none});
        r.body = "{}";
        EXPECT_TRUE(json_body(r)) << none;
    }
    request text = with_header("Content-Type", "text/plain");
    text.body = "{}";
    for (const header& each : problem(json_body(text).error(), text).headers)
        EXPECT_NE(each.name, "Accept-Encoding") << "the coding is not what is wrong";
}

TEST(problem_test, carries_everything_a_client_needs) {
    field_errors fields;
    fields.add("/name", "is required");
    request r;
    r.path = "/v1/tasks";
    r.id = "trace-1";
    const response p = problem(error(std::move(fields)), r);
    EXPECT_EQ(p.status, 422);
    EXPECT_EQ(p.content_type, "application/problem+json");
    EXPECT_EQ(p.body,
              R"({"type":"/problems/invalid","title":"Unprocessable Content","status":422,)"
              R"("detail":"Some fields are not valid.","instance":"/v1/tasks","code":"invalid","trace_id":"trace-1",)"
              R"("errors":[{"pointer":"/name","detail":"is required"}]})");
}

TEST(problem_test, internal_errors_tell_nothing) {
    error secret(errc::internal, "SELECT password FROM users", "sqlite_broken");
    secret.fields.push_back(field_error{"/x", "leak"});
    const response p = problem(secret, request());
    EXPECT_EQ(p.status, 500);
    EXPECT_THAT(p.body, Not(HasSubstr("SELECT")));
    EXPECT_THAT(p.body, Not(HasSubstr("sqlite")));
    EXPECT_THAT(p.body, Not(HasSubstr("leak")));
}

TEST(problem_test, a_401_says_how_to_authenticate) {
    const error who(errc::unauthorized, "Sign in.");
    const auto challenge = [&](const request& r) { return problem(who, r).headers.at(0).value; };
    EXPECT_EQ(challenge(request()), "Bearer");
    EXPECT_EQ(challenge(with_header("Authorization", "Bearer x")), "Bearer error=\"invalid_token\"");
}

TEST(problem_test, every_code_has_its_status_and_a_title) {
    for (int i = 0; i <= static_cast<int>(errc::deadline_exceeded); ++i) {
        const auto code = static_cast<errc>(i);
        EXPECT_NE(reason_of(status_of(code)), "Unknown") << name_of(code);
        EXPECT_GE(status_of(code), 400);
    }
}

TEST(response_text_test, statuses_without_a_body_have_none) {
    std::string out;
    response r(204, "{}");
    append_response(out, r, wire_options());
    EXPECT_THAT(out, Not(HasSubstr("Content-Length")));
    EXPECT_TRUE(out.ends_with("\r\n\r\n"));
}

TEST(response_text_test, a_handlers_cache_control_replaces_ours) {
    std::string out;
    append_response(out, response(200, "{}").with("cache-control", "private, max-age=60"), wire_options());
    EXPECT_THAT(out, HasSubstr("max-age=60"));
    EXPECT_THAT(out, Not(HasSubstr("no-store")));
}

TEST(response_text_test, the_date_has_the_fixed_form) {
    EXPECT_THAT(http_date_now(), testing::MatchesRegex("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT"));
}

}  // namespace
}  // namespace tenon::http
