// What own code may hand in as a password, a name, an address: bytes of any kind.
#include "accounts/account_input.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace tenon::accounts {
namespace {

/// Bytes that are text now and then: ASCII, letters of several bytes, and pieces of these.
std::string any_bytes(std::mt19937& random) {
    static const std::string pieces[] = {"a",
                                         "Z",
                                         "7",
                                         " ",
                                         "\xc3\xa9",
                                         "\xe6\x97\xa5",
                                         "\xf0\x9f\x91\x8d",
                                         "\x80",
                                         "\xff",
                                         "\xed\xa0\x80",
                                         std::string(1, '\0'),
                                         "\n",
                                         "@",
                                         "."};
    const std::size_t longest = random() % 4 == 0 ? 6000 : 40;
    std::string out;
    for (std::size_t left = random() % longest; left > 0; --left) out += pieces[random() % std::size(pieces)];
    return out;
}

TEST(account_input, is_refused_or_kept_whatever_its_bytes) {
    std::mt19937 random(20261130);  // NOLINT: the same each time
    for (int i = 0; i < 3000; ++i) {
        const std::string given = any_bytes(random);
        field_errors errors;
        const std::string password = checked_password(given, "/password", errors);
        const std::string name = checked_name(given, "/name", errors);
        (void)checked_email(given, "/email", errors);
        EXPECT_TRUE(errors.has("/password") || password.size() >= 10) << given;
        EXPECT_TRUE(errors.has("/name") || (!name.empty() && name.size() <= 4 * 120)) << given;
    }
}

TEST(account_input, never_hashes_nothing_in_place_of_a_password) {
    for (const std::string& given : {std::string("Tr0ub4dor&3") + std::string(5000, '\x80'),
                                     std::string("Tr0ub4dor\x80"), std::string(5000, 'x'), std::string()}) {
        field_errors errors;
        (void)checked_password(given, "/password", errors);
        EXPECT_TRUE(errors.has("/password")) << given.size();
    }
}

}  // namespace
}  // namespace tenon::accounts
