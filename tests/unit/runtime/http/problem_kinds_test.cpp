// The codes of problem documents: each has a page and is written down in docs.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <tenon/http/problem.hpp>

namespace tenon::http {
namespace {

std::filesystem::path repository_root() {
    return std::filesystem::path(RUNTIME_TEST_DIR) / "../../..";
}

std::string read_whole(const std::filesystem::path& file) {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return out.str();
}

TEST(problem_kinds_test, are_found_by_their_code) {
    for (const problem_kind& each : problem_kinds()) EXPECT_EQ(find_problem_kind(each.code), &each) << each.code;
    EXPECT_EQ(find_problem_kind(""), nullptr);
    EXPECT_EQ(find_problem_kind("zzz"), nullptr);
    EXPECT_EQ(find_problem_kind("not_foun"), nullptr);
}

TEST(problem_kinds_test, name_each_error_code_with_its_status) {
    for (int code = 0; code <= static_cast<int>(errc::deadline_exceeded); ++code) {
        const problem_kind* const kind = find_problem_kind(name_of(static_cast<errc>(code)));
        ASSERT_NE(kind, nullptr) << name_of(static_cast<errc>(code));
        EXPECT_EQ(kind->status, status_of(static_cast<errc>(code))) << kind->code;
    }
    for (const problem_kind& each : problem_kinds()) EXPECT_NE(reason_of(each.status), "Unknown") << each.code;
}

/// The third argument of an `error(errc::…, "…", "kind")` whose parentheses open at `open`; empty when it has none.
std::string kind_of_error(const std::string& code, std::size_t open) {
    int depth = 0, commas = 0;
    std::string last, current;
    for (std::size_t at = open; at < code.size(); ++at) {
        const char c = code[at];
        if (c == '"') {
            current.clear();
            for (++at; at < code.size() && code[at] != '"'; ++at) {
                if (code[at] == '\\') ++at;
                current += code[at];
            }
            last = current;
            continue;
        }
        if (c == '(') ++depth;
        if (c == ',' && depth == 1) last.clear(), ++commas;
        if (c == ')' && --depth == 0) return commas == 2 ? last : std::string();
    }
    return {};
}

TEST(problem_kinds_test, have_every_kind_that_an_error_is_made_with) {
    std::size_t seen = 0;
    for (const char* folder : {"runtime/src", "runtime/features", "runtime/include", "templates/src"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(repository_root() / folder)) {
            if (!entry.is_regular_file()) continue;
            const std::string code = read_whole(entry.path());
            for (std::size_t at = code.find("errc::"); at != code.npos; at = code.find("errc::", at + 1)) {
                const std::string kind = kind_of_error(code, code.rfind('(', at));
                const bool is_kind =
                    !kind.empty() && kind.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == kind.npos;
                if (!is_kind) continue;
                ++seen;
                EXPECT_NE(find_problem_kind(kind), nullptr)
                    << entry.path() << ": declare " << kind << " in the feature that it belongs to";
            }
        }
    }
    EXPECT_GT(seen, 20U);
}

// TENON_UPDATE_GOLDENS=1 writes it anew.
TEST(problem_kinds_test, are_written_down) {
    std::string wanted =
        "# Problems\n\nEvery answer that says no is a problem document (RFC 9457). Its `code` is one of these and does "
        "not change; a service\nhas a page for each at `/problems/CODE`, where its `type` leads; only that of a 429 is "
        "the URI which IANA registers\nfor a used up quota. Handlers of your own may answer with codes of their own: "
        "add them to the list `ProblemCode` of\nopenapi.yaml, where regeneration keeps them.\n\n| code | status | what "
        "it means | what a client can do "
        "|\n|---|---|---|---|\n";
    for (const problem_kind& each : problem_kinds())
        wanted.append("| `")
            .append(each.code)
            .append("` | ")
            .append(std::to_string(each.status))
            .append(" | ")
            .append(each.meaning)
            .append(" | ")
            .append(each.remedy)
            .append(" |\n");
    const auto file = repository_root() / "docs/problems.md";
    if (std::getenv("TENON_UPDATE_GOLDENS") != nullptr) std::ofstream(file, std::ios::binary) << wanted;
    EXPECT_EQ(read_whole(file), wanted) << "run the test with TENON_UPDATE_GOLDENS=1";
}

}  // namespace
}  // namespace tenon::http
