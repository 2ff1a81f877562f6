// Reads addresses by inet_pton, after taking off what proxies put around them.
#include "core/ip_address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "core/ascii.hpp"

namespace tenon {
namespace {

bool is_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), port);
    return wrong == std::errc() && end == text.data() + text.size();
}

std::string text_of(int family, const void* address) {
    char out[INET6_ADDRSTRLEN];
    inet_ntop(family, address, out, sizeof out);
    return out;
}

std::optional<std::string> parse_four(std::string_view text) {
    in_addr four{};
    if (inet_pton(AF_INET, std::string(text).c_str(), &four) != 1) return std::nullopt;
    return text_of(AF_INET, &four);
}

std::optional<std::string> parse_six(std::string_view text) {
    // A zone ("fe80::1%eth0") is of the machine that wrote it, not of the client.
    in6_addr six{};
    if (inet_pton(AF_INET6, std::string(text.substr(0, text.find('%'))).c_str(), &six) != 1) return std::nullopt;
    constexpr std::uint8_t translated[12] = {0x00, 0x64, 0xff, 0x9b};  // RFC 6052
    if (IN6_IS_ADDR_V4MAPPED(&six) || std::equal(translated, translated + 12, six.s6_addr))
        return text_of(AF_INET, &six.s6_addr[12]);
    return text_of(AF_INET6, &six);
}

}  // namespace

std::optional<std::string> parse_address(std::string_view hop) {
    hop = ascii::trimmed(hop);
    if (hop.size() >= 2 && hop.front() == '"' && hop.back() == '"') hop = hop.substr(1, hop.size() - 2);
    if (hop.size() > 128 || hop.find('\0') != hop.npos) return std::nullopt;
    if (!hop.empty() && hop.front() == '[') {
        const std::size_t close = hop.find(']');
        if (close == hop.npos) return std::nullopt;
        const std::string_view rest = hop.substr(close + 1);
        if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) return std::nullopt;
        return parse_six(hop.substr(1, close - 1));
    }
    const std::size_t colon = hop.find(':');
    if (colon == hop.npos) return parse_four(hop);
    if (hop.find(':', colon + 1) != hop.npos) return parse_six(hop);
    return is_port(hop.substr(colon + 1)) ? parse_four(hop.substr(0, colon)) : std::nullopt;
}

std::string client_network(std::string_view address) {
    const auto canonical = parse_address(address);
    if (!canonical) return std::string(address);
    in6_addr six{};
    if (inet_pton(AF_INET6, canonical->c_str(), &six) != 1) return *canonical;
    std::fill(six.s6_addr + 8, six.s6_addr + 16, std::uint8_t{0});
    char text[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, &six, text, sizeof text);
    return std::string(text) + "/64";
}

}  // namespace tenon
