// What the server refuses before any handler sees it: framing that two readers could read differently, and too much of
// anything.
#include <gmock/gmock.h>

#include "http/server_fixture.hpp"

namespace tenon::http {
namespace {

using test::body_of;
using test::has_header;
using test::raw_client;
using test::status_of;
using testing::HasSubstr;

// Bytes that must be refused, with the status, a problem document and a closed connection.
struct refused_case {
    const char* name;
    std::string bytes;
    int status;
};
class refusal_test : public server_test, public testing::WithParamInterface<refused_case> {};

TEST_P(refusal_test, is_refused_and_closed) {
    options.max_body_bytes = 1000;
    raw_client client(start());
    client.send(GetParam().bytes);
    const std::string got = client.response();
    EXPECT_EQ(status_of(got), GetParam().status) << got;
    EXPECT_TRUE(has_header(got, "Content-Type: application/problem+json"));
    EXPECT_TRUE(has_header(got, "Connection: close"));
    EXPECT_THAT(body_of(got), HasSubstr("\"status\":" + std::to_string(GetParam().status)));
    EXPECT_TRUE(client.closed());
    EXPECT_EQ(handler.handled, 0);
    EXPECT_EQ(handler.last_status, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    bytes, refusal_test,
    testing::Values(
        refused_case{"garbage", "\x16\x03\x01 hello\r\n\r\n", 400},
        refused_case{"no_host", "GET / HTTP/1.1\r\n\r\n", 400},
        refused_case{"two_hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        refused_case{"two_authorizations", "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n",
                     400},
        refused_case{"length_and_chunked",
                     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                     400},
        refused_case{"chunked_and_length",
                     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                     400},
        refused_case{"two_lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                     400},
        refused_case{"negative_length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\n", 400},
        refused_case{"length_with_plus", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc", 400},
        refused_case{"endless_length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
                     400},
        refused_case{"gzip_coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                     501},
        refused_case{"empty_coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\nContent-Length: 1\r\n\r\na",
                     501},
        refused_case{"empty_coding_before_chunked",
                     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                     400},
        refused_case{"empty_authorization_first",
                     "GET / HTTP/1.1\r\nHost: a\r\nAuthorization:\r\nAuthorization: b\r\n\r\n", 400},
        refused_case{"chunked_in_1_0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        refused_case{"space_before_colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
        refused_case{"bare_newlines", "GET / HTTP/1.1\nHost: a\n\n", 400},
        refused_case{"unknown_method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        refused_case{"connect", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        refused_case{"http_2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        refused_case{"fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        refused_case{"relative_target", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        refused_case{"other_expectation", "GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", 417},
        refused_case{"announced_body_too_large", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413},
        refused_case{"chunked_body_too_large",
                     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" +
                         std::string(1001, 'x') + "\r\n0\r\n\r\n",
                     413},
        refused_case{"bad_chunk", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        refused_case{"one_long_header", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17 * 1024, 'x') + "\r\n\r\n",
                     431},
        refused_case{"endless_target", "GET /" + std::string(17 * 1024, 'x'), 431},
        refused_case{"many_headers",
                     [] {
                         std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\n";
                         for (int i = 0; i < 200; ++i) bytes += "A: b\r\n";
                         return bytes + "\r\n";
                     }(),
                     431}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace tenon::http
