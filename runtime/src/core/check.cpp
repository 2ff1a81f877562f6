// The field rules of generated models.
#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string>

#include <tenon/core/check.hpp>

#include "core/text_identity.hpp"
#include "core/utf8.hpp"

namespace tenon::check {
namespace {

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string plural(std::size_t count, std::string_view noun) {
    std::string out = std::to_string(count);
    out.append(" ").append(noun);
    if (count != 1) out += 's';
    return out;
}

bool is_plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7F;
}

// Labels of letters, digits and inner hyphens (other scripts pass as UTF-8 bytes), separated by single dots.
bool is_host(std::string_view host) {
    if (host.empty() || host.size() > 253) return false;
    std::size_t label = 0;
    char previous = '.';
    for (const char c : host) {
        const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          static_cast<unsigned char>(c) >= 0x80;
        if (c == '.') {
            if (label == 0 || previous == '-') return false;
            label = 0;
        } else if (word || (c == '-' && label > 0)) {
            if (++label > 63) return false;
        } else {
            return false;
        }
        previous = c;
    }
    return label > 0 && previous != '-';
}

bool is_email(std::string_view value) {
    if (value.size() > 254 || !std::all_of(value.begin(), value.end(), is_plain)) return false;
    const std::size_t at = value.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || value.find('@', at + 1) != std::string_view::npos)
        return false;
    const std::string_view local = value.substr(0, at);
    const std::string_view domain = value.substr(at + 1);
    if (local.find_first_of("\"(),:;<>[\\]") != std::string_view::npos) return false;
    if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) return false;
    return is_host(domain) && domain.find('.') != std::string_view::npos;
}

bool is_port(std::string_view text) {
    unsigned port = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
    return failure == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65'535;
}

bool is_ipv6_literal(std::string_view text) {
    return text.size() >= 2 && text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos &&
           text.find(':') != std::string_view::npos;
}

bool is_authority(std::string_view authority) {
    if (!authority.empty() && authority.front() == '[') {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos || !is_ipv6_literal(authority.substr(1, close - 1))) return false;
        const std::string_view rest = authority.substr(close + 1);
        return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
    }
    const std::size_t colon = authority.find(':');
    if (colon != std::string_view::npos && !is_port(authority.substr(colon + 1))) return false;
    return is_host(authority.substr(0, colon));
}

bool starts_with_any_case(std::string_view text, std::string_view lower) {
    return text.size() >= lower.size() &&
           std::equal(lower.begin(), lower.end(), text.begin(), [](char l, char c) { return l == c || l - 32 == c; });
}

bool is_url(std::string_view value) {
    if (value.size() > 2048 || !std::all_of(value.begin(), value.end(), is_plain)) return false;
    std::size_t start = 0;
    if (starts_with_any_case(value, "https://")) start = 8;
    if (starts_with_any_case(value, "http://")) start = 7;
    if (start == 0 || value.find_first_of("\"<>\\^`{|}") != std::string_view::npos) return false;
    const std::size_t end = std::min(value.find_first_of("/?#", start), value.size());
    return is_authority(value.substr(start, end - start));  // "user:password@" is no authority of ours
}

}  // namespace

void length(field_errors& errors, std::string_view pointer, std::string_view value, std::size_t min, std::size_t max) {
    if (!is_utf8(value)) return errors.add(pointer, "must be UTF-8");
    if (value.find('\0') != value.npos) return errors.add(pointer, "must not have the character U+0000");
    const std::size_t size = code_points(value);
    if (size >= min && size <= max) return;
    if (size < min && size == 0 && min == 1) return errors.add(pointer, "must not be empty");
    if (size < min) return errors.add(pointer, "must have at least " + plural(min, "character"));
    errors.add(pointer, "must have at most " + plural(max, "character"));
}

void range(field_errors& errors, std::string_view pointer, std::int64_t value, std::int64_t min, std::int64_t max) {
    if (value < min) errors.add(pointer, "must be at least " + std::to_string(min));
    if (value > max) errors.add(pointer, "must be at most " + std::to_string(max));
}

void count(field_errors& errors, std::string_view pointer, std::size_t size, std::size_t max) {
    if (size > max) errors.add(pointer, "must have at most " + plural(max, "element"));
}

void email(field_errors& errors, std::string_view pointer, std::string_view value) {
    if (!is_email(value)) return errors.add(pointer, "must be an e-mail address");
    const auto stored = text::email_identity(value);
    if (!stored || !is_email(*stored))
        errors.add(pointer, "must be an e-mail address without invisible, control or compatibility characters");
}

void identity(field_errors& errors, std::string_view pointer, std::string_view value) {
    if (text::is_identity(value)) return;
    errors.add(pointer, text::misplaced_in_name(value)
                            ? "must not have control characters, or invisible ones: it is unique"
                            : "must be in Unicode normalization form C: it is unique");
}

void url(field_errors& errors, std::string_view pointer, std::string_view value) {
    if (!is_url(value)) errors.add(pointer, "must be an http or https URL");
}

struct pattern::impl {
    re2::RE2 expression;
    std::string message;
    impl(std::string_view text, const re2::RE2::Options& options, std::string told)
        : expression(re2::StringPiece(text.data(), text.size()), options), message(std::move(told)) {}
};

pattern::pattern(std::string_view expression, std::string message) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    if (message.empty()) message = "must match the pattern " + std::string(expression);
    impl_ = std::make_unique<impl>(expression, options, std::move(message));
    if (!impl_->expression.ok())
        throw std::invalid_argument("pattern " + std::string(expression) + ": " + impl_->expression.error());
}

pattern::~pattern() = default;

bool pattern::matches(std::string_view value) const {
    return re2::RE2::FullMatch(re2::StringPiece(value.data(), value.size()), impl_->expression);
}

void pattern::operator()(field_errors& errors, std::string_view pointer, std::string_view value) const {
    if (!matches(value)) errors.add(pointer, impl_->message);
}

}  // namespace tenon::check
