// One form for what looks the same: addresses, passwords, names, unique text; by examples and by random text.
#include "core/text_identity.hpp"

#include <gtest/gtest.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <array>
#include <random>

#include <tenon/core/check.hpp>

namespace tenon::text {
namespace {

std::string utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text) {
        char bytes[U8_MAX_LENGTH];
        int length = 0;
        U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(c));
        out.append(bytes, static_cast<std::size_t>(length));
    }
    return out;
}

/// Letters taken apart: what file systems and some keyboards send.
std::string decomposed(std::string_view text) {
    UErrorCode outcome = U_ZERO_ERROR;
    std::vector<UChar> given(text.size() + 1);
    std::int32_t length = 0;
    u_strFromUTF8(given.data(), static_cast<int>(given.size()), &length, text.data(), static_cast<int>(text.size()),
                  &outcome);
    std::vector<UChar> apart(text.size() * 8 + 64);
    length = unorm2_normalize(unorm2_getNFDInstance(&outcome), given.data(), length, apart.data(),
                              static_cast<int>(apart.size()), &outcome);
    std::string out(apart.size() * 3, '\0');
    std::int32_t bytes = 0;
    u_strToUTF8(out.data(), static_cast<int>(out.size()), &bytes, apart.data(), length, &outcome);
    if (U_FAILURE(outcome)) throw std::runtime_error(u_errorName(outcome));
    out.resize(static_cast<std::size_t>(bytes));
    return out;
}

constexpr std::array<char32_t, 10> unseen = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF,
                                             0x00AD, 0x202E, 0x2066, 0x200E, 0x115F};

/// Text of many scripts, with marks, compatibility forms, and now and then something that does not show.
class writer {
  public:
    char32_t letter() {
        static constexpr std::pair<char32_t, char32_t> ranges[] = {
            {'a', 'z'},         {'A', 'Z'},         {'0', '9'},       {0xC0, 0x24F},    {0x300, 0x345},
            {0x370, 0x3FF},     {0x400, 0x4FF},     {0x5D0, 0x5EA},   {0x620, 0x64A},   {0x904, 0x94D},
            {0x1E00, 0x1EFF},   {0x1F00, 0x1FBC},   {0x2100, 0x214F}, {0x3041, 0x3096}, {0x4E00, 0x4EFF},
            {0xAC00, 0xACFF},   {0xF900, 0xFA0D},   {0xFB00, 0xFB06}, {0xFF21, 0xFF5A}, {0x1D400, 0x1D454},
            {0x1F600, 0x1F64F}, {0x2F800, 0x2F81F}, {0x1100, 0x1112}, {0x1161, 0x1175}, {0x11A8, 0x11C2},
        };
        if (below(40) == 0) return unseen[below(unseen.size())];
        const auto& [from, to] = ranges[below(std::size(ranges))];
        return from + static_cast<char32_t>(below(to - from + 1));
    }
    std::string text(std::size_t most) {
        std::u32string out;
        for (std::size_t left = below(most) + 1; left > 0; --left) out += letter();
        return utf8(out);
    }
    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(dice_); }

  private:
    std::mt19937 dice_{2026};
};

TEST(text_identity, of_random_text_is_its_own) {
    writer random;
    int addresses = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = random.text(12);
        EXPECT_EQ(composed(composed(text)), composed(text)) << text;
        EXPECT_EQ(composed(decomposed(text)), composed(text)) << text;
        EXPECT_TRUE(!is_identity(text) || composed(text) == text) << text;
        if (const auto form = password_form(text)) {
            EXPECT_EQ(password_form(*form), form) << text;
            EXPECT_EQ(password_form(decomposed(text)), form) << text;
        }
        const std::string address = text + "@" + random.text(4) + ".example";
        const auto identity = email_identity(address);
        if (!identity) continue;
        ++addresses;
        EXPECT_EQ(email_identity(*identity), identity) << address;
        EXPECT_EQ(email_identity(decomposed(address)), identity) << address;
        for (const std::string& older : older_email_forms(*identity)) EXPECT_EQ(email_identity(older), identity);
    }
    EXPECT_GT(addresses, 500) << "enough to mean something";
}

TEST(text_identity, of_an_address_with_something_unseen_is_the_same_or_none) {
    writer random;
    const std::u32string address = U"adélaïde@exämple.example";
    const auto identity = email_identity(utf8(address));
    ASSERT_TRUE(identity);
    for (const char32_t c : unseen) {
        for (std::size_t at = 0; at <= address.size(); ++at) {
            std::u32string twin = address;
            twin.insert(at, 1, c);
            const auto other = email_identity(utf8(twin));
            EXPECT_TRUE(!other || other == identity) << utf8(twin);
        }
    }
    // Full-width and mathematical letters, ligatures, circled digits.
    for (const char32_t* twin :
         {U"ａｄａ@example.com", U"𝐚da@example.com", U"ﬁ@example.com", U"①@example.com", U"ada@ｅxample.com"}) {
        const auto other = email_identity(utf8(twin));
        EXPECT_TRUE(!other || other == "ada@example.com") << utf8(twin);
    }
}

TEST(text_identity, of_addresses) {
    for (const auto& [given, stored] : {
             std::pair(U"Ada@Example.COM", U"ada@example.com"),
             std::pair(U"É@example.com", U"é@example.com"),
             std::pair(U"E\u0301@example.com", U"é@example.com"),
             std::pair(U"\u0130da@example.com", U"i\u0307da@example.com"),
             std::pair(U"I\u0307da@example.com", U"i\u0307da@example.com"),
             std::pair(U"ada@BÜCHER.example", U"ada@bücher.example"),
             std::pair(U"ada@bu\u0308cher.example", U"ada@bücher.example"),
             std::pair(U"ada@xn--bcher-kva.example", U"ada@bücher.example"),
             std::pair(U"ada@XN--BCHER-KVA.EXAMPLE", U"ada@bücher.example"),
             std::pair(U"ada@faß.example", U"ada@faß.example"),
             std::pair(U"user_1+tag@r3---sn.example", U"user_1+tag@r3---sn.example"),
             std::pair(U"почта@пример.рф", U"почта@пример.рф"),
             std::pair(U"用户@例子.世界", U"用户@例子.世界"),
         })
        EXPECT_EQ(email_identity(utf8(given)), utf8(stored)) << utf8(given);
    for (const char32_t* bad :
         {U"a\u200Bda@example.com", U"a\u2800da@example.com", U"\u202Eada@example.com", U"a\u00ADda@example.com",
          U"ad\u0007\u00E9@example.com", U"ａda@example.com", U"\u0301ada@example.com", U"ada\u00A0é@example.com",
          U"ada@xn--a.example", U"é@xn--.example", U"a\uE000@example.com", U"a\uFFFE@example.com", U"ada"})
        EXPECT_EQ(email_identity(utf8(bad)), std::nullopt) << utf8(bad);
}

TEST(text_identity, of_passwords_is_that_of_rfc_8265) {
    EXPECT_EQ(password_form("correct horse"), "correct horse");
    EXPECT_EQ(password_form(utf8(U"Ὀδυσσεύς\u3000ἥρως")), utf8(U"Ὀδυσσεύς ἥρως"));
    EXPECT_EQ(password_form(utf8(U"foo\u1680bar")), "foo bar") << "the RFC's own example";
    EXPECT_EQ(password_form(utf8(U"\u03C0\u00DF\u00E5")), utf8(U"πßå")) << "case stays";
    EXPECT_EQ(password_form(utf8(U"A\u030Angstro\u0308m")), utf8(U"Ångström"));
    EXPECT_EQ(password_form(utf8(U"ａ")), utf8(U"ａ")) << "compatible forms stay apart";
    EXPECT_TRUE(password_form(utf8(U"\u0378"))) << "unassigned";
    EXPECT_TRUE(password_form(utf8(U"❤\uFE0F👩\u200D🚀")));
    for (const char32_t* bad : {U"", U"a\tb", U"a\nb", U"a\u0085b", U"a\u200Bb", U"a\u202Eb", U"a\u200Db"})
        EXPECT_EQ(password_form(utf8(bad)), std::nullopt) << utf8(bad);
    EXPECT_EQ(password_form(std::string("a\0b", 3)), std::nullopt);
}

TEST(text_identity, names_have_what_scripts_need_and_no_more) {
    for (const char32_t* good : {U"Ada Lovelace", U"Nuñez-O’Brien", U"می\u200Cخواهم", U"ක්\u200Dෂ",
                                 U"👩\u200D👩\u200D👧 ❤\uFE0F", U"1\uFE0F\u20E3", U"עדה", U"Ａda", U"日本語\u3000名"})
        EXPECT_EQ(misplaced_in_name(utf8(good)), std::nullopt) << utf8(good);
    for (const char32_t* bad : {U"a\nb", U"\u202Eada", U"a\u2066b", U"a\u200Bb", U"a\u200Db", U"a\u200Cb", U"\uFEFFada",
                                U"a\u00ADb", U"a\u2028b", U"a\u200Eb", U"\u3164", U"a\u061Cb", U"a\uFE0Fb"})
        EXPECT_NE(misplaced_in_name(utf8(bad)), std::nullopt) << utf8(bad);
    for (const char32_t* blank : {U"", U"  ", U"\u00A0\u3000", U"\u200B", U"\u2003\u200D", U"\u2800", U"\uFFFC"})
        EXPECT_TRUE(is_blank(utf8(blank)));
    EXPECT_FALSE(is_blank("a"));
}

TEST(text_identity, of_unique_text_is_asked_for_by_its_check) {
    const auto detail = [](std::u32string_view text) {
        field_errors errors;
        check::identity(errors, "/code", utf8(text));
        return errors.empty() ? std::string() : errors.list().front().detail;
    };
    EXPECT_EQ(detail(U"plain"), "");
    EXPECT_EQ(detail(U"é"), "");
    EXPECT_EQ(detail(U"e\u0301"), "must be in Unicode normalization form C: it is unique");
    EXPECT_EQ(detail(U"a\u200Bb"), "must not have control characters, or invisible ones: it is unique");
}

}  // namespace
}  // namespace tenon::text
