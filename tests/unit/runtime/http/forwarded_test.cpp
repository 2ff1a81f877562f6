// Whom proxies name.
#include "http/forwarded.hpp"

#include <gtest/gtest.h>

namespace tenon::http {
namespace {

TEST(forwarded, client_is_that_of_the_last_hop) {
    std::vector<header> all;
    EXPECT_EQ(last_hop(all), "");
    all.push_back(header{"X-Forwarded-For", "198.51.100.1, 192.0.2.7:80 "});
    EXPECT_EQ(last_hop(all), "192.0.2.7:80");
    all.push_back(header{"x-forwarded-for", "192.0.2.8"});
    EXPECT_EQ(last_hop(all), "192.0.2.8");
    all.push_back(header{"X-Forwarded-For", "198.51.100.1,"});
    EXPECT_EQ(last_hop(all), "");
}

}  // namespace
}  // namespace tenon::http
