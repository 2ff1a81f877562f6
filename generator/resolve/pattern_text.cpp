// A small reader of regular expressions that writes a matching text while it goes.
#include "generator/resolve/pattern_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

/// What one walk prefers where the expression leaves a choice.
struct choices {
    int repeats = 1;  ///< How often something unbounded is repeated, if its minimum allows.
    int variant = 0;
};

constexpr std::size_t longest_text = 4096;
constexpr int deepest_group = 50;
constexpr std::size_t most_steps = 50'000;

/// Characters tried for a class, readable ones first.
constexpr std::string_view candidates =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. /:@#+,!$%&*()=?'\"<>[]{}|\\~^`;";

bool in_shorthand(char shorthand, char c) {
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    switch (shorthand) {
        case 'd':
            return digit;
        case 'D':
            return !digit;
        case 'w':
            return digit || letter || c == '_';
        case 'W':
            return !(digit || letter || c == '_');
        case 's':
            return c == ' ';
        default:
            return c != ' ';  // 'S'
    }
}

bool is_shorthand(char c) {
    return std::string_view("dDwWsS").find(c) != std::string_view::npos;
}

/// The ASCII members of a class in brackets.
class char_class {
  public:
    void add(char first, char last) {
        for (int c = static_cast<unsigned char>(first); c <= static_cast<unsigned char>(last); ++c) set(c);
    }
    void add_shorthand(char shorthand) {
        for (int c = 0x20; c < 0x7F; ++c) {
            if (in_shorthand(shorthand, static_cast<char>(c))) set(c);
        }
    }
    /// One member that reads well; the variant and the place in the text move it along.
    std::optional<char> pick(bool negated, std::size_t step) const {
        std::string members;
        for (const char c : candidates) {
            if (has_[static_cast<unsigned char>(c)] != negated) members += c;
        }
        if (members.empty()) return std::nullopt;
        return members[step % members.size()];
    }

  private:
    void set(int c) {
        if (c < 128) has_[static_cast<std::size_t>(c)] = true;
    }
    std::array<bool, 128> has_{};
};

struct count_range {
    int min = 1;
    int max = 1;
};

class walker {
  public:
    walker(std::string_view expression, choices c) : text_(expression), choices_(c) {}

    /// Nothing when something is not understood.
    std::optional<std::string> run() {
        std::string out;
        if (!alternatives(out, 0) || at_ != text_.size()) return std::nullopt;
        return out;
    }

  private:
    bool done() const { return at_ >= text_.size(); }
    char peek() const { return done() ? '\0' : text_[at_]; }
    bool take(std::string_view word) {
        if (!text_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }

    bool alternatives(std::string& out, int depth) {
        std::vector<std::string> options(1);
        if (depth > deepest_group || !sequence(options.back(), depth)) return false;
        while (take("|")) {
            if (!sequence(options.emplace_back(), depth)) return false;
        }
        out += options[static_cast<std::size_t>(choices_.variant) % options.size()];
        return true;
    }

    bool sequence(std::string& out, int depth) {
        while (!done() && peek() != '|' && peek() != ')') {
            if (depth == 0 && out.empty() && take("^")) continue;
            if (depth == 0 && take("$")) return done() || peek() == '|';
            std::string piece;
            const std::size_t begin = at_;
            if (!atom(piece, depth)) return false;
            const std::size_t end = at_;
            const auto count = quantifier();
            if (!count || !repeat(out, piece, begin, end, *count, depth)) return false;
        }
        return true;
    }

    /// Writes the atom in [begin, end) as often as wanted, walking it anew each time so that classes move along.
    bool repeat(std::string& out, const std::string& first, std::size_t begin, std::size_t end, count_range count,
                int depth) {
        const int wanted = std::min(count.max, std::max(count.min, choices_.repeats));
        const std::size_t behind = at_;
        for (int i = 0; i < wanted; ++i) {
            std::string piece = first;
            if (i > 0) {
                piece.clear();
                at_ = begin;
                if (!atom(piece, depth) || at_ != end) return false;
            }
            out += piece;
            if (out.size() > longest_text) return false;
        }
        at_ = behind;
        return true;
    }

    std::optional<count_range> quantifier() {
        count_range out;
        if (take("?"))
            out = {0, 1};
        else if (take("*"))
            out = {0, 1 << 20};
        else if (take("+"))
            out = {1, 1 << 20};
        else if (peek() == '{')
            return braces();
        take("?");  // a lazy quantifier matches the same texts
        return out;
    }

    std::optional<count_range> braces() {
        take("{");
        const auto min = number();
        if (!min) return std::nullopt;
        count_range out{*min, *min};
        if (take(",")) out.max = peek() == '}' ? 1 << 20 : number().value_or(-1);
        if (!take("}") || out.max < out.min) return std::nullopt;
        take("?");
        return out;
    }

    std::optional<int> number() {
        int value = 0;
        const std::size_t begin = at_;
        while (peek() >= '0' && peek() <= '9' && value < 100'000) value = value * 10 + (text_[at_++] - '0');
        return at_ == begin ? std::nullopt : std::optional<int>(value);
    }

    bool atom(std::string& out, int depth) {
        if (++steps_ > most_steps) return false;
        if (take("(")) return group(out, depth);
        if (take("[")) return bracket(out);
        if (take("\\")) return escape(out);
        if (take(".")) return append(out, char_class(), true);
        if (std::string_view("*+?{}^$").find(peek()) != std::string_view::npos) return false;
        const std::size_t length = decode_utf8(text_, at_).length;
        out += text_.substr(at_, length);
        at_ += length;
        return true;
    }

    bool group(std::string& out, int depth) {
        if (take("?") && !take(":")) {
            take("P");
            if (!take("<") || peek() == '=' || peek() == '!') return false;
            at_ = text_.find('>', at_);
            if (at_ == std::string_view::npos) return at_ = text_.size(), false;
            ++at_;
        }
        return alternatives(out, depth + 1) && take(")");
    }

    bool append(std::string& out, const char_class& members, bool negated) {
        const std::size_t step = steps_ + static_cast<std::size_t>(choices_.variant) * 7;
        const auto picked = members.pick(negated, step);
        if (picked) out += *picked;
        return picked.has_value();
    }

    /// The character that a one-character escape stands for; nothing when it is not understood.
    static std::optional<char> escaped_char(char c) {
        if (c == 't') return '\t';
        if (c == 'n') return '\n';
        if (c == 'r') return '\r';
        const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return word || static_cast<unsigned char>(c) >= 0x80 ? std::nullopt : std::optional<char>(c);
    }

    bool escape(std::string& out) {
        if (done()) return false;
        const char c = text_[at_++];
        if (is_shorthand(c)) {
            char_class members;
            members.add_shorthand(c);
            return append(out, members, false);
        }
        const auto plain = escaped_char(c);
        if (plain) out += *plain;
        return plain.has_value();
    }

    bool bracket(std::string& out) {
        char_class members;
        const bool negated = take("^");
        while (!done() && peek() != ']') {
            if (!class_item(members)) return false;
        }
        return take("]") && append(out, members, negated);
    }

    bool class_item(char_class& members) {
        if (text_.substr(at_).starts_with("\\") && at_ + 1 < text_.size() && is_shorthand(text_[at_ + 1])) {
            members.add_shorthand(text_[at_ + 1]);
            at_ += 2;
            return true;
        }
        const auto first = class_char();
        if (!first) return false;
        const bool range = peek() == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']';
        if (!range) return members.add(*first, *first), true;
        take("-");
        const auto last = class_char();
        if (!last || *last < *first) return false;
        return members.add(*first, *last), true;
    }

    /// One ASCII character of a class; others are left out of the choice.
    std::optional<char> class_char() {
        if (done()) return std::nullopt;
        if (take("\\")) return done() ? std::nullopt : escaped_char(text_[at_++]);
        const std::size_t length = decode_utf8(text_, at_).length;
        const char c = length == 1 ? text_[at_] : '\x7F';
        at_ += length;
        return c;
    }

    std::string_view text_;
    choices choices_;
    std::size_t at_ = 0;
    std::size_t steps_ = 0;
};

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// What an escape becomes in RE2, and how long it was; `at` is its backslash.
std::size_t convert_escape(std::string_view text, std::size_t at, std::string& out) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("\\/")) return out += '/', 2;
    if (rest.starts_with("\\u{")) return out += "\\x{", 3;
    const bool four = rest.size() >= 6 && rest[1] == 'u' && std::all_of(rest.begin() + 2, rest.begin() + 6, is_hex);
    if (four) return out += "\\x{" + std::string(rest.substr(2, 4)) + "}", 6;
    out += rest.substr(0, 2);
    return std::min<std::size_t>(2, rest.size());
}

}  // namespace

std::string re2_pattern(std::string_view ecmascript) {
    std::string out;
    for (std::size_t at = 0; at < ecmascript.size();) {
        const std::string_view rest = ecmascript.substr(at);
        const bool named = rest.starts_with("(?<") && !rest.starts_with("(?<=") && !rest.starts_with("(?<!");
        if (rest.front() == '\\') {
            at += convert_escape(ecmascript, at, out);
        } else if (named) {
            out += "(?P<";
            at += 3;
        } else {
            out += rest.front();
            ++at;
        }
    }
    return out;
}

std::optional<std::string> matching_text(std::string_view ecmascript, std::int64_t min, std::int64_t max, int variant) {
    constexpr auto repeats = std::to_array<int>({3, 1, 2, 0, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 64, 128, 256, 1024});
    for (const int count : repeats) {
        const auto made = walker(ecmascript, {count, variant}).run();
        if (!made) continue;
        const auto length = static_cast<std::int64_t>(count_code_points(*made));
        if (length >= min && length <= max) return made;
    }
    return std::nullopt;
}

}  // namespace tenon::gen
