// JSON text, written straight into one string.
#include <array>
#include <charconv>
#include <cmath>

#include <tenon/json/writer.hpp>

#include "json/utf8.hpp"

namespace tenon::json {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

constexpr std::array<bool, 256> plain_bytes = [] {
    std::array<bool, 256> out{};
    for (std::size_t byte = 0x20; byte < 0x80; ++byte) out[byte] = byte != '"' && byte != '\\';
    return out;
}();

bool is_plain(char c) {
    return plain_bytes[static_cast<unsigned char>(c)];
}

/// For what cannot hold anything to escape.
void append_bare(std::string& out, std::string_view text) {
    out += '"';
    out.append(text) += '"';
}

void append_escape(std::string& out, char c) {
    static constexpr char digits[] = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        default:
            break;
    }
    out += "\\u00";
    out += digits[static_cast<unsigned char>(c) >> 4U];
    out += digits[static_cast<unsigned char>(c) & 0x0FU];
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && is_plain(text[plain])) ++plain;
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;
        if (static_cast<unsigned char>(text.front()) < 0x80) {
            append_escape(out, text.front());
            text.remove_prefix(1);
        } else if (const std::size_t length = utf8_sequence_length(text)) {
            out.append(text.substr(0, length));
            text.remove_prefix(length);
        } else {
            out += replacement;
            text.remove_prefix(1);
        }
    }
    out += '"';
}

}  // namespace

void writer::separate() {
    if (!first_) out_ += ',';
    first_ = false;
}

void writer::begin_object() {
    separate();
    out_ += '{';
    first_ = true;
}
void writer::end_object() {
    out_ += '}';
    first_ = false;
}
void writer::begin_array() {
    separate();
    out_ += '[';
    first_ = true;
}
void writer::end_array() {
    out_ += ']';
    first_ = false;
}

void writer::key(std::string_view name) {
    separate();
    append_quoted(out_, name);
    out_ += ':';
    first_ = true;
}

void writer::value(std::string_view text) {
    separate();
    append_quoted(out_, text);
}
void writer::value(bool flag) {
    separate();
    out_ += flag ? "true" : "false";
}
void writer::value(std::int64_t number) {
    separate();
    char buffer[24];
    out_.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}
void writer::value(double number) {
    if (!std::isfinite(number)) return null();
    separate();
    char buffer[32];
    out_.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}
void writer::value(const uuid& id) {
    separate();
    append_bare(out_, id.to_string());
}
void writer::value(instant time) {
    separate();
    append_bare(out_, time.to_string());
}
void writer::value(date day) {
    separate();
    append_bare(out_, day.to_string());
}
void writer::value(const money& amount) {
    begin_object();
    member("amount", amount.amount_minor);
    member("currency", std::string_view(amount.unit.to_string()));
    end_object();
}
void writer::value(const raw& json) {
    separate();
    out_ += json.text;
}
void writer::null() {
    separate();
    out_ += "null";
}

}  // namespace tenon::json
