// Text of any kind: no loose ends, no trailing space, no path of one particular machine.
#include <array>
#include <regex>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {
namespace {

// Expected outputs are what programs print, and broken specs are broken on purpose.
bool is_test_data(const source_file& file) {
    return file.under("tests/errors") || file.path.find("/expected/") != std::string::npos ||
           file.path.ends_with(".expected") || file.path.ends_with("package-lock.json") ||
           file.path.find("corpus/") != std::string::npos;
}

void find_all(const source_file& file, const std::regex& what, const std::string& rule, const std::string& message,
              findings& out) {
    for (std::sregex_iterator i(file.text.begin(), file.text.end(), what), end; i != end; ++i) {
        out.push_back({file.path, file.line_of(static_cast<std::size_t>(i->position())), rule, message});
    }
}

void check_trailing_space(const source_file& file, findings& out) {
    for (std::size_t i = file.text.find('\n'); i != std::string::npos; i = file.text.find('\n', i + 1)) {
        if (i > 0 && (file.text[i - 1] == ' ' || file.text[i - 1] == '\t')) {
            out.push_back({file.path, file.line_of(i), "trailing-space", "a line must not end in space"});
        }
    }
    if (!file.text.empty() && file.text.back() != '\n') {
        out.push_back({file.path, file.line_of(file.text.size() - 1), "final-newline", "the last line must end"});
    }
}

}  // namespace

void check_text(const source_file& file, tree_kind kind, findings& out) {
    if (is_test_data(file)) return;
    // Put together from parts, so that this file keeps its own rules.
    static const std::regex loose_end(
        "\\b(TO"
        "DO|FIX"
        "ME|XX"
        "X)\\b");
    static const std::regex machine_path(
        "(^|[^\\w}.])(/wor"
        "k/|/ro"
        "ot/|/ho"
        "me/[a-z]|/tm"
        "p/(b-|brief))");
    find_all(file, loose_end, "loose-end", "finish it, or open an issue", out);
    if (kind == tree_kind::repository) {
        find_all(file, machine_path, "machine-path", "this path exists on one machine only", out);
    }
    check_trailing_space(file, out);
}

}  // namespace tenon::tidy
