// Coroutine forms that g++ 12.2 miscompiles: an aggregate, a brace list or a capturing lambda inside a co_await
// expression is destroyed twice. Also one co_await to a statement, so that the order of effects can be read.
#include <regex>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {
namespace {

constexpr std::string_view keyword = "co_await";

bool is_identifier(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Where the expression of the co_await at `at` ends: at its `;`, or at the `)` of what encloses it.
std::size_t end_of_expression(std::string_view code, std::size_t at) {
    int depth = 0;
    for (std::size_t i = at; i < code.size(); ++i) {
        if (code[i] == '(' || code[i] == '[' || code[i] == '{') ++depth;
        if (code[i] == ')' || code[i] == ']' || code[i] == '}') --depth;
        if (depth < 0 || (depth == 0 && code[i] == ';')) return i;
    }
    return code.size();
}

// `[&]`, `[=]`, `[x]`, `[this]` of a lambda. An index (`a[i]`) follows a name or a bracket; `[]` captures nothing.
bool has_capturing_lambda(std::string_view expression) {
    for (std::size_t i = expression.find('['); i != std::string_view::npos; i = expression.find('[', i + 1)) {
        std::size_t before = i;
        while (before > 0 && std::isspace(static_cast<unsigned char>(expression[before - 1]))) --before;
        const char c = before == 0 ? ' ' : expression[before - 1];
        if (is_identifier(c) || c == ')' || c == ']') continue;
        const std::size_t close = expression.find(']', i);
        if (close == std::string_view::npos || close > i + 1) return true;
    }
    return false;
}

void check_expression(const source_file& file, std::size_t at, findings& out) {
    const std::string_view code = file.code;
    const std::string_view expression = code.substr(at, end_of_expression(code, at) - at);
    const std::size_t line = file.line_of(at);
    if (has_capturing_lambda(expression)) {
        out.push_back(
            {file.path, line, "coroutine", "name the lambda before the co_await: g++ 12 miscompiles it inside"});
    } else if (expression.find('{') != std::string_view::npos) {
        out.push_back({file.path, line, "coroutine", "no braces inside a co_await expression: name the operand first"});
    }
    if (expression.find(keyword, keyword.size()) != std::string_view::npos) {
        out.push_back({file.path, line, "coroutine", "one co_await to a statement"});
    }
}

// Two awaits of one statement that are not nested: `f(co_await a(), co_await b());`
void check_siblings(const source_file& file, std::size_t at, findings& out) {
    const std::string_view code = file.code;
    const std::size_t end = end_of_expression(code, at);
    const std::size_t stop = code.find_first_of(";{}", end);
    const std::string_view rest = code.substr(end, (stop == std::string_view::npos ? code.size() : stop) - end);
    if (rest.find(keyword) != std::string_view::npos) {
        out.push_back({file.path, file.line_of(at), "coroutine", "one co_await to a statement"});
    }
}

}  // namespace

void check_coroutines(const source_file& file, findings& out) {
    const std::string_view code = file.code;
    for (std::size_t at = code.find(keyword); at != std::string_view::npos; at = code.find(keyword, at + 1)) {
        const bool whole_word = (at == 0 || !is_identifier(code[at - 1])) && !is_identifier(code[at + keyword.size()]);
        const bool is_operator = at >= 9 && code.substr(at - 9, 9) == "operator ";
        if (!whole_word || is_operator) continue;
        check_expression(file, at, out);
        check_siblings(file, at, out);
    }
}

}  // namespace tenon::tidy
