// YAML as JSON.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <initializer_list>
#include <regex>
#include <string_view>

#include "document.hpp"

namespace tenon::describe {
namespace {

void append_text(std::string& out, const std::string& text) {
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        } else {
            out += c;
        }
    }
    out += '"';
}

/// `digits` of a base that is a power of two, in decimal: of any length.
std::string as_decimal(std::string_view digits, int base) {
    std::string out = "0";
    for (const char digit : digits) {
        int carry = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
        for (auto place = out.rbegin(); place != out.rend(); ++place) {
            const int sum = (*place - '0') * base + carry;
            *place = static_cast<char>('0' + sum % 10);
            carry = sum / 10;
        }
        for (; carry > 0; carry /= 10) out.insert(out.begin(), static_cast<char>('0' + carry % 10));
    }
    return out;
}

/// The number that a plain scalar is, as JSON writes it; "" when it is none.
std::string as_number(const std::string& text) {
    static const std::regex decimal("([-+]?)([0-9]*)(\\.[0-9]*)?([eE][-+]?[0-9]+)?");
    static const std::regex other("0o[0-7]+|0x[0-9a-fA-F]+");
    if (std::regex_match(text, other)) return as_decimal(std::string_view(text).substr(2), text[1] == 'x' ? 16 : 8);
    std::smatch parts;
    if (!std::regex_match(text, parts, decimal)) return {};
    const std::string fraction = parts[3].length() > 1 ? parts.str(3) : "";
    std::string whole = parts.str(2);
    if (whole.empty() && fraction.empty()) return {};
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    return (parts.str(1) == "-" ? "-" : "") + (whole.empty() ? "0" : whole) + fraction + parts.str(4);
}

bool is_one_of(const std::string& text, std::initializer_list<const char*> all) {
    return std::find(all.begin(), all.end(), text) != all.end();
}

void append_scalar(std::string& out, const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() != "?") return append_text(out, text);  // in quotes, or a block
    const std::string number = as_number(text);
    if (!number.empty()) {
        out += number;
    } else if (is_one_of(text, {"true", "True", "TRUE"})) {
        out += "true";
    } else if (is_one_of(text, {"false", "False", "FALSE"})) {
        out += "false";
    } else {
        append_text(out, text);
    }
}

void append(std::string& out, const YAML::Node& node) {
    if (node.IsMap()) {
        out += '{';
        for (const auto& member : node) {
            if (out.back() != '{') out += ',';
            append_text(out, member.first.Scalar());
            out += ':';
            append(out, member.second);
        }
        out += '}';
    } else if (node.IsSequence()) {
        out += '[';
        for (const auto& item : node) {
            if (out.back() != '[') out += ',';
            append(out, item);
        }
        out += ']';
    } else if (node.IsScalar()) {
        append_scalar(out, node);
    } else {
        out += "null";
    }
}

}  // namespace

std::string as_json(const YAML::Node& document) {
    std::string out;
    append(out, document);
    return out;
}

}  // namespace tenon::describe
