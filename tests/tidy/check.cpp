// All rules over a whole tree.
#include <algorithm>
#include <tuple>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {

findings check(const source_tree& tree, tree_kind kind) {
    findings out;
    const bool repository = kind == tree_kind::repository;
    for (const auto& [path, file] : tree.files) {
        check_first_line(file, kind, out);
        check_text(file, kind, out);
        check_links(tree, file, out);
        const bool source = file.is_cpp() || path.starts_with("tools/");
        if (source && repository && !file.under("templates")) check_budgets(file, out);
        if (!file.is_cpp()) continue;
        check_banned(file, out);
        if (repository) check_clocks(file, out);
        check_includes(file, out);
        // Programs that show what the compiler does to the bad forms have to use them.
        if (!file.under("tests/compiler")) check_coroutines(file, out);
    }
    check_error_codes(tree, out);
    std::sort(out.begin(), out.end(), [](const finding& a, const finding& b) {
        return std::tie(a.path, a.line, a.rule) < std::tie(b.path, b.line, b.rule);
    });
    return out;
}

}  // namespace tenon::tidy
