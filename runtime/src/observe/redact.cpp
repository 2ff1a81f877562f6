// Takes secrets out of texts that are about to be logged: one pass, word by word.
#include "observe/redact.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace tenon::observe {
namespace {

constexpr std::string_view mark = "[redacted]";
constexpr std::array<std::string_view, 11> secret_stems = {"password", "passwd",     "secret",     "authorization",
                                                           "cookie",   "apikey",     "privatekey", "credential",
                                                           "token",    "passphrase", "signingkey"};
constexpr std::array<std::string_view, 7> secret_prefixes = {"eyJ", "sk_", "rk_", "whsec_", "sk-", "ghp_", "xoxb-"};

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}
bool is_token_character(char c) {
    return is_word(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
}

// Lower case without separators, so that api_key, Api-Key and apiKey are one.
std::string folded(std::string_view name) {
    std::string out;
    out.reserve(name.size());
    for (const char c : name) {
        if (c != '_' && c != '-') out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
}

// Copies `in` to `out` while it replaces secrets.
class redactor {
  public:
    explicit redactor(std::string_view in) : in_(in) { out_.reserve(in.size()); }

    std::string run() && {
        while (at_ < in_.size()) {
            if (is_word(in_[at_])) {
                word();
            } else {
                out_ += in_[at_++];
            }
        }
        return std::move(out_);
    }

  private:
    void copy_to(std::size_t end) {
        out_.append(in_.substr(at_, end - at_));
        at_ = end;
    }
    std::size_t end_of(std::size_t from, bool (*belongs)(char)) const {
        while (from < in_.size() && belongs(in_[from])) ++from;
        return from;
    }

    void word() {
        const std::size_t end = end_of(at_, is_word);
        const std::string_view text = in_.substr(at_, end - at_);
        if (looks_like_token(text)) {
            out_ += mark;
            at_ = end_of(at_, is_token_character);
            return;
        }
        // Credentials are longer than the words that follow "basic" in prose.
        const bool scheme = text == "Bearer" || text == "bearer" || text == "Basic" || text == "BEARER";
        if (scheme && end < in_.size() && in_[end] == ' ' && end_of(end + 1, is_token_character) > end + 7) {
            copy_to(end + 1);
            out_ += mark;
            at_ = end_of(at_, is_token_character);
            return;
        }
        copy_to(end);
        if (is_followed_by_value() && is_secret_name(text)) value_of(text);
    }

    // A name has a ':' or '=' behind it, with quotes, backslashes or blanks in between.
    bool is_followed_by_value() const {
        const std::size_t next = in_.find_first_not_of("\\\"' ", at_);
        return next != std::string_view::npos && (in_[next] == ':' || in_[next] == '=');
    }

    static bool looks_like_token(std::string_view text) {
        return text.size() >= 8 && std::any_of(secret_prefixes.begin(), secret_prefixes.end(),
                                               [&](std::string_view prefix) { return text.starts_with(prefix); });
    }

    // Behind a secret name: an optional (escaped) quote, ':' or '=', then the value.
    void value_of(std::string_view name) {
        std::size_t i = at_;
        while (i < in_.size() && in_[i] == '\\') ++i;
        const std::size_t depth = i - at_;  // backslashes before a quote, at this depth of quoting
        const bool quoted_name = i < in_.size() && in_[i] == '"';
        while (i < in_.size() && (in_[i] == '"' || in_[i] == '\'' || in_[i] == ' ')) ++i;
        if (i == in_.size() || (in_[i] != ':' && in_[i] != '=')) return;
        ++i;
        while (i < in_.size() && in_[i] == ' ') ++i;
        std::size_t escapes = 0;
        while (i + escapes < in_.size() && in_[i + escapes] == '\\') ++escapes;
        const std::size_t open = i + escapes;
        if (open == in_.size()) return;
        const std::string quote = quoted_name ? std::string(depth, '\\') + '"' : std::string();
        if (in_[open] == '"' || in_[open] == '\'') return quoted(open, escapes);
        if (in_[open] == '{' || in_[open] == '[') return nested(open, depth, quote);
        bare(i, name, quote);
    }

    // A quoted value ends at a quote with as many backslashes before it as the opening one had.
    void quoted(std::size_t open, std::size_t escapes) {
        copy_to(open + 1);
        std::size_t run = 0;
        std::size_t i = at_;
        for (; i < in_.size(); ++i) {
            if (in_[i] == in_[open] && run == escapes) break;
            run = in_[i] == '\\' ? run + 1 : 0;
        }
        out_ += mark;
        at_ = i < in_.size() ? i - escapes : i;
    }

    void nested(std::size_t open, std::size_t escapes, const std::string& quote) {
        copy_to(open);
        std::size_t depth = 0;
        std::size_t run = 0;
        bool in_string = false;
        std::size_t i = open;
        for (; i < in_.size(); ++i) {
            const char c = in_[i];
            if (c == '"' && run == escapes) in_string = !in_string;
            run = c == '\\' ? run + 1 : 0;
            if (in_string) continue;
            if (c == '{' || c == '[') ++depth;
            if ((c == '}' || c == ']') && --depth == 0) break;
        }
        out_.append(quote).append(mark).append(quote);
        at_ = std::min(i + 1, in_.size());
    }

    // token=abc, or a number: counts of tokens stay readable.
    void bare(std::size_t start, std::string_view name, const std::string& quote) {
        std::size_t end = start;
        while (end < in_.size() && !std::isspace(static_cast<unsigned char>(in_[end])) &&
               std::string_view(",;&\"'}])\\").find(in_[end]) == std::string_view::npos)
            ++end;
        const std::string_view text = in_.substr(start, end - start);
        const bool number = text.find_first_not_of("0123456789.") == std::string_view::npos;
        const bool count = number && folded(name).find("tokens") != std::string::npos;
        if (text.empty() || text == "null" || text == "true" || text == "false" || count) return;
        if ((text == "Bearer" || text == "Basic") && end < in_.size()) end = end_of(end + 1, is_token_character);
        copy_to(start);
        out_.append(quote).append(mark).append(quote);
        at_ = end;
    }

    std::string_view in_;
    std::string out_;
    std::size_t at_ = 0;
};

}  // namespace

bool is_secret_name(std::string_view name) {
    if (name.size() < 5) return false;
    // The members of every access line, which are looked at for every request.
    for (const std::string_view harmless :
         {"level", "message", "request_id", "method", "route", "status", "duration_ms", "remote_ip", "tenant"}) {
        if (name == harmless) return false;
    }
    const std::string plain = folded(name);
    return std::any_of(secret_stems.begin(), secret_stems.end(),
                       [&](std::string_view stem) { return plain.find(stem) != std::string::npos; });
}

void redact(std::string& line) {
    line = redactor(line).run();
}

}  // namespace tenon::observe
