// Checked access to Boost.JSON values.
#include "generator/plan/json_reading.hpp"

#include <algorithm>
#include <vector>

namespace tenon::gen {
namespace {

/// The end of the JSON string that begins at text[at], behind its closing quote.
std::size_t end_of_string(std::string_view text, std::size_t at) {
    for (++at; text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
    }
    return at + 1;
}

/// Whether the string that ends at `at` is a key.
bool is_key(std::string_view text, std::size_t at) {
    at = text.find_first_not_of(" \t\r\n", at);
    return at != std::string_view::npos && text[at] == ':';
}

/// The first key that an object has twice, in quotes. Readers disagree on which of the two counts, so neither does.
/// Requires: `text` is valid JSON.
std::optional<std::string> find_double_key(std::string_view text) {
    std::vector<std::vector<std::string>> open;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '{') open.emplace_back();
        if (c == '}') open.pop_back();
        if (c != '"') {
            ++at;
            continue;
        }
        const std::size_t end = end_of_string(text, at);
        if (is_key(text, end)) {
            std::string key(text.substr(at, end - at));
            // However it is written: "a" and "\\u0061" are the same key.
            if (key.find('\\') != std::string::npos) key = boost::json::serialize(boost::json::parse(key));
            auto& keys = open.back();
            if (std::find(keys.begin(), keys.end(), key) != keys.end()) return key;
            keys.push_back(std::move(key));
        }
        at = end;
    }
    return std::nullopt;
}

}  // namespace

json_object_reader::json_object_reader(const boost::json::value& value, std::string where) : where_(std::move(where)) {
    object_ = value.if_object();
    if (object_ == nullptr) fail("must be an object");
}

void json_object_reader::fail(std::string_view what) {
    if (first_) return;
    first_ = failure{failure_kind::malformed, where_ + " " + std::string(what),
                     "it was not written by this version of Tenon; run `tenon generate` again"};
}

const boost::json::value* json_object_reader::find(std::string_view key) {
    return first_ || object_ == nullptr ? nullptr : object_->if_contains(key);
}

const boost::json::value* json_object_reader::need(std::string_view key) {
    const auto* value = find(key);
    if (value == nullptr) fail("has no '" + std::string(key) + "'");
    return value;
}

std::string json_object_reader::text(std::string_view key) {
    const auto* value = need(key);
    if (value == nullptr) return {};
    if (const auto* string = value->if_string()) return std::string(std::string_view(*string));
    fail("has a '" + std::string(key) + "' that is not a string");
    return {};
}

bool json_object_reader::flag_or(std::string_view key, bool fallback) {
    const auto* value = find(key);
    if (value == nullptr) return fallback;
    if (const auto* flag = value->if_bool()) return *flag;
    fail("has a '" + std::string(key) + "' that is not true or false");
    return fallback;
}

std::int64_t json_object_reader::number(std::string_view key) {
    const auto* value = need(key);
    if (value == nullptr) return 0;
    if (const auto* number = value->if_int64()) return *number;
    fail("has a '" + std::string(key) + "' that is not a whole number");
    return 0;
}

digest json_object_reader::any_digest(std::string_view key) {
    digest found = text(key);
    if (found != absent && !is_sha256(found)) fail("has a '" + std::string(key) + "' that is no digest");
    return found;
}

digest json_object_reader::real_digest(std::string_view key) {
    digest found = text(key);
    if (!is_sha256(found)) fail("has a '" + std::string(key) + "' that is no SHA-256");
    return found;
}

std::optional<failure> json_object_reader::finish(std::initializer_list<std::string_view> known) {
    if (first_) return first_;
    for (const auto& member : *object_) {
        const std::string_view key = member.key();
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            fail("has the unknown key " + json_quoted(key));
        }
    }
    return first_;
}

outcome<boost::json::value> parse_json(std::string_view text, std::string_view name) {
    boost::json::parse_options options;
    options.max_depth = 8;
    boost::json::error_code code;
    try {
        auto value = boost::json::parse(text, code, {}, options);
        if (!code) {
            const auto twice = find_double_key(text);
            if (!twice) return value;
            return failure{failure_kind::malformed,
                           std::string(name) + " has the key " + *twice + " twice in one object",
                           "it was not written by Tenon; run `tenon generate` again"};
        }
    } catch (const std::bad_alloc&) {
        code = boost::json::error::exception;
    }
    return failure{failure_kind::malformed, std::string(name) + " is not valid JSON: " + code.message(),
                   "restore it from version control, or delete it and run `tenon generate` again"};
}

std::string json_quoted(std::string_view text) {
    return boost::json::serialize(boost::json::string(text));
}

}  // namespace tenon::gen
