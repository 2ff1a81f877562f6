// Recursive descent over the syntax that RE2 and ECMAScript share, and RE2's own classes.
#include "generator/support/pattern_tree.hpp"

#include <algorithm>
#include <array>

#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

constexpr int deepest_group = 50;

/// Members of classes that are tried, readable ones first.
constexpr std::string_view candidates =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. /:@#+,!$%&*()=?'\"<>[]{}|\\~^`;";

constexpr std::string_view small = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view capital = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view digits = "0123456789";
constexpr std::string_view punctuation = "-_./:@#,!%&*()?'\"[]{}\\;";
constexpr std::string_view symbols = "+$=<>|~^`";

template <class... Texts>
std::string letters_of(Texts... parts) {
    std::string out;
    (out.append(parts), ...);
    return out;
}

struct named_class {
    std::string_view name;
    std::string members;
};

/// By the names of Unicode's categories and of POSIX.
const std::string* members_of(std::string_view name) {
    static const std::array<named_class, 20> classes{{
        {"L", letters_of(small, capital)},
        {"Lu", std::string(capital)},
        {"Ll", std::string(small)},
        {"N", std::string(digits)},
        {"Nd", std::string(digits)},
        {"P", std::string(punctuation)},
        {"S", std::string(symbols)},
        {"Z", " "},
        {"Zs", " "},
        {"Latin", letters_of(small, capital)},
        {"alpha", letters_of(small, capital)},
        {"digit", std::string(digits)},
        {"alnum", letters_of(small, capital, digits)},
        {"upper", std::string(capital)},
        {"lower", std::string(small)},
        {"space", " "},
        {"punct", letters_of(punctuation, symbols)},
        {"word", letters_of(small, capital, digits, "_")},
        {"xdigit", "0123456789abcdefABCDEF"},
        {"graph", letters_of(small, capital, digits, punctuation, symbols)},
    }};
    for (const named_class& one : classes) {
        if (one.name == name) return &one.members;
    }
    return nullptr;
}

std::string encoded(char32_t c) {
    if (c < 0x80) return std::string(1, static_cast<char>(c));
    const auto behind = [c](unsigned shift) { return static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x800) return {static_cast<char>(0xC0U | (c >> 6U)), behind(0)};
    if (c < 0x10000) return {static_cast<char>(0xE0U | (c >> 12U)), behind(6), behind(0)};
    return {static_cast<char>(0xF0U | (c >> 18U)), behind(12), behind(6), behind(0)};
}

/// Members of a class in brackets: ASCII as a set, others as they stand.
class char_class {
  public:
    void add(std::string_view ascii) {
        for (const char c : ascii) has_[static_cast<unsigned char>(c) % has_.size()] = true;
    }
    void add_others_than(std::string_view ascii) {
        for (const char c : candidates) {
            if (ascii.find(c) == std::string_view::npos) add({&c, 1});
        }
    }
    void add_range(char32_t first, char32_t last) {
        for (char32_t c = first; c <= last && c < has_.size(); ++c) has_[c] = true;
        if (first >= has_.size()) others_.push_back(encoded(first));
    }
    pattern_node node(bool negated) const {
        pattern_node out{pattern_node::kind::one_of, {}, {}, 0, 0};
        for (const char c : candidates) {
            if (has_[static_cast<unsigned char>(c)] != negated) out.members.emplace_back(1, c);
        }
        if (negated) return out;
        out.members.insert(out.members.end(), others_.begin(), others_.end());
        for (std::size_t c = 0; c < has_.size() && out.members.empty(); ++c) {
            if (has_[c]) out.members.emplace_back(1, static_cast<char>(c));
        }
        return out;
    }

  private:
    std::array<bool, 128> has_{};
    std::vector<std::string> others_;
};

class parser {
  public:
    explicit parser(std::string_view text) : text_(text) {}

    std::optional<pattern_node> parse() {
        auto out = alternatives(0);
        if (at_ != text_.size()) return std::nullopt;
        return out;
    }

  private:
    using parsed = std::optional<pattern_node>;

    bool done() const { return at_ >= text_.size(); }
    char peek() const { return done() ? '\0' : text_[at_]; }
    bool take(std::string_view word) {
        if (!text_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }

    parsed alternatives(int depth) {
        pattern_node out{pattern_node::kind::choice, {}, {}, 0, 0};
        if (depth > deepest_group) return std::nullopt;
        do {
            auto one = sequence(depth);
            if (!one) return std::nullopt;
            out.parts.push_back(std::move(*one));
        } while (take("|"));
        if (out.parts.size() == 1) return std::move(out.parts.front());
        return out;
    }

    parsed sequence(int depth) {
        pattern_node out;
        while (!done() && peek() != '|' && peek() != ')') {
            if (take("^") || take("$")) continue;
            if (take("\\Q")) {
                quoted_text(out);
                if (out.parts.empty() ? starts_quantifier() : !quantified(out.parts.back())) return std::nullopt;
                continue;
            }
            auto one = atom(depth);
            if (!one || !quantified(*one)) return std::nullopt;
            out.parts.push_back(std::move(*one));
        }
        return out;
    }

    void quoted_text(pattern_node& out) {
        while (!done() && !take("\\E")) out.parts.push_back(literal());
    }

    bool starts_quantifier() const {
        return !done() && std::string_view("*+?{").find(peek()) != std::string_view::npos;
    }

    pattern_node literal() {
        const std::size_t length = decode_utf8(text_, at_).length;
        pattern_node out{pattern_node::kind::one_of, {std::string(text_.substr(at_, length))}, {}, 0, 0};
        at_ += length;
        return out;
    }

    /// False when the braces are not understood.
    bool quantified(pattern_node& one) {
        int min = 1, max = 1;
        if (take("?"))
            min = 0;
        else if (take("*"))
            min = 0, max = pattern_node::unbounded;
        else if (take("+"))
            max = pattern_node::unbounded;
        else if (!take("{"))
            return true;
        else if (!braces(min, max))
            return false;
        take("?");  // a lazy quantifier matches the same texts
        pattern_node out{pattern_node::kind::repeat, {}, {}, min, max};
        out.parts.push_back(std::move(one));
        one = std::move(out);
        return true;
    }

    bool braces(int& min, int& max) {
        const auto low = number();
        if (!low) return false;
        min = max = *low;
        if (take(",")) max = peek() == '}' ? pattern_node::unbounded : number().value_or(-1);
        return take("}") && max >= min;
    }

    std::optional<int> number() {
        int value = 0;
        const std::size_t begin = at_;
        while (peek() >= '0' && peek() <= '9' && value < 100'000) value = value * 10 + (text_[at_++] - '0');
        return at_ == begin ? std::nullopt : std::optional<int>(value);
    }

    parsed atom(int depth) {
        if (take("(")) return group(depth);
        if (take("[")) return bracket();
        if (take("\\")) return escape();
        if (take(".")) return char_class().node(true);
        if (std::string_view("*+?{}").find(peek()) != std::string_view::npos) return std::nullopt;
        return literal();
    }

    parsed group(int depth) {
        if (take("?") && !group_kind()) return std::nullopt;
        if (take(")")) return pattern_node();  // flags for what follows, which match more, never less
        auto out = alternatives(depth + 1);
        return out && take(")") ? out : std::nullopt;
    }

    /// Behind "(?": of a name, flags, or without either.
    bool group_kind() {
        take("P");
        if (take("<")) {
            if (peek() == '=' || peek() == '!') return false;
            at_ = std::min(text_.find('>', at_), text_.size());
            return take(">");
        }
        while (std::string_view("imsU-").find(peek()) != std::string_view::npos && !done()) ++at_;
        return take(":") || peek() == ')';
    }

    parsed escape() {
        if (done()) return std::nullopt;
        if (std::string_view("bBAz").find(peek()) != std::string_view::npos) return ++at_, pattern_node();
        char_class members;
        if (class_escape(members)) return members.node(false);
        const auto one = escaped_char();
        if (!one) return std::nullopt;
        return pattern_node{pattern_node::kind::one_of, {encoded(*one)}, {}, 0, 0};
    }

    /// \d and its like, \p{Lu} and \PN; behind the backslash. Nothing is taken of anything else.
    bool class_escape(char_class& out) {
        static constexpr std::string_view shorthands = "dDwWsS";
        static constexpr std::string_view names[] = {"digit", "word", "space"};
        const std::size_t shorthand = shorthands.find(peek());
        const bool property = peek() == 'p' || peek() == 'P';
        if (done() || (shorthand == std::string_view::npos && !property)) return false;
        bool negated = property ? peek() == 'P' : shorthand % 2 == 1;
        ++at_;
        std::string_view name = property ? text_.substr(at_, 1) : names[shorthand / 2];
        if (property && take("{")) {
            if (take("^")) negated = !negated;
            const std::size_t end = std::min(text_.find('}', at_), text_.size());
            name = text_.substr(at_, end - at_);
            at_ = end;
        }
        if (property && !done()) ++at_;
        return add_named(name, negated, out);
    }

    static bool add_named(std::string_view name, bool negated, char_class& out) {
        const std::string* const members = members_of(name);
        if (members == nullptr) return false;
        negated ? out.add_others_than(*members) : out.add(*members);
        return true;
    }

    /// The character that an escape stands for, behind the backslash; nothing when it is not understood.
    std::optional<char32_t> escaped_char() {
        const char c = peek();
        if (c == 'x' || c == 'u') return ++at_, code_point(c == 'x' ? 2 : 4);
        static constexpr std::string_view names = "tnrfva", stand_for = "\t\n\r\f\v\a";
        ++at_;
        if (const std::size_t known = names.find(c); known != std::string_view::npos)
            return static_cast<char32_t>(stand_for[known]);
        const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (word || static_cast<unsigned char>(c) >= 0x80) return std::nullopt;
        return static_cast<char32_t>(c);
    }

    std::optional<char32_t> code_point(std::size_t length) {
        const bool braced = take("{");
        if (braced) length = std::min(text_.find('}', at_), text_.size()) - at_;
        if (length == 0 || length > 6 || at_ + length > text_.size()) return std::nullopt;
        char32_t value = 0;
        for (const char c : text_.substr(at_, length)) {
            const std::size_t digit =
                std::string_view("0123456789abcdef").find(static_cast<char>(c | (c >= 'A' ? 0x20 : 0)));
            if (digit == std::string_view::npos) return std::nullopt;
            value = value * 16 + static_cast<char32_t>(digit);
        }
        at_ += length;
        if (braced && !take("}")) return std::nullopt;
        return value;
    }

    parsed bracket() {
        char_class members;
        const bool negated = take("^");
        for (bool first = true; first || peek() != ']'; first = false) {
            if (done() || !class_item(members)) return std::nullopt;
        }
        take("]");
        pattern_node out = members.node(negated);
        return out.members.empty() ? std::nullopt : parsed(std::move(out));
    }

    bool class_item(char_class& members) {
        if (take("[:")) {
            const bool negated = take("^");
            const std::size_t end = text_.find(":]", at_);
            if (end == std::string_view::npos) return false;
            const std::string_view name = text_.substr(at_, end - at_);
            at_ = end + 2;
            return add_named(name, negated, members);
        }
        if (peek() == '\\' && at_ + 1 < text_.size() &&
            std::string_view("dDwWsSpP").find(text_[at_ + 1]) != std::string_view::npos)
            return take("\\") && class_escape(members);
        const auto first = class_char();
        if (!first) return false;
        const bool range = peek() == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']';
        if (!range) return members.add_range(*first, *first), true;
        take("-");
        const auto last = class_char();
        if (!last || *last < *first) return false;
        return members.add_range(*first, *last), true;
    }

    std::optional<char32_t> class_char() {
        if (done()) return std::nullopt;
        if (take("\\")) return done() ? std::nullopt : escaped_char();
        const decoded one = decode_utf8(text_, at_);
        at_ += one.length;
        return one.value;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::optional<pattern_node> parse_pattern(std::string_view ecmascript) {
    return parser(ecmascript).parse();
}

}  // namespace tenon::gen
