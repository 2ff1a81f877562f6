// Requests by hand, and sizes around the edges.
#include "http/request_corpus.hpp"

namespace tenon::test {
namespace {

using namespace std::string_literals;

const std::string get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
const std::string post = "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
const std::string chunked = "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

// A request with these header lines.
std::string with(const std::string& lines, const std::string& body = "") {
    return "POST /w HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n" + body;
}
std::string with_length(const std::string& body) {
    return with("Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}
// A request whose header has exactly `size` bytes.
std::string with_header_of(std::size_t size, const std::string& lines = "") {
    const std::string start = "POST /h HTTP/1.1\r\nHost: x\r\n" + lines + "X-Pad: ";
    return start + std::string(size - start.size() - 4, 'p') + "\r\n\r\n";
}
std::string chunk(const std::string& data) {
    constexpr char digits[] = "0123456789abcdef";
    std::string size;
    for (std::size_t left = data.size(); left > 0; left /= 16) size.insert(size.begin(), digits[left % 16]);
    return size + "\r\n" + data + "\r\n";
}

std::vector<sent_bytes> good_requests() {
    return {
        {"get", get},
        {"query", "GET /a/b?c=d&e=%20 HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"head", "HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"delete", "DELETE /a HTTP/1.1\r\nHost: x\r\nIf-Match: \"1\"\r\n\r\n"},
        {"http_1_0", "GET /a HTTP/1.0\r\n\r\n"},
        {"http_1_0_kept", "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + get},
        {"close", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"},
        {"close_then_more", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + get},
        {"asterisk", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"absolute_form", "GET http://x/a?b HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"blank_lines_before", "\r\n\r\n\r\n" + get},
        {"blank_lines_between", get + "\r\n\r\n" + get + "\r\n" + post + "\r\n" + get},
        {"empty_value", "GET /a HTTP/1.1\r\nHost: x\r\nX-Empty:\r\nX-Blank:  \t \r\n\r\n"},
        {"folded_value", "GET /a HTTP/1.1\r\nHost: x\r\nX-Folded: a\r\n  b\r\n\tc\r\n\r\n" + get},
        {"pipelined", get + get + get + get + get},
        {"pipelined_with_bodies", post + get + post + post + get},
        {"held_pipelined", "GET /held HTTP/1.1\r\nHost: x\r\n\r\n" + post + get},
        {"no_length", "POST /p HTTP/1.1\r\nHost: x\r\n\r\n" + get},
        {"length_zero", with_length("") + get},
        {"length_with_zeros", with("Content-Length: 003\r\n", "abc") + get},
        {"body_like_a_header", with_length("Authorization: Bearer stolen\r\n\r\n") + get},
        {"body_like_a_request", with_length(get) + get},
        {"body_of_blank_lines", with_length("\r\n\r\n\r\n") + get},
        {"continue", with("Expect: 100-continue\r\nContent-Length: 3\r\n", "abc") + get},
        {"continue_chunked",
         with("Expect: 100-Continue\r\nTransfer-Encoding: chunked\r\n", chunk("abc") + "0\r\n\r\n")},
        {"continue_without_a_body", "GET /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n" + get},
        {"continue_in_1_0", "POST /p HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc"},
        {"continue_pipelined", get + with("Expect: 100-continue\r\nContent-Length: 3\r\n", "abc") + post},
        {"chunks", chunked + chunk("abc") + chunk("0123456789abcdef") + "0\r\n\r\n" + get},
        {"chunks_of_nothing", chunked + "0\r\n\r\n" + post},
        {"chunks_like_framing", chunked + chunk("\r\n0\r\n\r\n") + chunk(get) + "0\r\n\r\n" + get},
        {"chunk_size_forms", chunked + "0A\r\n0123456789\r\n00000a\r\n0123456789\r\n000\r\n\r\n" + get},
        {"chunk_extensions", chunked + "3;a=b\r\nabc\r\n3 ; q=\"x;y\"\r\nabc\r\n0;last\r\n\r\n" + get},
        {"trailers", chunked + chunk("abc") + "0\r\nX-Sum: 1\r\nX-Other:\r\n\r\n" + get},
        {"trailers_that_lie", chunked + "0\r\nContent-Length: 99\r\nAuthorization: late\r\n\r\n" + get},
    };
}

std::vector<sent_bytes> bad_requests() {
    return {
        {"tls", "\x16\x03\x01\x02\x00\x01\xfc\x03\x03 hello"s},
        {"garbage_after_good", get + "\x16\x03\x01 hello\r\n\r\n" + get},
        {"bare_newlines", "GET /a HTTP/1.1\nHost: x\n\n"},
        {"bare_newline_in_a_header", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\nC: d\r\n\r\n"},
        {"bare_newline_at_the_end", "GET /a HTTP/1.1\r\nHost: x\r\n\n" + get},
        {"bare_return", "GET /a HTTP/1.1\r\nHost: x\rA: b\r\n\r\n"},
        {"bare_return_first", "\rGET /a HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"newline_first", "\n" + get},
        {"blank_first", " " + get},
        {"null_in_a_header", "GET /a HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n"s},
        {"no_host", "GET /a HTTP/1.1\r\n\r\n" + get},
        {"two_hosts", with("Host: y\r\n")},
        {"two_authorizations", with("Authorization: a\r\nAuthorization: b\r\n")},
        {"space_before_colon", with("A : b\r\n")},
        {"no_colon", with("A\r\n")},
        {"no_name", with(": a\r\n")},
        {"folded_first", "GET /a HTTP/1.1\r\n Host: x\r\n\r\n"},
        {"no_version", "GET /a\r\nHost: x\r\n\r\n"},
        {"version_1_2", "GET /a HTTP/1.2\r\nHost: x\r\n\r\n"},
        {"http_2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {"two_blanks", "GET  /a HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"unknown_method", "BREW /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" + get},
        {"connect", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"relative_target", "GET a HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"fragment", "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"other_expectation", with("Expect: tea\r\nContent-Length: 3\r\n", "abc")},
        {"length_and_chunks", with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + get)},
        {"chunks_and_length", with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n" + get)},
        {"two_lengths", with("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd")},
        {"length_twice", with("Content-Length: 3\r\nContent-Length: 3\r\n", "abc" + get)},
        {"negative_length", with("Content-Length: -3\r\n", "abc")},
        {"length_with_plus", with("Content-Length: +3\r\n", "abc")},
        {"endless_length", with("Content-Length: 99999999999999999999\r\n", "abc")},
        {"gzip", with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
        {"empty_coding", with("Transfer-Encoding:\r\nContent-Length: 1\r\n", "a")},
        {"chunked_twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        {"chunked_in_1_0", "POST /p HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"chunk_without_a_size", chunked + "\r\nabc\r\n"},
        {"chunk_size_not_hex", chunked + "3g\r\nabc\r\n0\r\n\r\n"},
        {"chunk_size_with_sign", chunked + "+3\r\nabc\r\n0\r\n\r\n"},
        {"chunk_size_too_long", chunked + "00000000000000003\r\nabc\r\n0\r\n\r\n"},
        {"chunk_size_overflows", chunked + "ffffffffffffffff\r\nabc\r\n0\r\n\r\n"},
        {"chunk_longer_than_its_size", chunked + "3\r\nabcd\r\n0\r\n\r\n"},
        {"chunk_with_bare_newline", chunked + "3\nabc\r\n0\r\n\r\n"},
        {"chunk_extension_with_newline", chunked + "3;a\nb\r\nabc\r\n0\r\n\r\n"},
        {"trailer_without_colon", chunked + "0\r\nA\r\n\r\n" + get},
        {"trailer_with_bare_newline", chunked + "0\r\nA: b\n\r\n" + get},
        {"half_a_header", post + "GET /a HTTP/1.1\r\nHo"},
        {"half_a_body", get + "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\nabc"},
        {"half_a_chunk", chunked + "30\r\nabc"},
        {"half_a_blank_line", get + "\r"},
    };
}

}  // namespace

http::server_options corpus_options() {
    http::server_options out;
    out.max_header_bytes = 6 * 1024;
    out.max_headers = 20;
    out.max_open_body_bytes = 20 * 1024;
    out.max_body_bytes = 80 * 1024;
    return out;
}

std::vector<sent_bytes> short_requests() {
    std::vector<sent_bytes> out = good_requests();
    for (sent_bytes& each : bad_requests()) out.push_back(std::move(each));
    for (const std::size_t headers : {19U, 20U}) {  // and Host
        std::string lines;
        for (std::size_t i = 0; i < headers; ++i) lines += "A: b\r\n";
        out.push_back({"headers_" + std::to_string(headers), with(lines) + get});
    }
    return out;
}

std::vector<sent_bytes> long_requests() {
    std::vector<sent_bytes> out;
    const auto add = [&](const std::string& name, std::size_t size, std::string bytes) {
        out.push_back({name + "_" + std::to_string(size), std::move(bytes)});
    };
    const http::server_options limits = corpus_options();
    // A header is read in steps of 4 KiB.
    for (const std::size_t size : {4095U, 4096U, 4097U, 4098U}) {
        add("header", size, with_header_of(size, "Content-Length: 3\r\n") + "A:b" + get);
        add("pipelined_header", size, get + with_header_of(size - get.size()) + post);
    }
    for (const std::size_t size : {limits.max_header_bytes, limits.max_header_bytes + 1})
        add("header", size, with_header_of(size) + get);
    add("target", 7000, "GET /" + std::string(7000, 'x'));
    add("trailers", 7000, chunked + "0\r\nA: " + std::string(7000, 'x') + "\r\n\r\n");
    add("extension", 7000, chunked + "3;" + std::string(7000, 'x') + "\r\nabc\r\n0\r\n\r\n");
    // Chunks are read in steps of 16 KiB, other bodies in up to 64 KiB; what is not large is answered in one piece.
    for (const std::size_t size : {16383U, 16384U, 16385U}) {
        add("body", size, with_length(std::string(size, 'b')) + get);
        add("chunk", size, chunked + chunk(std::string(size, 'c')) + "0\r\n\r\n" + get);
    }
    for (const std::size_t size : {limits.max_open_body_bytes, limits.max_open_body_bytes + 1})
        add("body", size, with_length(std::string(size, 'b')) + get);
    for (const std::size_t size : {65535U, 65536U, 65537U})
        add("body", size, with_length(std::string(size, 'b')) + get);
    for (const std::size_t size : {limits.max_body_bytes, limits.max_body_bytes + 1}) {
        add("body", size, with_length(std::string(size, 'b')) + get);
        add("chunks", size,
            chunked + chunk(std::string(40'000, 'c')) + chunk(std::string(size - 40'000, 'd')) + "0\r\n\r\n");
    }
    return out;
}

}  // namespace tenon::test
