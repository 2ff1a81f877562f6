// Copies stored JSON, runs of bytes at a time.
#include "json/stored.hpp"

#include "core/utf8.hpp"

namespace tenon::json {
namespace {

/// Behind the closing quote of the string whose inside begins at `at`; npos when it has none, or holds what JSON does
/// not allow in strings.
std::size_t end_of_string(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte == '"') return at + 1;
        if (byte == '\\') {
            at += 2;
        } else if (byte < 0x20) {
            return text.npos;
        } else if (byte < 0x80) {
            ++at;
        } else {
            const std::size_t length = utf8_sequence_length(text.substr(at));
            if (length == 0) return text.npos;
            at += length;
        }
    }
    return text.npos;
}

bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

}  // namespace

bool append_stored(std::string& out, std::string_view stored) {
    out.reserve(out.size() + stored.size());
    std::size_t kept = 0;  // what stands before is appended, or left out
    std::size_t open = 0;
    bool any = false;
    for (std::size_t at = 0; at < stored.size();) {
        const char c = stored[at];
        if (is_space(c)) {
            out.append(stored.substr(kept, at - kept));
            kept = ++at;
            continue;
        }
        if (any && open == 0 && (c == '[' || c == '{' || c == '"' || c == ',')) return false;  // a second value
        any = true;
        if (c == '"') {
            at = end_of_string(stored, at + 1);
            if (at == stored.npos) return false;
            continue;
        }
        if (c == '[' || c == '{') ++open;
        if ((c == ']' || c == '}') && open-- == 0) return false;
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F) return false;
        ++at;
    }
    out.append(stored.substr(kept));
    return any && open == 0;
}

}  // namespace tenon::json
