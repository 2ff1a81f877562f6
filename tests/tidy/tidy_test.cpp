// Tidy catches what it is for: a small bad file per rule, and the good form beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

constexpr const char* head = "// What this file is: an example.\n";

std::vector<std::string> rules_of(const source_tree& tree, tree_kind kind = tree_kind::repository) {
    std::vector<std::string> rules;
    for (const finding& f : check(tree, kind)) rules.push_back(f.rule);
    return rules;
}

std::vector<std::string> rules_in(const std::string& path, const std::string& text,
                                  tree_kind kind = tree_kind::repository) {
    source_tree tree;
    tree.add(path, text);
    return rules_of(tree, kind);
}

std::vector<std::string> rules_in_code(const std::string& code) {
    return rules_in("generator/read/x.cpp", head + code);
}

std::string lines(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "    f();\n";
    return text;
}

TEST(tidy, lets_a_good_file_pass) {
    EXPECT_THAT(rules_in("generator/read/x.hpp", std::string(head) + "#pragma once\nint f();\n"), IsEmpty());
}

TEST(tidy, wants_a_first_line_that_says_what_a_file_is) {
    EXPECT_THAT(rules_in("generator/read/x.cpp", "int f();\n"), Contains("first-line"));
    EXPECT_THAT(rules_in("cmake/x.cmake", "set(a b)\n"), Contains("first-line"));
    EXPECT_THAT(rules_in("tools/x", "#!/bin/sh\necho\n"), Contains("first-line"));
    EXPECT_THAT(rules_in("tools/x", "#!/bin/sh\n# Prints an empty line.\necho\n"), IsEmpty());
}

TEST(tidy, wants_pragma_once_in_headers) {
    EXPECT_THAT(rules_in("generator/read/x.hpp", std::string(head) + "int f();\n"), Contains("pragma-once"));
    EXPECT_THAT(rules_in("generator/read/x.hpp", std::string(head) + "// #pragma once\nint f();\n"),
                Contains("pragma-once"));
}

TEST(tidy, bounds_files_and_headers) {
    std::string text = head;
    for (int i = 0; i < 250; ++i) text += "int x();\n";
    EXPECT_THAT(rules_in("generator/read/x.cpp", text), IsEmpty());
    EXPECT_THAT(rules_in("generator/read/x.hpp", text), Contains("header-length"));
    for (int i = 0; i < 150; ++i) text += "int x();\n";
    EXPECT_THAT(rules_in("generator/read/x.cpp", text), Contains("file-length"));
}

TEST(tidy, bounds_functions) {
    EXPECT_THAT(rules_in_code("void g() {\n" + lines(68) + "}\n"), IsEmpty());
    EXPECT_THAT(rules_in_code("void g() {\n" + lines(69) + "}\n"), Contains("function-length"));
    EXPECT_THAT(rules_in_code("namespace a {\nclass b {\n    int g() const {\n" + lines(69) + "}\n};\n}\n"),
                Contains("function-length"));
    EXPECT_THAT(rules_in_code("template <class T>\nauto g(T t) -> int {\n" + lines(69) + "}\n"),
                Contains("function-length"));
    EXPECT_THAT(rules_in_code("b::b() : x_(1), y_{2} {\n" + lines(69) + "}\n"), Contains("function-length"));
}

TEST(tidy, does_not_take_data_and_namespaces_for_functions) {
    EXPECT_THAT(rules_in_code("namespace a {\nvoid g() {\n" + lines(40) + "}\nvoid h() {\n" + lines(40) + "}\n}\n"),
                IsEmpty());
    EXPECT_THAT(rules_in_code("const int table[] = {\n" + std::string(200, '\n') + "};\n"), IsEmpty());
    EXPECT_THAT(rules_in_code("void g() {\n    const char* s = \"{\";\n}\n" + lines(80)), IsEmpty());
}

TEST(tidy, bans_calls_but_not_their_mention) {
    EXPECT_THAT(rules_in_code("void g() { std::exit(1); }\n"), Contains("banned"));
    EXPECT_THAT(rules_in_code("int main() { std::exit(1); }\n"), IsEmpty());
    EXPECT_THAT(rules_in_code("using namespace std;\n"), Contains("banned"));
    EXPECT_THAT(rules_in_code("void g() { printf(\"x\"); }\n"), Contains("banned"));
    EXPECT_THAT(rules_in_code("void g() { while (!done) std::this_thread::yield(); }\n"), Contains("banned"));
    EXPECT_THAT(rules_in_code("void g() { while (now() < end) std::this_thread::yield(); }\n"), IsEmpty());
    EXPECT_THAT(rules_in_code("void g() { ::waitpid(child, &status, 0); }\n"), Contains("banned"));
    EXPECT_THAT(rules_in_code("void g() { ::waitpid(child, &status, WNOHANG); }\n"), IsEmpty());
    EXPECT_THAT(rules_in_code("// never exit(1) here\nauto s = \"printf(\";\n"), IsEmpty());
    EXPECT_THAT(rules_in_code("void g() { at_exit(1); }\n"), IsEmpty());
}

TEST(tidy, holds_the_runtime_to_one_wall_clock) {
    const auto in_runtime = [](const std::string& code) { return rules_in("runtime/src/db/x.cpp", head + code); };
    for (const char* bad :
         {"auto a = std::chrono::system_clock::now();\n", "using clock = std::chrono::high_resolution_clock;\n",
          "auto a = std::time(nullptr);\n", "auto a = ::time(0);\n", "void g() { gettimeofday(&a, nullptr); }\n",
          "void g() { clock_gettime(CLOCK_REALTIME, &a); }\n", "auto a = \"SET seen = now() WHERE id = $1\";\n",
          "auto a = \"SELECT strftime('%s', 'now')\";\n", "auto a = R\"(DEFAULT CURRENT_TIMESTAMP)\";\n",
          "auto a = \"SELECT unixepoch()\";\n", "auto a = \"SELECT clock_timestamp()\";\n",
          "auto a = R\"(local t = redis.call('TIME'))\";\n"}) {
        EXPECT_THAT(in_runtime(bad), Contains("clock")) << bad;
        EXPECT_THAT(rules_in("templates/src/storage/x.cpp", head + std::string(bad)), Contains("clock")) << bad;
        EXPECT_THAT(rules_in_code(bad), IsEmpty()) << "the generator promises nothing about time: " << bad;
    }
    for (const char* good :
         {"auto a = instant::now();\n", "auto a = std::chrono::steady_clock::now();\n", "// system_clock, now()\n",
          "auto a = clock_gettime(CLOCK_BOOTTIME, &now);\n", "auto a = \"SELECT known FROM nowhere WHERE time = 1\";\n",
          "auto a = \"it is 'nowhere'\"; auto b = now();\n", "void time(int* a); void g() { time(&a[1]); }\n"})
        EXPECT_THAT(in_runtime(good), IsEmpty()) << good;
    EXPECT_THAT(
        rules_in("runtime/src/core/wall_clock.cpp", head + std::string("using a = std::chrono::system_clock;\n")),
        IsEmpty());
}

TEST(tidy, finds_loose_ends_machine_paths_and_trailing_space) {
    EXPECT_THAT(rules_in("docs/x.md", std::string("TO") + "DO: more\n"), Contains("loose-end"));
    EXPECT_THAT(rules_in("docs/x.md", std::string("see /ho") + "me/ann/tenon\n"), Contains("machine-path"));
    EXPECT_THAT(rules_in("docs/x.md", "a \nb\n"), Contains("trailing-space"));
    EXPECT_THAT(rules_in("docs/x.md", "a"), Contains("final-newline"));
    EXPECT_THAT(rules_in("tests/errors/x.yaml", "a \nb\n"), IsEmpty());
}

TEST(tidy, holds_the_boundaries_of_the_generator) {
    const auto including = [](const std::string& path, const std::string& what) {
        return rules_in(path, std::string(head) + "#include \"" + what + "\"\n");
    };
    EXPECT_THAT(including("generator/read/x.cpp", "generator/resolve/model.hpp"), Contains("boundary"));
    EXPECT_THAT(including("generator/resolve/x.cpp", "generator/read/spec.hpp"), IsEmpty());
    EXPECT_THAT(including("generator/resolve/x.cpp", "yaml-cpp/yaml.h"), Contains("boundary"));
    EXPECT_THAT(including("generator/plan/x.cpp", "generator/render/tree.hpp"), IsEmpty());
    EXPECT_THAT(including("generator/plan/x.cpp", "generator/render/render.hpp"), Contains("boundary"));
    EXPECT_THAT(including("generator/apply/x.cpp", "generator/read/spec.hpp"), Contains("boundary"));
    EXPECT_THAT(including("generator/merge/x.cpp", "generator/plan/plan.hpp"), Contains("boundary"));
    EXPECT_THAT(including("generator/plan/x.cpp", "generator/impact/impact.hpp"), Contains("boundary"));
    EXPECT_THAT(including("generator/impact/x.cpp", "generator/plan/plan.hpp"), IsEmpty());
    EXPECT_THAT(including("generator/settle/x.cpp", "generator/cli/cli.hpp"), Contains("boundary"));
    EXPECT_THAT(including("generator/support/x.cpp", "generator/usage/usage.hpp"), Contains("boundary"));
    EXPECT_THAT(including("runtime/src/http/x.cpp", "generator/read/spec.hpp"), Contains("boundary"));
}

TEST(tidy, keeps_public_headers_light) {
    const auto with = [](const std::string& path, const std::string& what) {
        return rules_in(path, std::string(head) + "#pragma once\n#include <" + what + ">\n");
    };
    for (const char* heavy : {"boost/asio.hpp", "boost/json.hpp", "spdlog/spdlog.h", "libpq-fe.h", "openssl/evp.h",
                              "sodium.h", "sqlite3.h"}) {
        EXPECT_THAT(with("runtime/include/tenon/x.hpp", heavy), Contains("boundary")) << heavy;
        EXPECT_THAT(with("runtime/src/db/x.hpp", heavy), IsEmpty()) << heavy;
    }
    EXPECT_THAT(with("templates/src/domain/{{entity}}.hpp", "tenon/db/session.hpp"), Contains("boundary"));
}

TEST(tidy, finds_the_coroutine_forms_that_the_compiler_breaks) {
    const auto in_body = [](const std::string& statement) {
        return rules_in_code("task<int> g() {\n    " + statement + "\n}\n");
    };
    EXPECT_THAT(in_body("co_await f(point{1, 2});"), Contains("coroutine"));
    EXPECT_THAT(in_body("co_await f({1, 2});"), Contains("coroutine"));
    EXPECT_THAT(in_body("co_await f([&] { return 1; });"), Contains("coroutine"));
    EXPECT_THAT(in_body("co_await f([x](int) -> int;);"), Contains("coroutine"));
    EXPECT_THAT(in_body("co_return co_await f(std::vector<int>{1});"), Contains("coroutine"));
    EXPECT_THAT(in_body("CO_TRY_ASSIGN(auto x, co_await f({1}));"), Contains("coroutine"));
    EXPECT_THAT(in_body("g(co_await a(), co_await b());"), Contains("coroutine"));
    EXPECT_THAT(in_body("co_await f(co_await g());"), Contains("coroutine"));
    EXPECT_THAT(in_body("co_await f(\n        point{1, 2});"), Contains("coroutine"));
}

TEST(tidy, lets_the_safe_coroutine_forms_pass) {
    EXPECT_THAT(
        rules_in_code(
            "task<int> g() {\n    const point p{1, 2};\n    auto x = co_await f(p);\n    co_await h(a[i]);\n"
            "    if (co_await f(p)) {\n        co_return 1;\n    }\n    CO_TRY_ASSIGN(auto y, co_await f(p));\n}\n"),
        IsEmpty());
    EXPECT_THAT(rules_in_code("// co_await f({1})\nstruct a {\n    int operator co_await() const { return 1; }\n};\n"),
                IsEmpty());
}

TEST(tidy, reads_templates_past_their_tags) {
    const std::string body =
        "task<int> g() {\n    {{#entities}}\n    co_await {{name}}_f({{argument}});\n    {{/entities}}\n}\n";
    EXPECT_THAT(rules_in("templates/src/api/x.cpp", body), IsEmpty());
    EXPECT_THAT(rules_in("templates/src/api/x.cpp", "task<int> g() {\n    co_await f({ {{argument}} });\n}\n"),
                Contains("coroutine"));
}

TEST(tidy, follows_the_links_of_the_documentation) {
    source_tree tree;
    tree.add("docs/a.md",
             "# One thing\n\n[b](b.md) [h](b.md#two-things) [up](../tools) [web](https://example.com) `[x](y)`\n");
    tree.add("docs/b.md", "# Two things\n[here](#two-things)\n");
    tree.add("tools/x", "#!/bin/sh\n# Does nothing at all.\n");
    EXPECT_THAT(rules_of(tree), IsEmpty());
    tree.add("docs/c.md", "[gone](gone.md)\n");
    tree.add("docs/d.md", "[gone](b.md#three-things)\n");
    EXPECT_EQ(rules_of(tree), (std::vector<std::string>{"dead-link", "dead-link"}));
}

TEST(tidy, knows_the_error_codes) {
    source_tree tree;
    tree.add("runtime/include/tenon/core/error.hpp",
             std::string(head) + "#pragma once\nenum class errc { not_found, conflict };\n");
    tree.add("runtime/src/db/x.cpp", std::string(head) + "// Gives errc::not_found.\n");
    EXPECT_THAT(rules_of(tree), IsEmpty());
    tree.add("runtime/src/db/y.cpp", std::string(head) + "// Gives errc::gone.\n");
    EXPECT_THAT(rules_of(tree), Contains("error-code"));
}

TEST(tidy, wants_an_owner_in_generated_projects) {
    EXPECT_THAT(rules_in("src/a.cpp", "// A file.\nint f();\n", tree_kind::project), Contains("owner-line"));
    EXPECT_THAT(
        rules_in("src/a.cpp", "// generated from templates/src/a.cpp: yours to edit, merged.\n", tree_kind::project),
        IsEmpty());
    EXPECT_THAT(
        rules_in("src/a.cpp", "// generated by a template\ntask<int> g() { co_await f({1}); }\n", tree_kind::project),
        Contains("coroutine"));
}

}  // namespace
}  // namespace tenon::tidy
