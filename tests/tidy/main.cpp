// The `tidy` program: `tidy [--project] FOLDER` prints what breaks the house rules and fails when anything does.
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "tests/tidy/tidy.hpp"

int main(int argc, char** argv) {
    using tenon::tidy::tree_kind;
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const bool project = !arguments.empty() && arguments.front() == "--project";
    if (arguments.size() != (project ? 2U : 1U)) {
        std::cerr << "usage: tidy [--project] FOLDER\n";
        return 2;
    }
    try {
        const tree_kind kind = project ? tree_kind::project : tree_kind::repository;
        const auto tree = tenon::tidy::load(arguments.back(), kind);
        const auto found = tenon::tidy::check(tree, kind);
        for (const auto& f : found) {
            std::cout << f.path << ':' << f.line << ": [" << f.rule << "] " << f.message << '\n';
        }
        std::cout << tree.files.size() << " files, " << found.size() << " findings\n";
        return found.empty() ? 0 : 1;
    } catch (const std::exception& e) {
        std::cerr << "tidy: " << e.what() << '\n';
        return 2;
    }
}
