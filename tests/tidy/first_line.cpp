// The first line of each file says what it is; in a generated project, also who may change it.
#include <regex>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {
namespace {

std::string line_at(const std::string& text, std::size_t number) {
    std::size_t begin = 0;
    for (; number > 1 && begin != std::string::npos; --number) {
        begin = text.find('\n', begin);
        if (begin != std::string::npos) ++begin;
    }
    return begin == std::string::npos ? "" : text.substr(begin, text.find('\n', begin) - begin);
}

bool is_cmake(const source_file& file) {
    return file.path.ends_with("CMakeLists.txt") || file.path.ends_with(".cmake");
}

void check_repository(const source_file& file, findings& out) {
    const bool script = file.text.starts_with("#!");
    if (!file.is_cpp() && !is_cmake(file) && !script) return;
    if (file.under("templates")) return;  // Its first line is the generated file's business.
    const std::string line = line_at(file.text, script ? 2 : 1);
    const std::string mark = file.is_cpp() ? "// " : "# ";
    if (!line.starts_with(mark) || line.size() < mark.size() + 8) {
        out.push_back({file.path, script ? 2U : 1U, "first-line", "say here in one line what this file is"});
    }
    if (file.is_header() && file.code.find("#pragma once") == std::string::npos) {
        out.push_back({file.path, 1, "pragma-once", "a header needs #pragma once"});
    }
}

void check_project(const source_file& file, findings& out) {
    if (!file.is_cpp() && !is_cmake(file) && !file.path.ends_with(".sql")) return;
    static const std::regex owner(R"((^|[^a-z])(generated|seeded|frozen|yours)([^a-z]|$))", std::regex::icase);
    const std::string head = line_at(file.text, 1) + "\n" + line_at(file.text, 2) + "\n" + line_at(file.text, 3);
    if (!std::regex_search(head, owner)) {
        out.push_back(
            {file.path, 1, "owner-line", "the first lines must name the owner class: generated, seeded or frozen"});
    }
}

}  // namespace

void check_first_line(const source_file& file, tree_kind kind, findings& out) {
    if (kind == tree_kind::repository) {
        check_repository(file, out);
    } else {
        check_project(file, out);
    }
}

}  // namespace tenon::tidy
