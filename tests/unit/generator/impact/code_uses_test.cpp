// Uses of changed names in C++ of a user's own: whole names, wherever they are not a comment or a string.
#include "generator/impact/code_uses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace tenon::gen {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// "3 tenon::http::route", in order.
std::vector<std::string> uses(std::string_view text) {
    std::vector<std::string> out;
    for (const code_use& one : find_code_uses(text))
        out.push_back(std::to_string(one.line) + " " + std::string(one.what->was));
    return out;
}

TEST(code_uses, are_whole_names_and_includes) {
    EXPECT_THAT(uses("#include <tenon/http/call.hpp>\n"
                     "#  include \"tenon/http/route.hpp\"\n"
                     "std::span<const tenon::http::route> routes();\n"
                     "auto a = ::tenon::http::user_route(b), c = tenon::http::\n    open_route(d);\n"),
                ElementsAre("1 tenon/http/call.hpp", "2 tenon/http/route.hpp", "3 tenon::http::route",
                            "4 tenon::http::user_route", "4 tenon::http::open_route"));
}

TEST(code_uses, are_hooks_that_were_one_static_object) {
    EXPECT_THAT(uses("shop::hooks::task_hooks& shop::hooks::of_tasks() {\n"
                     "    static task_hooks_in_use<custom::task_hooks> in_use;\n"
                     "    return in_use;\n}\n"
                     "hooks::note_hooks&\nhooks::of_notes() {\n    static hooks::note_hooks_in_use<mine> one;\n}\n"),
                ElementsAre("1 of_tasks", "2 task_hooks_in_use", "6 of_tasks", "7 task_hooks_in_use"));
    EXPECT_THAT(uses("std::unique_ptr<shop::hooks::task_hooks> shop::custom::make_task_hooks(parts&) {\n"
                     "    return std::make_unique<hooks::task_hooks_in_use<custom::task_hooks>>();\n}\n"
                     "void test() { static hooks::task_hooks_in_use<fake> of_this_test; }\n"
                     "int hooks::of_days() {}\ncrane_hooks& cranes::of_port() {}\nstatic task_hooks one;\n"),
                IsEmpty());
}

TEST(code_uses, are_not_parts_of_longer_names) {
    EXPECT_THAT(uses("tenon::http::router a; my::tenon::http::route b; tenon::http::route_of c; x.tenon::http::route;\n"
                     "tenon::service::route d;\n#include <tenon/http/call.hpp.old>\n"
                     "#include <tenon/service/call.hpp>\n"),
                IsEmpty());
}

TEST(code_uses, are_not_in_comments_and_strings) {
    EXPECT_THAT(uses("// tenon::http::route, <tenon/http/call.hpp>\n"
                     "// #include <tenon/http/call.hpp>\n"
                     "/* tenon::http::route\n   tenon::http::user_call */\n"
                     "auto a = \"tenon::http::route\", b = u8\"tenon::http::route\";\n"
                     "auto c = R\"(tenon::http::route\n\" tenon::http::route)\";\n"
                     "auto d = R\"x(tenon::http::route)\" tenon::http::route)x\"; auto e = 1'000; auto f = '\"';\n"
                     "auto g = db.ask(\"SELECT tenon::http::route FROM a\");\n"),
                IsEmpty());
    EXPECT_THAT(uses("auto c = R\"(a\nb)\"; // c\ntenon::http::route d;\n"), ElementsAre("3 tenon::http::route"))
        << "and what follows them counts, at its line";
}

TEST(code_uses, are_seen_behind_aliases_and_using) {
    EXPECT_THAT(uses("using tenon::http::tenant_call;\nvoid f(tenant_call& call);\n"),
                ElementsAre("1 tenon::http::tenant_call", "2 tenon::http::tenant_call"));
    EXPECT_THAT(uses("namespace http = tenon::http;\nhttp::route a;\nhttp::response b;\n"),
                ElementsAre("2 tenon::http::route"));
    EXPECT_THAT(uses("using namespace tenon;\nhttp::route a;\nhttp::ok();\n"), ElementsAre("2 tenon::http::route"));
    EXPECT_THAT(uses("using namespace tenon::http;\nconstexpr route a[] = {user_route(b)};\n"),
                ElementsAre("2 tenon::http::route", "2 tenon::http::user_route"));
    EXPECT_THAT(uses("using call_of_ours = tenon::http::user_call;\nvoid f(call_of_ours& call);\n"),
                ElementsAre("1 tenon::http::user_call"));
}

TEST(code_uses, of_short_names_that_are_the_users_or_mended_are_none) {
    EXPECT_THAT(uses("using namespace tenon::http;\nusing namespace tenon::service;\nroute a;\n"), IsEmpty());
    EXPECT_THAT(uses("using namespace tenon::http;\nusing tenon::service::route;\nroute a;\n"), IsEmpty());
    EXPECT_THAT(uses("using namespace tenon::http;\nstruct route {};\nroute a;\n"), IsEmpty());
    EXPECT_THAT(uses("using namespace tenon::http;\nvoid f(const path& route) { go(route); }\n"), IsEmpty());
    EXPECT_THAT(uses("using namespace tenon::db;\nint a = open(path, 0);\n"), IsEmpty()) << "the system's";
    EXPECT_THAT(uses("using namespace tenon;\nusing namespace tenon::app;\nsecret a;\n"), IsEmpty());
    EXPECT_THAT(uses("using namespace tenon::app;\nsecret a;\n"), ElementsAre("2 tenon::app::secret"));
}

TEST(code_uses, of_members_are_those_of_calls) {
    EXPECT_THAT(uses("void f(tenon::service::user_call& call) {\n"
                     "    call.set_user(a, b);\n"
                     "    call.services().accounts();\n"
                     "    call.services().limits();\n"
                     "    const auto& all = call.services();\n"
                     "    all.database();\n"
                     "    other.set_user(a); other.services().accounts();\n"
                     "}\n"),
                ElementsAre("2 set_user", "3 accounts", "6 database"));
    EXPECT_THAT(
        uses("void f(const tenon::operation::context& who) {\n    who.services().limits();\n    who.limits();\n}\n"),
        ElementsAre("2 services"));
    EXPECT_THAT(uses("void f(my::session& call) { tenon::ok(); call.set_user(a); }\n"), IsEmpty());
    EXPECT_THAT(uses("void f(tenon::service::user_call* call) { call->set_claim(nullptr); }\n"),
                ElementsAre("1 set_claim"));
}

TEST(code_uses, of_a_changed_signature) {
    EXPECT_THAT(uses("task<void> before_create(tenon::service::tenant_call& call, int b) override;\n"
                     "task<void> after_delete(const tenon::http::tenant_call&) override;\n"
                     "task<void> helper(tenon::service::tenant_call& call);\n"
                     "task<void> before_create(const tenon::operation::context& who, int b) override;\n"),
                ElementsAre("1 tenon::service::tenant_call", "2 tenon::http::tenant_call"));
    EXPECT_THAT(uses("auto a = tenon::paging::parse_list_request(call.request(), shape, cursors);\n"
                     "auto b = tenon::paging::parse_list_request(call.request().query(), shape, cursors);\n"),
                ElementsAre("1 tenon::paging::parse_list_request"));
}

TEST(code_uses, become_impacts_with_their_place) {
    const auto all = code_impacts({{"src/custom/routes.cpp", "\ntenon::http::route a;\n"}, {"src/x.cpp", "int a;\n"}});
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(place_of(all[0]), "src/custom/routes.cpp:2");
    EXPECT_EQ(all[0].kind, "name_removed");
    EXPECT_EQ(all[0].level, severity::breaking);
    EXPECT_EQ(all[0].message, "tenon::http::route is gone; instead: tenon::service::route");
}

TEST(code_uses, are_looked_for_in_any_text) {
    const std::string text = "namespace a = tenon; using b = tenon::http::route; (x->y.z())::tenon <\"R\"(";
    for (std::size_t end = 0; end <= text.size(); ++end) find_code_uses(std::string_view(text).substr(0, end));
    find_code_uses("tenon using using namespace a = a; using b::a; a::c d;");
}

TEST(changed_names, are_each_once_in_the_table) {
    std::set<std::pair<name_kind, std::string_view>> seen;
    for (const changed_name& one : changed_names()) {
        EXPECT_TRUE(seen.emplace(one.kind, one.was).second) << one.was;
        EXPECT_EQ(one.now.find('\n'), std::string_view::npos) << one.was;
    }
}

TEST(changed_names, are_told_with_what_replaces_them) {
    std::ifstream file(TENON_DOCS "/upgrading.md");
    std::ostringstream guide;
    guide << file.rdbuf();
    const auto tells = [&](const changed_name& one) {
        const bool is_member = one.kind == name_kind::call_member || one.kind == name_kind::service_member ||
                               one.kind == name_kind::context_member;
        std::string was(one.was.substr(one.kind == name_kind::header ? 0 : one.was.rfind(':') + 1));
        if (one.kind == name_kind::header) was = "<" + was + ">";
        if (is_member) was += "()";
        std::istringstream lines(guide.str());
        for (std::string line; std::getline(lines, line);) {
            const bool is_row = line.starts_with("| " + std::string(one.since) + " |");
            const std::string named = line.substr(0, line.rfind(" | "));
            // A name stands between signs that are of no name.
            for (auto at = named.find(was); is_row && at != std::string::npos; at = named.find(was, at + 1)) {
                const auto is_of_name = [&](std::size_t i) {
                    return i < named.size() && (std::isalnum(static_cast<unsigned char>(named[i])) || named[i] == '_');
                };
                if (!is_of_name(at - 1) && !is_of_name(at + was.size())) return true;
            }
        }
        return false;
    };
    for (const changed_name& one : changed_names()) EXPECT_TRUE(tells(one)) << "docs/upgrading.md lacks " << one.was;
}

}  // namespace
}  // namespace tenon::gen
