// Texts of a wanted length, from the tree of a regular expression.
#include "generator/support/pattern_text.hpp"

#include <algorithm>
#include <bitset>
#include <cstdlib>
#include <vector>

#include "generator/support/pattern_tree.hpp"

namespace tenon::gen {

namespace {

constexpr auto longest = static_cast<std::size_t>(longest_measured);

/// Which lengths, in code points, a part of the expression can have.
using lengths = std::bitset<longest + 1>;

lengths sum(const lengths& a, const lengths& b) {
    lengths out;
    for (std::size_t i = 0; i <= longest; ++i) {
        if (a[i]) out |= b << i;
    }
    return out;
}

/// The one of them that is nearest to `wish`, the shorter of two. Requires: there is one.
std::size_t nearest_of(const lengths& all, std::size_t wish) {
    for (std::size_t away = 0;; ++away) {
        if (away <= wish && wish - away <= longest && all[wish - away]) return wish - away;
        if (wish + away <= longest && all[wish + away]) return wish + away;
    }
}

/// A node of the pattern with what its texts can be.
struct measured {
    const pattern_node* node = nullptr;
    std::vector<measured> parts;
    lengths can_be;
    std::size_t natural = 0;      ///< The length that reads best.
    std::vector<lengths> behind;  ///< sequence: of all parts from the i-th on; repeat: of i copies.
};

constexpr int natural_copies = 3;

void measure_sequence(measured& out) {
    out.behind.assign(out.parts.size() + 1, lengths(1));
    for (std::size_t i = out.parts.size(); i-- > 0;) {
        out.behind[i] = sum(out.parts[i].can_be, out.behind[i + 1]);
        out.natural += out.parts[i].natural;
    }
    out.can_be = out.behind.front();
}

/// As many copies as lengths become new by them.
void measure_repeat(measured& out) {
    const measured& part = out.parts.front();
    const int most = std::min<int>(out.node->max, std::max<int>(out.node->min, longest));
    out.behind.emplace_back(1);
    for (int copies = 0;; ++copies) {
        const lengths before = out.can_be;
        if (copies >= out.node->min) out.can_be |= out.behind.back();
        const bool no_more = copies > out.node->min + 1 && out.can_be == before;
        if (copies == most || out.behind.back().none() || no_more) break;
        out.behind.push_back(sum(part.can_be, out.behind.back()));
    }
    const int copies = std::clamp(natural_copies, out.node->min, std::max(out.node->min, out.node->max));
    out.natural = std::min(longest, part.natural * static_cast<std::size_t>(copies));
}

measured measure(const pattern_node& node) {
    measured out;
    out.node = &node;
    for (const pattern_node& part : node.parts) out.parts.push_back(measure(part));
    switch (node.what) {
        case pattern_node::kind::one_of:
            out.can_be.set(1);
            out.natural = 1;
            break;
        case pattern_node::kind::sequence:
            measure_sequence(out);
            break;
        case pattern_node::kind::choice:
            for (const measured& part : out.parts) out.can_be |= part.can_be;
            out.natural = out.parts.front().natural;
            break;
        case pattern_node::kind::repeat:
            measure_repeat(out);
            break;
    }
    return out;
}

class writer {
  public:
    explicit writer(std::size_t variant) : variant_(variant) {}

    /// Requires: the node can be so long.
    void write(const measured& of, std::size_t length) {
        switch (of.node->what) {
            case pattern_node::kind::one_of:
                text_ += of.node->members[(++steps_ + variant_ * 7) % of.node->members.size()];
                return;
            case pattern_node::kind::sequence:
                for (std::size_t i = 0; i < of.parts.size(); ++i)
                    length -= write_some(of.parts[i], of.behind[i + 1], length);
                return;
            case pattern_node::kind::choice:
                return write_choice(of, length);
            case pattern_node::kind::repeat:
                return write_copies(of, length);
        }
    }

    std::string take() { return std::move(text_); }

  private:
    /// One part, such that `rest` can fill up to `length`; how long it became.
    std::size_t write_some(const measured& part, const lengths& rest, std::size_t length) {
        lengths fitting;
        for (std::size_t i = 0; i <= length; ++i) fitting[i] = part.can_be[i] && rest[length - i];
        const std::size_t chosen = nearest_of(fitting, std::min(part.natural, length));
        write(part, chosen);
        return chosen;
    }

    void write_choice(const measured& of, std::size_t length) {
        std::vector<const measured*> fitting;
        for (const measured& part : of.parts) {
            if (part.can_be[length]) fitting.push_back(&part);
        }
        write(*fitting[variant_ % fitting.size()], length);
    }

    void write_copies(const measured& of, std::size_t length) {
        const measured& part = of.parts.front();
        std::size_t copies = static_cast<std::size_t>(of.node->min);
        while (!of.behind[copies][length]) ++copies;
        for (; copies > 0; --copies) length -= write_some(part, of.behind[copies - 1], length);
    }

    const std::size_t variant_;
    std::size_t steps_ = 0;
    std::string text_;
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

bool is_ecmascript(std::string_view pattern) {
    const auto at = [&](std::size_t i) { return i < pattern.size() ? pattern[i] : '\0'; };
    bool in_class = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char next = at(i + 1);
        if (pattern[i] == '\\') {
            const bool long_class = (next == 'p' || next == 'P') && at(i + 2) == '{';
            if (!long_class && next != '\0' && std::string_view("AzCQEpP").find(next) != std::string_view::npos)
                return false;
            ++i;
        } else if (in_class) {
            if (pattern[i] == '[' && next == ':') return false;
            in_class = pattern[i] != ']';
        } else if (pattern[i] == '(' && next == '?' && at(i + 2) != ':' && at(i + 2) != '<') {
            return false;
        } else {
            in_class = pattern[i] == '[';
        }
    }
    return true;
}

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

std::optional<std::int64_t> length_beyond(std::string_view ecmascript, std::int64_t min, std::int64_t max) {
    const auto tree = max > longest_measured ? std::nullopt : parse_pattern(ecmascript);
    if (!tree) return std::nullopt;
    const lengths possible = measure(*tree).can_be;
    const auto is_possible = [&](std::int64_t length) { return possible[static_cast<std::size_t>(length)]; };
    for (std::int64_t length = min; length <= max; ++length) {
        if (is_possible(length)) return std::nullopt;
    }
    for (std::int64_t away = 1; away <= longest_measured; ++away) {
        if (max + away <= longest_measured && is_possible(max + away)) return max + away;
        if (min - away >= 0 && is_possible(min - away)) return min - away;
    }
    return longest_measured + 1;
}

std::optional<std::string> matching_text(std::string_view ecmascript, std::int64_t min, std::int64_t max, int variant) {
    const auto tree = parse_pattern(ecmascript);
    if (!tree) return std::nullopt;
    const measured whole = measure(*tree);
    std::vector<std::size_t> fitting;
    for (std::size_t i = 0; i <= longest; ++i) {
        const auto length = static_cast<std::int64_t>(i);
        if (whole.can_be[i] && length >= min && length <= max) fitting.push_back(i);
    }
    if (fitting.empty()) return std::nullopt;
    // The classes move along eight times, then the next length has its turn.
    constexpr std::size_t variants_of_a_length = 8;
    const auto natural = static_cast<std::ptrdiff_t>(whole.natural);
    const auto away = [&](std::size_t length) { return std::abs(static_cast<std::ptrdiff_t>(length) - natural); };
    std::stable_sort(fitting.begin(), fitting.end(), [&](std::size_t a, std::size_t b) { return away(a) < away(b); });
    const auto number = static_cast<std::size_t>(variant);
    writer out(number % variants_of_a_length);
    out.write(whole, fitting[number / variants_of_a_length % fitting.size()]);
    return out.take();
}

}  // namespace tenon::gen
