// YAML as JSON.
#include <yaml-cpp/yaml.h>

#include <regex>

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

/// What is not in quotes and reads like a number of JSON.
bool is_number(const std::string& text) {
    static const std::regex number("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    return std::regex_match(text, number);
}

void append_scalar(std::string& out, const YAML::Node& node) {
    const std::string& text = node.Scalar();
    const bool plain = node.Tag() == "?";
    if (plain && (text == "true" || text == "false" || is_number(text))) {
        out += text;
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
