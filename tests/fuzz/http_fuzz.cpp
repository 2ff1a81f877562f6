// Fuzzes the request reader: the same bytes in one piece and in two must be understood alike, and routing, conditions
// and problem documents must survive whatever was read.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include <tenon/http/body.hpp>
#include <tenon/http/etag.hpp>
#include <tenon/http/problem.hpp>

#include "http/request_parser.hpp"
#include "http/response_text.hpp"
#include "service/router.hpp"

namespace {

using namespace tenon;
using namespace tenon::http;
using namespace tenon::service;

void require(bool holds) {
    if (!holds) std::abort();
}

// Routes are found here, never called. Not a coroutine: clang 14 cannot assemble one that it instruments.
task<result<response>> never(open_call&) {
    std::abort();
}
constexpr route table[] = {
    open_route(method::get, "/a/{x}", "one", never),
    open_route(method::get, "/a/b/{x}", "two", never),
    open_route(method::post, "/{x}/{y}/c", "three", never),
};

struct outcome {
    int refused = 0;  // its status
    bool whole = false;
    request read;
};

// Feeds `bytes` as a connection does that has read the first `first_piece` of them on their own.
outcome feed(const server_options& options, std::string_view bytes, std::size_t first_piece) {
    outcome out;
    byte_lease memory;
    request_parser parser(options, out.read, memory);
    first_piece = std::min(first_piece, bytes.size());
    for (std::string_view piece : {bytes.substr(0, first_piece), bytes.substr(first_piece)}) {
        auto fed = parser.feed(piece);
        if (fed && *fed == request_parser::progress::header_done) fed = parser.feed(piece);
        if (!fed) {
            out.refused = fed.error().status;
            return out;
        }
        out.whole = parser.done();
        if (out.whole) return out;
        require(piece.empty());
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    server_options options;
    options.max_header_bytes = 1024;
    options.max_body_bytes = 512;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const outcome at_once = feed(options, bytes, bytes.size());
    const outcome in_two = feed(options, bytes, data[0]);
    require(at_once.whole == in_two.whole && at_once.refused == in_two.refused);
    if (!at_once.whole) return 0;
    require(at_once.read.path == in_two.read.path && at_once.read.body == in_two.read.body &&
            at_once.read.headers.size() == in_two.read.headers.size());
    require(at_once.read.body.size() <= options.max_body_bytes);

    const router routes(table);
    const match found = routes.find(at_once.read.method, at_once.read.path);
    require((found.what == match::outcome::found) == (found.route != nullptr));
    parse_query(at_once.read.query);
    not_modified(at_once.read, 1);
    std::string out;
    const auto conditional = check_if_match(at_once.read, 1);
    if (!conditional) append_response(out, problem(conditional.error(), at_once.read), wire_options());
    const auto body = json_body(at_once.read);
    if (!body) append_response(out, problem(body.error(), at_once.read), wire_options());
    return 0;
}
