// Frames a request; its header is read by Beast's parser, straight into our own request.
#include "http/request_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

#include "core/ascii.hpp"

namespace tenon::http {
namespace {

namespace bh = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

std::string_view view(string_view text) {
    return std::string_view(text.data(), text.size());
}

refusal bad_request(std::string detail) {
    return refusal(400, error(errc::bad_request, std::move(detail), "bad_http"));
}

std::optional<method> known_method(bh::verb verb) {
    switch (verb) {
        case bh::verb::get:
            return method::get;
        case bh::verb::head:
            return method::head;
        case bh::verb::post:
            return method::post;
        case bh::verb::put:
            return method::put;
        case bh::verb::patch:
            return method::patch;
        case bh::verb::delete_:
            return method::delete_;
        case bh::verb::options:
            return method::options;
        default:
            return std::nullopt;
    }
}

// Headers whose repetition would leave two readers with two opinions.
bool must_be_single(std::string_view name) {
    return ascii::equal_ignoring_case(name, "Host") || ascii::equal_ignoring_case(name, "Authorization") ||
           ascii::equal_ignoring_case(name, "Content-Type") || ascii::equal_ignoring_case(name, "Transfer-Encoding");
}

// Also when its value is empty, which `header_value` cannot tell from absent.
bool is_among(const std::vector<header>& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(),
                       [&](const header& each) { return ascii::equal_ignoring_case(each.name, name); });
}

class sink final : public bh::basic_parser<true> {
  public:
    sink(const server_options& options, request& into) : options_(options), into_(into) {
        header_limit(static_cast<std::uint32_t>(options.max_header_bytes));
        body_limit(options.max_body_bytes);
    }

    int version() const { return version_; }

    std::string unknown_method;
    std::optional<refusal> refused;  // set together with an error code by one of our own checks

    std::optional<refusal> check_header() const {
        if (version_ != 10 && version_ != 11)
            return refusal(505, error(errc::bad_request, "Only HTTP/1.0 and HTTP/1.1 are spoken here.", "bad_version"));
        const std::string_view expect = into_.header_value("Expect");
        if (!expect.empty() && !ascii::equal_ignoring_case(expect, "100-continue"))
            return refusal(417,
                           error(errc::bad_request, "Only Expect: 100-continue is understood.", "bad_expectation"));
        if (!is_among(into_.headers, "Transfer-Encoding")) return check_host();
        const std::string_view coding = into_.header_value("Transfer-Encoding");
        if (version_ == 10) return bad_request("HTTP/1.0 has no Transfer-Encoding.");
        if (!ascii::equal_ignoring_case(ascii::trimmed(coding), "chunked"))
            return refusal(501,
                           error(errc::bad_request, "Only the chunked transfer coding is understood.", "bad_coding"));
        return check_host();
    }

  private:
    std::optional<refusal> check_host() const {
        if (version_ == 11 && hosts_ != 1) return bad_request("A request needs exactly one Host header.");
        return std::nullopt;
    }

    void refuse(refusal why, error_code& failure) {
        refused = std::move(why);
        failure = bh::error::bad_field;
    }

    void on_request_impl(bh::verb verb, string_view name, string_view target, int version,
                         error_code& failure) override {
        version_ = version;
        if (const auto known = known_method(verb)) {
            into_.method = *known;
        } else {
            unknown_method = view(name);
        }
        std::string_view rest = view(target);
        for (const std::string_view scheme : {"http://", "https://"}) {
            if (!rest.starts_with(scheme)) continue;
            // The absolute form (RFC 9112, section 3.2.2): Host is checked anyway, so the authority can go.
            rest.remove_prefix(scheme.size());
            rest.remove_prefix(std::min(rest.find_first_of("/?"), rest.size()));
            if (rest.empty()) rest = "/";
            break;
        }
        const bool asterisk = rest == "*" && verb == bh::verb::options;
        if (asterisk) rest = "/";
        if (!rest.starts_with('/') || rest.find('#') != std::string_view::npos)
            return refuse(bad_request("The request target is not a path."), failure);
        const std::size_t question = std::min(rest.find('?'), rest.size());
        into_.path.assign(rest.substr(0, question));
        into_.query.assign(question < rest.size() ? rest.substr(question + 1) : std::string_view());
    }
    void on_response_impl(int, string_view, int, error_code&) override {}

    void on_field_impl(bh::field, string_view name, string_view value, error_code& failure) override {
        if (into_.headers.size() >= options_.max_headers)
            return refuse(refusal(431, error(errc::headers_too_large, "There are too many headers.")), failure);
        const std::string_view plain = view(name);
        if (ascii::equal_ignoring_case(plain, "Host")) ++hosts_;
        if (must_be_single(plain) && is_among(into_.headers, plain))
            return refuse(bad_request("The header " + std::string(plain) + " is there twice."), failure);
        into_.headers.push_back(header{std::string(plain), std::string(view(value))});
    }
    void on_header_impl(error_code&) override {}
    // Bodies are read by the request_parser itself.
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(string_view part, error_code&) override { return part.size(); }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view part, error_code&) override { return part.size(); }
    void on_finish_impl(error_code&) override {}

    const server_options& options_;
    request& into_;
    std::size_t hosts_ = 0;
    int version_ = 0;  // 11 for HTTP/1.1
};

refusal refusal_for(const error_code& failure) {
    if (failure == bh::error::header_limit)
        return refusal(431, error(errc::headers_too_large, "The headers are too large."));
    if (failure == bh::error::body_limit)
        return refusal(413, error(errc::payload_too_large, "The body is larger than this service takes."));
    if (failure == bh::error::bad_version)
        return refusal(505, error(errc::bad_request, "Only HTTP/1.0 and HTTP/1.1 are spoken here.", "bad_version"));
    return bad_request("The request is not valid HTTP: " + failure.message() + ".");
}

// The size of the header when all of it is there, else 0; its first `known` bytes have been looked at before. A line
// that ends in a bare newline is refused at once: whoever sends such lines waits for an answer after the last of them.
result<std::size_t, refusal> end_of_header(std::string_view header, std::size_t known) {
    for (std::size_t at = header.find('\n', known); at != std::string_view::npos; at = header.find('\n', at + 1)) {
        if (at == 0 || header[at - 1] != '\r')
            return unexpected(bad_request("A header line ends without a carriage return."));
        if (at >= 2 && header[at - 2] == '\n') return at + 1;
    }
    return std::size_t{0};
}

// What a usual request needs is bounded by the number of connections.
constexpr std::size_t uncounted_bytes = 2 * 1024;

}  // namespace

refusal memory_short() {
    return refusal(503, error(errc::unavailable, "There is no memory left for this request now.", "memory_short"));
}

request_parser::request_parser(const server_options& options, request& into, byte_lease& memory)
    : options_(options), into_(into), memory_(memory), chunks_(options.max_body_bytes, options.max_header_bytes) {}

result<request_parser::progress, refusal> request_parser::feed(std::string_view& bytes) {
    if (state_ == state::blank) TRY(skip_blank_lines(bytes));
    switch (state_) {
        case state::blank:
            break;
        case state::header:
            return feed_header(bytes);
        case state::body:
            TRY(feed_body(bytes));
            break;
        case state::chunks:
            TRY(feed_chunks(bytes));
            break;
        case state::done:
            break;
    }
    return state_ == state::done ? progress::done : progress::need_more;
}

// Empty lines before a request line are skipped (RFC 9112, section 2.2), nowhere else.
result<void, refusal> request_parser::skip_blank_lines(std::string_view& bytes) {
    while (!bytes.empty()) {
        const char c = bytes.front();
        if (half_blank_ && c != '\n') return unexpected(bad_request("The request line begins with a carriage return."));
        if (!half_blank_ && c != '\r') {
            state_ = state::header;
            return {};
        }
        half_blank_ = !half_blank_;
        bytes.remove_prefix(1);
    }
    return {};
}

// The whole header goes to the library at once, so that it never sees where a read ended.
result<request_parser::progress, refusal> request_parser::feed_header(std::string_view& bytes) {
    const std::size_t room = options_.max_header_bytes - header_.size();
    const std::string_view part = bytes.substr(0, room);
    TRY(check_method(part));
    const std::size_t before = header_.size();
    std::string_view header = part;
    if (before > 0) {
        TRY(hold(header_, part.size(), options_.max_header_bytes));
        header = header_ += part;
    }
    TRY_ASSIGN(const std::size_t end, end_of_header(header, before));
    if (end > 0) {
        bytes.remove_prefix(end - before);
        TRY(read_header(header.substr(0, end)));
        std::string().swap(header_);
        return progress::header_done;
    }
    if (before == 0) {
        TRY(hold(header_, part.size(), options_.max_header_bytes));
        header_ = part;
    }
    bytes.remove_prefix(part.size());
    if (!bytes.empty()) return unexpected(refusal(431, error(errc::headers_too_large, "The headers are too large.")));
    return progress::need_more;
}

// What does not begin like HTTP is refused at once: its sender will hardly send the end of a header.
result<void, refusal> request_parser::check_method(std::string_view part) {
    if (method_read_) return {};
    for (const char c : part) {
        method_read_ = c == ' ';
        if (method_read_) return {};
        if (!ascii::is_token(c)) return unexpected(bad_request("The request line does not begin with a method."));
    }
    return {};
}

result<void, refusal> request_parser::read_header(std::string_view header) {
    sink parser(options_, into_);
    error_code failure;
    parser.eager(false);
    const std::size_t used = parser.put(boost::asio::const_buffer(header.data(), header.size()), failure);
    if (failure) return unexpected(parser.refused ? std::move(*parser.refused) : refusal_for(failure));
    if (used != header.size() || !parser.is_header_done())
        return unexpected(bad_request("The header ends in the midst of a line."));
    if (auto refused = parser.check_header()) return unexpected(std::move(*refused));
    unknown_method_ = std::move(parser.unknown_method);
    http_1_1_ = parser.version() == 11;
    // Older clients would have to be told that the connection stays, and wait for its end (RFC 9112, section 9.3).
    keep_alive_ = http_1_1_ && parser.keep_alive();
    const auto length = parser.content_length();
    body_left_ = length ? *length : 0;
    state_ = body_left_ > 0 ? state::body : state::done;
    if (parser.chunked()) state_ = state::chunks;
    header_bytes_ = header.size();
    return {};
}

result<void, refusal> request_parser::feed_body(std::string_view& bytes) {
    const std::string_view part =
        bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(body_left_, bytes.size())));
    const std::size_t left = static_cast<std::size_t>(body_left_);
    TRY(hold(into_.body, part.size(), into_.body.size() + left));
    into_.body += part;
    bytes.remove_prefix(part.size());
    body_left_ -= part.size();
    if (body_left_ == 0) state_ = state::done;
    return {};
}

result<void, refusal> request_parser::feed_chunks(std::string_view& bytes) {
    while (true) {
        std::string_view data;
        switch (chunks_.take(bytes, data)) {
            case chunk_reader::progress::need_more:
                return {};
            case chunk_reader::progress::data:
                TRY(hold(into_.body, data.size(), options_.max_body_bytes));
                into_.body += data;
                break;
            case chunk_reader::progress::done:
                state_ = state::done;
                return {};
            case chunk_reader::progress::malformed:
                return unexpected(bad_request("The body's chunks are not framed well."));
            case chunk_reader::progress::too_large:
                return unexpected(refusal_for(bh::error::body_limit));
        }
    }
}

// Makes room for `more` bytes in `text`, which will never hold more than `size_max`, and counts them.
result<void, refusal> request_parser::hold(std::string& text, std::size_t more, std::size_t size_max) {
    const std::size_t needed = text.size() + more;
    if (needed <= text.capacity()) return {};
    const std::size_t wanted = std::max(needed, std::min(size_max, 2 * text.capacity()));
    const std::size_t all = header_bytes_ + wanted;
    if (all > uncounted_bytes && !memory_.try_resize(all)) return unexpected(memory_short());
    text.reserve(wanted);
    return {};
}

std::optional<std::uint64_t> request_parser::body_length() const {
    if (state_ == state::chunks) return std::nullopt;
    return body_left_ + into_.body.size();
}

std::size_t request_parser::bytes_to_come() const {
    return state_ == state::body ? static_cast<std::size_t>(body_left_) : 0;
}

bool request_parser::expects_continue() const {
    return http_1_1_ && (state_ == state::body || state_ == state::chunks) && !into_.header_value("Expect").empty();
}

}  // namespace tenon::http
