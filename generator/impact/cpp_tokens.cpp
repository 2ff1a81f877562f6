// On top of the reader of `rename`, which tells code from comments and literals line by line.
#include "generator/impact/cpp_tokens.hpp"

#include "generator/rename/tokens.hpp"

namespace tenon::gen {
namespace {

bool is_sign(const token& one, std::string_view text) {
    return one.kind == token_kind::other && one.text == text;
}

/// What a line says to the preprocessor: "if", "include"; empty for a line of code.
std::string_view directive_of(const token_line& line) {
    const bool is_one = line.tokens.size() > 1 && is_sign(line.tokens[0], "#");
    return is_one ? line.tokens[1].text : std::string_view();
}

/// Between the brackets or quotes of an #include; empty when it has neither.
std::string_view included_file(std::string_view line) {
    const std::size_t open = line.find_first_of("<\"", line.find("include"));
    if (open == std::string_view::npos) return {};
    const std::size_t close = line.find(line[open] == '<' ? '>' : '"', open + 1);
    return close == std::string_view::npos ? std::string_view() : line.substr(open + 1, close - open - 1);
}

/// Knows which lines `#if 0` leaves out, and its end or `#else` brings back.
class left_out {
  public:
    bool covers(const token_line& line) {
        const std::string_view directive = directive_of(line);
        if (depth_ == 0) {
            const bool is_zero = directive == "if" && line.tokens.size() == 3 && line.tokens[2].text == "0";
            if (is_zero) depth_ = 1;
            return is_zero;
        }
        if (directive.starts_with("if")) ++depth_;
        const bool other_branch = depth_ == 1 && directive.starts_with("el");
        if (directive == "endif" || other_branch) --depth_;
        return true;
    }

  private:
    std::size_t depth_ = 0;
};

/// Signs come one by one; numbers, characters and the ends of literals with SQL do not, or are told by how they begin.
bool is_one_sign(std::string_view text) {
    const char c = text.front();
    return text.size() == 1 && c != '\'' && c != '"' && !(c >= '0' && c <= '9');
}

void add_line(std::vector<cpp_token>& out, const token_line& line, std::size_t number) {
    for (const token& one : line.tokens) {
        if (one.kind == token_kind::prose) continue;
        if (one.kind == token_kind::name) {
            out.push_back({one.text, cpp_kind::name, number});
            continue;
        }
        const bool is_literal = one.kind != token_kind::other || !is_one_sign(one.text);
        const bool goes_on = !is_literal && !out.empty() && out.back().kind == cpp_kind::sign &&
                             out.back().text.data() + out.back().text.size() == one.text.data();
        const bool is_pair = goes_on && ((out.back().text == ":" && one.text == ":") ||
                                         (out.back().text == "-" && one.text == ">"));
        if (is_pair) {
            out.back().text = std::string_view(out.back().text.data(), 2);
        } else {
            out.push_back({one.text, is_literal ? cpp_kind::literal : cpp_kind::sign, number});
        }
    }
}

}  // namespace

std::vector<cpp_token> cpp_tokens(std::string_view text) {
    std::vector<cpp_token> out;
    left_out out_of_use;
    std::size_t number = 0;
    for (const token_line& line : token_lines(text_kind::cpp, text)) {
        ++number;
        if (out_of_use.covers(line)) continue;
        if (directive_of(line).starts_with("include")) {
            out.push_back({included_file(line.text), cpp_kind::header, number});
        } else {
            add_line(out, line, number);
        }
    }
    return out;
}

}  // namespace tenon::gen
