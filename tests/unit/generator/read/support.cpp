// What the reader's tests share.
#include "tests/unit/generator/read/support.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace tenon::gen::test {

std::filesystem::path source_folder() {
    return TENON_SOURCE_FOLDER;
}
std::filesystem::path corpus_folder() {
    return source_folder() / "tests" / "errors";
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

spec must_read(const std::string& text, const read_options& options) {
    const source_text source{"spec.yaml", text};
    auto found = read_spec(source, options);
    if (found) return std::move(*found);
    ADD_FAILURE() << print(found.error(), source, diagnostic_format::text);
    return {};
}

diagnostics mistakes_in(const std::string& text, const read_options& options) {
    auto found = read_spec({"spec.yaml", text}, options);
    return found ? found->warnings : found.error();
}

std::vector<std::string> places_of(const diagnostics& found, const std::string& text) {
    const line_index lines(text);
    std::vector<std::string> out;
    for (const diagnostic& one : found.items) {
        const line_column at = lines.place(one.at.offset);
        out.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + " " + code_text(one.id));
    }
    return out;
}

std::vector<std::string> codes_of(const diagnostics& found) {
    std::vector<std::string> out;
    for (const diagnostic& one : found.items) out.push_back(code_text(one.id));
    return out;
}

std::string whole_language() {
    return read_file(source_folder() / "tests" / "unit" / "generator" / "read" / "whole_language.yaml");
}

}  // namespace tenon::gen::test
