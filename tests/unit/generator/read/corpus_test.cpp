// Every bad or doubtful spec of tests/errors: the places its comments promise, and its whole output to the letter.
// TENON_UPDATE_GOLDENS=1 writes the .expected files anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/unit/generator/read/support.hpp"

namespace tenon::gen::test {
namespace {

constexpr std::size_t fewest_specs = 150;

struct bad_spec {
    std::string file;
    std::string text;
    std::vector<std::string> promised;  ///< "4:7 E011", as the comments say.
    read_options options;
};

bad_spec load(const std::filesystem::path& path) {
    bad_spec out{path.filename().string(), read_file(path), {}, {}};
    std::istringstream lines(out.text);
    constexpr std::string_view error = "# expect-error: ", warning = "# expect-warning: ";
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        if (line == "# accept-unsupported") out.options.accept_unsupported = true;
        if (line.starts_with(error)) out.promised.push_back(line.substr(error.size()));
        if (line.starts_with(warning)) out.promised.push_back(line.substr(warning.size()));
        if (!line.starts_with("#")) break;
    }
    return out;
}

std::vector<std::filesystem::path> corpus() {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::directory_iterator(corpus_folder())) {
        if (entry.path().extension() == ".yaml") out.push_back(entry.path());
    }
    std::sort(out.begin(), out.end());
    return out;
}

class corpus_test : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(corpus_test, reports_what_it_promises) {
    const bad_spec given = load(GetParam());
    const diagnostics found = mistakes_in(given.text, given.options);
    EXPECT_THAT(places_of(found, given.text), testing::UnorderedElementsAreArray(given.promised));

    for (const diagnostic& one : found.items) {
        EXPECT_NE(one.hint, "") << one.message;
        EXPECT_EQ(one.hint.find("docs/errors.md"), std::string::npos) << "nothing better is known: " << one.message;
    }

    const std::string output = print(found, {given.file, given.text}, diagnostic_format::text);
    std::filesystem::path expected = GetParam();
    expected.replace_extension(".expected");
    if (std::getenv("TENON_UPDATE_GOLDENS") != nullptr) std::ofstream(expected, std::ios::binary) << output;
    EXPECT_EQ(output, read_file(expected));
}

INSTANTIATE_TEST_SUITE_P(errors, corpus_test, testing::ValuesIn(corpus()),
                         [](const auto& one) { return one.param.stem().string(); });

TEST(corpus, forty_planted_mistakes_are_found_in_one_run) {
    const bad_spec given = load(corpus_folder() / "forty_mistakes.yaml");
    EXPECT_EQ(given.promised.size(), 40U);
    EXPECT_EQ(mistakes_in(given.text).items.size(), 40U);
}

TEST(corpus, is_large_and_covers_every_code) {
    std::vector<std::string> seen;
    const auto files = corpus();
    EXPECT_GE(files.size(), fewest_specs);
    for (const auto& path : files) {
        for (const std::string& promise : load(path).promised) seen.push_back(promise.substr(promise.find(' ') + 1));
    }
    // What no file of reasonable size or content can show is covered by hostile_test.cpp.
    for (const char* code : {"E001", "E002", "E009"}) seen.emplace_back(code);
    // What two versions of a spec are needed for is covered by the tests of migrate.
    for (const char* code : {"E070", "E071", "E072"}) seen.emplace_back(code);
    for (const code_info& info : all_codes()) EXPECT_THAT(seen, testing::Contains(code_text(info.id))) << info.key;
}

}  // namespace
}  // namespace tenon::gen::test
