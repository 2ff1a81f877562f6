// Reads .env line by line.
#include "app/env_file.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <set>

namespace tenon::app {
namespace {

constexpr std::size_t file_bytes_max = 64 * 1024;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool is_name(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !text.empty() && !(text.front() >= '0' && text.front() <= '9') &&
           std::all_of(text.begin(), text.end(), fits);
}

/// Nothing may follow the closing quote but a remark.
bool is_rest(std::string_view text) {
    text = trimmed(text);
    return text.empty() || text.front() == '#';
}

std::optional<std::string> in_double_quotes(std::string_view text) {
    std::string out;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') return is_rest(text.substr(i + 1)) ? std::optional(out) : std::nullopt;
        const bool escapes = text[i] == '\\' && i + 1 < text.size() &&
                             std::string_view("\"\\n$").find(text[i + 1]) != std::string_view::npos;
        if (escapes) ++i;
        out += escapes && text[i] == 'n' ? '\n' : text[i];
    }
    return std::nullopt;
}

std::optional<std::string> value_of(const std::string_view behind_equals) {
    const std::string_view text = trimmed(behind_equals);
    if (text.starts_with('"')) return in_double_quotes(text);
    if (text.starts_with('\'')) {
        const std::size_t end = text.find('\'', 1);
        if (end == text.npos || !is_rest(text.substr(end + 1))) return std::nullopt;
        return std::string(text.substr(1, end - 1));
    }
    const std::size_t remark = std::min(behind_equals.find(" #"), behind_equals.find("\t#"));
    return std::string(trimmed(behind_equals.substr(0, remark)));
}

std::optional<std::string> process_environment(std::string_view name) {
    const char* const value = std::getenv(std::string(name).c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

}  // namespace

result<std::map<std::string, std::string, std::less<>>> parse_env_file(std::string_view text) {
    std::map<std::string, std::string, std::less<>> out;
    field_errors wrong;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (line.empty() || line.front() == '#') continue;
        if (line.starts_with("export ")) line = trimmed(line.substr(7));
        const std::size_t equals = std::min(line.find('='), line.size());
        const std::string_view name = trimmed(line.substr(0, equals));
        const auto value = equals < line.size() ? value_of(line.substr(equals + 1)) : std::nullopt;
        if (is_name(name) && value) {
            out.insert_or_assign(std::string(name), *value);
        } else {
            wrong.add("/line " + std::to_string(number), "is not NAME=VALUE, with quotes around VALUE or none");
        }
    }
    if (wrong.empty()) return out;
    return error(std::move(wrong));
}

result<file_environment> environment_with_file(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return file_environment{process_environment, [] { return std::vector<std::string>(); }};
    if (std::filesystem::is_fifo(path, ignored)) return error(errc::invalid, "The file " + path + " is a pipe.");
    std::ifstream file(path, std::ios::binary);
    std::string text(file_bytes_max + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file && !file.eof()) return error(errc::invalid, "The file " + path + " cannot be read.");
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > file_bytes_max) return error(errc::invalid, "The file " + path + " has more than 64 KiB.");
    auto variables = parse_env_file(text);
    if (!variables) {
        error wrong = std::move(variables).error();
        wrong.message = "The file " + path + " is not valid.";
        return wrong;
    }
    struct contents {
        std::map<std::string, std::string, std::less<>> known;
        std::set<std::string, std::less<>> unasked;
    };
    const auto from = std::make_shared<contents>();
    from->known = std::move(*variables);
    for (const auto& [name, value] : from->known) from->unasked.insert(name);
    file_environment out;
    out.variables = [from](std::string_view name) -> std::optional<std::string> {
        if (const auto asked = from->unasked.find(name); asked != from->unasked.end()) from->unasked.erase(asked);
        if (auto value = process_environment(name)) return value;
        const auto found = from->known.find(name);
        return found == from->known.end() ? std::nullopt : std::optional(found->second);
    };
    out.unasked = [from] { return std::vector<std::string>(from->unasked.begin(), from->unasked.end()); };
    return out;
}

}  // namespace tenon::app
