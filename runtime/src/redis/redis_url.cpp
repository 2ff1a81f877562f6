// Reads redis:// and unix:// URLs.
#include "redis/redis_url.hpp"

#include <charconv>
#include <optional>

#include "core/percent.hpp"

namespace tenon::redis {
namespace {

constexpr unsigned database_max = 1'000'000;
constexpr std::size_t socket_path_max = 107;  // sockaddr_un::sun_path, without its last zero

error unreadable(std::string_view what) {
    return error(errc::invalid, "The Redis URL " + std::string(what) +
                                    "; redis://USER:PASSWORD@HOST:PORT/DB or unix://USER:PASSWORD@/PATH?db=N is "
                                    "expected, with what is special in a part percent-encoded.");
}

std::optional<unsigned> number(std::string_view text, unsigned max) {
    unsigned value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size() || value > max) return std::nullopt;
    return value;
}

result<std::string> decoded(std::string_view text) {
    auto out = percent_decode(text, false);
    if (!out || out->find('\0') != out->npos) return unreadable("has a user or a password that is not percent-encoded");
    return std::move(*out);
}

/// Takes "user:password@" from the front of `rest`.
result<void> take_credentials(std::string_view& rest, address& out) {
    const std::size_t at = rest.find('@');
    if (at == rest.npos) return {};
    const std::string_view credentials = rest.substr(0, at);
    rest.remove_prefix(at + 1);
    if (rest.find('@') != rest.npos) return unreadable("has an '@' too many");
    // A '/' that was not encoded ends the password early, and the rest of it would pass for a host.
    if (credentials.find('/') != credentials.npos) return unreadable("has a '/' in its password");
    const std::size_t colon = credentials.find(':');
    if (colon == credentials.npos) return unreadable("has a user without a password");
    TRY_ASSIGN(out.user, decoded(credentials.substr(0, colon)));
    TRY_ASSIGN(out.password, decoded(credentials.substr(colon + 1)));
    if (out.password.empty()) return unreadable("has a user without a password");
    return {};
}

/// "host", "host:port", "[v6]:port".
result<void> take_host(std::string_view text, address& out) {
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == text.npos) return unreadable("has a '[' without its ']'");
        out.host = text.substr(1, close - 1);
        port = text.substr(close + 1);
        if (!port.empty() && port.front() != ':') return unreadable("has something behind the ']'");
    } else {
        const std::size_t colon = std::min(text.find(':'), text.size());
        out.host = text.substr(0, colon);
        port = text.substr(colon);
    }
    if (out.host.empty()) return unreadable("names no host");
    for (const char c : out.host) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '\x7F') return unreadable("has a host with a blank in it");
    }
    if (port.empty()) return {};
    const auto value = number(port.substr(1), 65'535);
    if (!value || *value == 0) return unreadable("has a port that is no number from 1 to 65535");
    out.port = static_cast<std::uint16_t>(*value);
    return {};
}

result<void> take_database(std::string_view text, address& out) {
    const auto value = number(text, database_max);
    if (!value) return unreadable("has a database that is no number");
    out.database = static_cast<int>(*value);
    return {};
}

result<address> parse_tcp(std::string_view rest) {
    address out;
    TRY(take_credentials(rest, out));
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    TRY(take_host(rest.substr(0, slash), out));
    if (slash + 1 < rest.size()) TRY(take_database(rest.substr(slash + 1), out));
    return out;
}

result<address> parse_unix(std::string_view rest) {
    address out;
    TRY(take_credentials(rest, out));
    constexpr std::string_view option = "?db=";
    const std::size_t mark = std::min(rest.find('?'), rest.size());
    if (mark < rest.size()) {
        if (!rest.substr(mark).starts_with(option)) return unreadable("has an option other than ?db=N");
        TRY(take_database(rest.substr(mark + option.size()), out));
    }
    out.path = rest.substr(0, mark);
    if (!out.path.starts_with('/')) return unreadable("names no absolute path of a socket");
    if (out.path.size() > socket_path_max) return unreadable("has a socket's path of more than 107 bytes");
    if (out.path.find('\0') != out.path.npos) return unreadable("has a zero byte");
    return out;
}

}  // namespace

result<address> parse_url(std::string_view url) {
    constexpr std::string_view tcp = "redis://";
    constexpr std::string_view local = "unix://";
    if (url.starts_with("rediss://"))
        return error(errc::invalid,
                     "The Redis URL asks for TLS, which this build's Redis library cannot do; use redis:// in a "
                     "private network, or a TLS tunnel such as stunnel beside the service.");
    if (url.starts_with(tcp)) return parse_tcp(url.substr(tcp.size()));
    if (url.starts_with(local)) return parse_unix(url.substr(local.size()));
    return unreadable("names no Redis");
}

}  // namespace tenon::redis
