// What proxies write as the address of a client.
#include "core/ip_address.hpp"

#include <gtest/gtest.h>

namespace tenon {
namespace {

TEST(ip_address, is_read_as_proxies_write_it) {
    for (const auto& [hop, address] : {
             std::pair("192.0.2.7", "192.0.2.7"),
             std::pair("192.0.2.7:5678", "192.0.2.7"),
             std::pair("\"192.0.2.7:5678\"", "192.0.2.7"),
             std::pair(" 192.0.2.7 ", "192.0.2.7"),
             std::pair("2001:db8::1", "2001:db8::1"),
             std::pair("2001:DB8:0:0::1", "2001:db8::1"),
             std::pair("[2001:db8::1]", "2001:db8::1"),
             std::pair("[2001:db8::1]:443", "2001:db8::1"),
             std::pair("\"[2001:db8::1]:443\"", "2001:db8::1"),
             std::pair("[::1]:80", "::1"),
             std::pair("fe80::1%eth0", "fe80::1"),
             std::pair("[fe80::1%25eth0]:80", "fe80::1"),
             std::pair("::ffff:192.0.2.7", "192.0.2.7"),
             std::pair("::ffff:c000:207", "192.0.2.7"),
             std::pair("[::ffff:192.0.2.7]:80", "192.0.2.7"),
             std::pair("64:ff9b::192.0.2.7", "192.0.2.7"),
         })
        EXPECT_EQ(parse_address(hop), address) << hop;
}

TEST(ip_address, is_nothing_else) {
    for (const char* hop : {"",
                            "unknown",
                            "_hidden",
                            "-",
                            "\"",
                            "\"\"",
                            "192.0.2",
                            "192.0.2.07",
                            "192.0.2.7:",
                            "192.0.2.7:http",
                            "192.0.2.7:65536",
                            "192.0.2.7:-1",
                            "192.0.2.7.example",
                            "0x7f.1",
                            "[192.0.2.7]",
                            "[192.0.2.7]:80",
                            "[",
                            "[]",
                            "[]:80",
                            "[::1",
                            "[::1]80",
                            "[::1]:",
                            "[::1]:x",
                            "::1]:80",
                            "1:2",
                            ":80",
                            "2001:db8::1::",
                            "%eth0",
                            "192.0.2.7, 192.0.2.8",
                            "example.com",
                            "example.com:80"})
        EXPECT_EQ(parse_address(hop), std::nullopt) << hop;
    EXPECT_EQ(parse_address(std::string(10'000, ':')), std::nullopt);
    EXPECT_EQ(parse_address(std::string_view("192.0.2.7\0", 10)), std::nullopt);
}

TEST(ip_address, is_its_own_text_again) {
    for (const char* hop : {"192.0.2.7:1", "[2001:db8:1:2:3:4:5:6]:1", "::ffff:192.0.2.7", "fe80::1%eth0", "::"}) {
        const auto once = parse_address(hop);
        ASSERT_TRUE(once) << hop;
        EXPECT_EQ(parse_address(*once), once);
    }
}

TEST(client_network, of_an_ipv6_client_is_its_first_64_bits) {
    EXPECT_EQ(client_network("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(client_network("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(client_network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(client_network("2001:DB8:1:2::"), "2001:db8:1:2::/64");
    EXPECT_EQ(client_network("fe80::1%eth0"), "fe80::/64");
    EXPECT_EQ(client_network("not:an:address"), "not:an:address");
}

}  // namespace
}  // namespace tenon
