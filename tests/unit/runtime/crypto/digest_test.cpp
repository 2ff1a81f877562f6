// Hashes, MACs and base64url against the examples of their standards.
#include "crypto/digest.hpp"

#include <gtest/gtest.h>

namespace tenon::crypto {
namespace {

std::string hex(std::string_view bytes) {
    std::string out;
    for (const unsigned char c : bytes) {
        out.push_back("0123456789abcdef"[c >> 4]);
        out.push_back("0123456789abcdef"[c & 15]);
    }
    return out;
}

TEST(digest, sha256_of_the_standards_examples) {
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(view(sha256(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// RFC 4231, cases 1, 2, 6 and 7: short keys, and keys longer than a block.
TEST(digest, hmac_of_the_standards_examples) {
    EXPECT_EQ(hex(view(hmac_sha256(std::string(20, '\x0b'), "Hi There"))),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex(view(hmac_sha256("Jefe", "what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    const std::string long_key(131, '\xaa');
    EXPECT_EQ(hex(view(hmac_sha256(long_key, "Test Using Larger Than Block-Size Key - Hash Key First"))),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    EXPECT_EQ(hex(view(hmac_sha256(long_key,
                                   "This is a test using a larger than block-size key and a larger than block-size "
                                   "data. The key needs to be hashed before being used by the HMAC algorithm."))),
              "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

// RFC 4648, section 10, without its padding.
TEST(base64url, the_standards_examples) {
    const std::pair<const char*, const char*> examples[] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : examples) {
        EXPECT_EQ(base64url(bytes), text);
        EXPECT_EQ(from_base64url(text), bytes);
    }
    EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");
    EXPECT_EQ(from_base64url("-__-"), "\xfb\xff\xfe");
}

TEST(base64url, every_byte_comes_back) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        bytes.push_back(static_cast<char>(i));
        EXPECT_EQ(from_base64url(base64url(bytes)), bytes);
    }
}

TEST(base64url, refuses_what_it_would_not_write) {
    for (const char* text :
         {"A", "Zg==", "Zm9v=", "Zm+v", "Zm/v", "Zm 9v", "Zm9v\n", "Zh", "Zm9", "Zm9vY", "Z\xc3\xa9"}) {
        EXPECT_EQ(from_base64url(text), std::nullopt) << text;
    }
    EXPECT_EQ(from_base64url(std::string_view("Zm9\0", 4)), std::nullopt);
}

}  // namespace
}  // namespace tenon::crypto
