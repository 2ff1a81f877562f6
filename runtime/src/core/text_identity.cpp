// Normalization, properties and domain names by ICU's C interface.
#include "core/text_identity.hpp"

#include <unicode/uchar.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <stdexcept>

namespace tenon::text {
namespace {

constexpr std::size_t email_bytes_max = 1024;  // before it is composed

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

int size_of(std::string_view text) {
    return static_cast<int>(text.size());
}

void expect(UErrorCode outcome, const char* what) {
    if (U_FAILURE(outcome)) throw std::runtime_error(std::string("ICU cannot ") + what + ": " + u_errorName(outcome));
}

std::u16string wide(std::string_view utf8) {
    std::u16string out(utf8.size(), u'\0');
    UErrorCode outcome = U_ZERO_ERROR;
    std::int32_t length = 0;
    u_strFromUTF8(out.data(), static_cast<std::int32_t>(out.size()), &length, utf8.data(), size_of(utf8), &outcome);
    if (outcome == U_STRING_NOT_TERMINATED_WARNING) outcome = U_ZERO_ERROR;
    expect(outcome, "read UTF-8");
    out.resize(static_cast<std::size_t>(length));
    return out;
}

std::string narrow(std::u16string_view text) {
    std::string out(text.size() * 3, '\0');
    UErrorCode outcome = U_ZERO_ERROR;
    std::int32_t length = 0;
    u_strToUTF8(out.data(), static_cast<std::int32_t>(out.size()), &length, text.data(),
                static_cast<std::int32_t>(text.size()), &outcome);
    expect(outcome, "write UTF-8");
    out.resize(static_cast<std::size_t>(length));
    return out;
}

std::string normalised(std::string_view text, const UNormalizer2* form) {
    const std::u16string given = wide(text);
    std::u16string out(given.size() * 3 + 32, u'\0');
    while (true) {
        UErrorCode outcome = U_ZERO_ERROR;
        const std::int32_t length = unorm2_normalize(form, given.data(), static_cast<std::int32_t>(given.size()),
                                                     out.data(), static_cast<std::int32_t>(out.size()), &outcome);
        if (outcome == U_BUFFER_OVERFLOW_ERROR) {
            out.resize(static_cast<std::size_t>(length) + 1);
            continue;
        }
        expect(outcome, "normalize");
        return narrow(std::u16string_view(out).substr(0, static_cast<std::size_t>(length)));
    }
}

std::string compatible(std::string_view text) {
    UErrorCode outcome = U_ZERO_ERROR;
    const UNormalizer2* const form = unorm2_getNFKCInstance(&outcome);
    expect(outcome, "load form KC");
    return normalised(text, form);
}

std::string decomposed(std::string_view text) {
    UErrorCode outcome = U_ZERO_ERROR;
    const UNormalizer2* const form = unorm2_getNFDInstance(&outcome);
    expect(outcome, "load form D");
    return normalised(text, form);
}

/// A mark on the letter before it, as far as joining goes.
bool is_passed_over(UChar32 c) {
    constexpr int virama = 9;
    return u_getIntPropertyValue(c, UCHAR_JOINING_TYPE) == U_JT_TRANSPARENT && u_getCombiningClass(c) != virama &&
           c != 0xFE0F;
}

/// Calls `each(code_point, before)` up to the first false; `before` is -1 at the beginning, and never a mark.
template <class Each>
bool all_of(std::string_view text, Each each) {
    UChar32 before = -1;
    for (int i = 0; i < size_of(text);) {
        UChar32 c = 0;
        U8_NEXT(text.data(), i, size_of(text), c);
        if (c < 0 || !each(c, before)) return false;
        if (!is_passed_over(c)) before = c;
    }
    return true;
}

template <class Map>
std::string mapped(std::string_view text, Map map) {
    std::string out;
    out.reserve(text.size());
    all_of(text, [&](UChar32 c, UChar32) {
        char bytes[U8_MAX_LENGTH];
        int length = 0;
        U8_APPEND_UNSAFE(bytes, length, map(c));
        out.append(bytes, static_cast<std::size_t>(length));
        return true;
    });
    return out;
}

constexpr UChar32 braille_blank = 0x2800;
constexpr UChar32 replaced_object = 0xFFFC;

/// Shows nothing, or turns the direction of what is around it.
bool is_invisible(UChar32 c) {
    return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL) ||
           u_charType(c) == U_FORMAT_CHAR || u_charType(c) == U_LINE_SEPARATOR ||
           u_charType(c) == U_PARAGRAPH_SEPARATOR || U_IS_UNICODE_NONCHAR(c) || c == braille_blank ||
           c == replaced_object;
}

/// Joiners and the choice between text and emoji are part of how some letters and pictures are written: behind a letter
/// that joins, behind a virama, and in emoji. Behind any other one they only make twins.
bool is_part_of(UChar32 c, UChar32 before) {
    if (before < 0) return false;
    const bool picture = u_hasBinaryProperty(before, UCHAR_EXTENDED_PICTOGRAPHIC) ||
                         u_hasBinaryProperty(before, UCHAR_EMOJI_MODIFIER) || before == 0xFE0F;
    constexpr int virama = 9;
    const auto joining = u_getIntPropertyValue(before, UCHAR_JOINING_TYPE);
    if (c == 0x200D)
        return picture || u_getCombiningClass(before) == virama || joining == U_JT_DUAL_JOINING ||
               joining == U_JT_LEFT_JOINING;
    if (c == 0x200C)
        return u_getCombiningClass(before) == virama || joining == U_JT_DUAL_JOINING || joining == U_JT_LEFT_JOINING;
    // Digits take it in keycaps.
    return c == 0xFE0F && (u_hasBinaryProperty(before, UCHAR_EMOJI) && before != 0xFE0F);
}

bool belongs_to_address(UChar32 c) {
    if (is_invisible(c)) return false;
    switch (u_charType(c)) {
        case U_CONTROL_CHAR:
        case U_PRIVATE_USE_CHAR:
        case U_SURROGATE:
        case U_UNASSIGNED:
        case U_SPACE_SEPARATOR:
            return false;
        default:
            return true;
    }
}

bool begins_with_mark(std::string_view text) {
    UChar32 first = -1;
    int i = 0;
    if (!text.empty()) U8_NEXT(text.data(), i, size_of(text), first);
    return first >= 0 && (U_GET_GC_MASK(first) & U_GC_M_MASK) != 0;
}

std::optional<std::string> local_identity(std::string_view local) {
    if (begins_with_mark(local)) return std::nullopt;
    if (!all_of(local, [](UChar32 c, UChar32) { return belongs_to_address(c); })) return std::nullopt;
    // In parts first: a capital I with a dot is an i with a dot, and no i.
    std::string out = composed(mapped(decomposed(local), [](UChar32 c) { return u_tolower(c); }));
    // Another mailbox may have the compatible form: it is not for us to say that they are the same.
    if (compatible(out) != out) return std::nullopt;
    return out;
}

const UIDNA* domain_rules() {
    static const UIDNA* const rules = [] {
        UErrorCode outcome = U_ZERO_ERROR;
        const UIDNA* out = uidna_openUTS46(
            UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
            &outcome);
        expect(outcome, "load the rules of domains");
        return out;
    }();
    return rules;
}

std::optional<std::string> domain_identity(std::string_view given) {
    const std::string domain = composed(given);
    UErrorCode outcome = U_ZERO_ERROR;
    UIDNAInfo found = UIDNA_INFO_INITIALIZER;
    char out[email_bytes_max * 2];
    const std::int32_t length =
        uidna_nameToUnicodeUTF8(domain_rules(), domain.data(), size_of(domain), out, sizeof out, &found, &outcome);
    if (U_FAILURE(outcome) || found.errors != 0 || length > static_cast<std::int32_t>(sizeof out)) return std::nullopt;
    return std::string(out, static_cast<std::size_t>(length));
}

std::string lower_ascii(std::string_view text) {
    return mapped(text, [](UChar32 c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
}

}  // namespace

std::string composed(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    UErrorCode outcome = U_ZERO_ERROR;
    const UNormalizer2* const form = unorm2_getNFCInstance(&outcome);
    expect(outcome, "load form C");
    return normalised(text, form);
}

std::optional<std::string> email_identity(std::string_view text) {
    const std::size_t at = text.rfind('@');
    if (at == text.npos || text.size() > email_bytes_max) return std::nullopt;
    std::string domain = lower_ascii(text.substr(at + 1));
    // ICU knows only names of DNS; those of ASCII without "xn--" are what they are.
    const bool coded = domain.starts_with("xn--") || domain.find(".xn--") != domain.npos;
    if (is_ascii(text) && !coded) return lower_ascii(text.substr(0, at)).append("@").append(domain);
    const auto local = local_identity(text.substr(0, at));
    const auto host = is_ascii(domain) && !coded ? std::optional<std::string>(domain) : domain_identity(domain);
    if (!local || !host) return std::nullopt;
    return *local + "@" + *host;
}

std::vector<std::string> older_email_forms(const std::string& identity) {
    std::vector<std::string> out;
    if (is_ascii(identity)) return out;
    UErrorCode outcome = U_ZERO_ERROR;
    const UNormalizer2* const form = unorm2_getNFDInstance(&outcome);
    expect(outcome, "load form D");
    out.push_back(normalised(identity, form));
    const std::size_t domain = identity.rfind('@') + 1;
    UIDNAInfo found = UIDNA_INFO_INITIALIZER;
    char ascii[email_bytes_max];
    const std::int32_t length =
        uidna_nameToASCII_UTF8(domain_rules(), identity.data() + domain, size_of(identity) - static_cast<int>(domain),
                               ascii, sizeof ascii, &found, &outcome);
    if (U_SUCCESS(outcome) && found.errors == 0 && length <= static_cast<std::int32_t>(sizeof ascii))
        out.push_back(identity.substr(0, domain).append(ascii, static_cast<std::size_t>(length)));
    return out;
}

std::optional<std::string> password_form(std::string_view given) {
    const std::string text = composed(given);
    const bool clean = all_of(text, [](UChar32 c, UChar32 before) {
        return u_charType(c) != U_CONTROL_CHAR && (!is_invisible(c) || is_part_of(c, before));
    });
    if (text.empty() || !clean) return std::nullopt;
    return composed(mapped(text, [](UChar32 c) { return u_charType(c) == U_SPACE_SEPARATOR ? UChar32{' '} : c; }));
}

std::optional<std::string_view> misplaced_in_name(std::string_view text) {
    std::optional<std::string_view> out;
    all_of(text, [&](UChar32 c, UChar32 before) {
        if (u_charType(c) == U_CONTROL_CHAR) out = "control characters";
        if (is_invisible(c) && !is_part_of(c, before))
            out = "invisible characters, or such as turn the direction of text";
        return !out;
    });
    return out;
}

bool is_identity(std::string_view text) {
    if (!is_ascii(text) && composed(text) != text) return false;
    return !misplaced_in_name(text);
}

bool is_blank(std::string_view text) {
    return all_of(text, [](UChar32 c, UChar32) { return u_isUWhiteSpace(c) || is_invisible(c); });
}

}  // namespace tenon::text
