// Reads one HTTP/1 request with Beast's parser, straight into our own request.
#include "http/request_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

#include "http/ascii.hpp"

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
    return equal_ignoring_case(name, "Host") || equal_ignoring_case(name, "Authorization") ||
           equal_ignoring_case(name, "Content-Type") || equal_ignoring_case(name, "Transfer-Encoding");
}

// Also when its value is empty, which `header_value` cannot tell from absent.
bool is_among(const std::vector<header>& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(),
                       [&](const header& each) { return equal_ignoring_case(each.name, name); });
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
        if (!expect.empty() && !equal_ignoring_case(expect, "100-continue"))
            return refusal(417,
                           error(errc::bad_request, "Only Expect: 100-continue is understood.", "bad_expectation"));
        if (!is_among(into_.headers, "Transfer-Encoding")) return check_host();
        const std::string_view coding = into_.header_value("Transfer-Encoding");
        if (version_ == 10) return bad_request("HTTP/1.0 has no Transfer-Encoding.");
        if (!equal_ignoring_case(trimmed(coding), "chunked"))
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
        if (in_body_) return;  // trailers never become headers: they would come too late for every check
        if (into_.headers.size() >= options_.max_headers)
            return refuse(refusal(431, error(errc::headers_too_large, "There are too many headers.")), failure);
        const std::string_view plain = view(name);
        if (equal_ignoring_case(plain, "Host")) ++hosts_;
        if (must_be_single(plain) && is_among(into_.headers, plain))
            return refuse(bad_request("The header " + std::string(plain) + " is there twice."), failure);
        into_.headers.push_back(header{std::string(plain), std::string(view(value))});
    }
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        in_body_ = true;
        if (length) into_.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, 64 * 1024)));
    }
    std::size_t on_body_impl(string_view part, error_code&) override {
        into_.body.append(part.data(), part.size());
        return part.size();
    }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override { in_body_ = true; }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view part, error_code&) override {
        into_.body.append(part.data(), part.size());
        return part.size();
    }
    void on_finish_impl(error_code&) override {}

    const server_options& options_;
    request& into_;
    std::size_t hosts_ = 0;
    int version_ = 0;  // 11 for HTTP/1.1
    bool in_body_ = false;
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

}  // namespace

struct request_parser::impl {
    sink parser;
    bool header_reported = false;
    impl(const server_options& options, request& into) : parser(options, into) {}
};

request_parser::request_parser(const server_options& options, request& into)
    : impl_(std::make_unique<impl>(options, into)) {}
request_parser::~request_parser() = default;

result<request_parser::progress, refusal> request_parser::feed(std::string_view bytes, std::size_t& used) {
    sink& parser = impl_->parser;
    error_code failure;
    parser.eager(impl_->header_reported);
    used = parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), failure);
    if (failure && failure != bh::error::need_more)
        return unexpected(parser.refused ? *parser.refused : refusal_for(failure));
    if (parser.is_header_done() && !impl_->header_reported) {
        impl_->header_reported = true;
        if (auto refused = parser.check_header()) return unexpected(std::move(*refused));
        return progress::header_done;
    }
    return parser.is_done() ? progress::done : progress::need_more;
}

bool request_parser::done() const {
    return impl_->parser.is_done();
}

bool request_parser::keep_alive() const {
    return impl_->parser.keep_alive();
}

bool request_parser::expects_continue() const {
    const sink& parser = impl_->parser;
    if (parser.version() != 11 || parser.is_done()) return false;
    const auto left = parser.content_length_remaining();
    return parser.chunked() || (left && *left > 0);
}

const std::string& request_parser::unknown_method() const {
    return impl_->parser.unknown_method;
}

}  // namespace tenon::http
