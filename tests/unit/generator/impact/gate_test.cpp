// The words of --fail-on, and how impacts stand in a plan.
#include "generator/plan/gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace tenon::gen {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

plan with_impacts() {
    plan p{"0.1.0", sha256("spec"), absent, {}};
    p.impacts = {{"column_dropped", severity::destructive, "the column tasks.due goes", 0},
                 {"response_field_removed", severity::breaking, "Task: due is no longer in answers", 12},
                 {"grant_added", severity::warning, "the role 'guest' may now do task:delete", 20},
                 {"grant_removed", severity::breaking, "the role 'guest' may no longer do task:read", 19},
                 {"request_field_added", severity::info, "NewTask: size is new and may be given", 14}};
    return p;
}

TEST(gate, each_word_catches_its_own) {
    const plan p = with_impacts();
    EXPECT_THAT(caught_by({"destructive"}, p), ElementsAre("destructive: the column tasks.due goes"));
    EXPECT_THAT(caught_by({"breaks-api"}, p), ElementsAre("spec.yaml:12: breaking: Task: due is no longer in answers"));
    EXPECT_THAT(caught_by({"changes-api"}, p), SizeIs(2));
    EXPECT_THAT(caught_by({"changes-schema"}, p), SizeIs(1));
    EXPECT_THAT(caught_by({"changes-access"}, p), SizeIs(2));
    EXPECT_THAT(caught_by({"widens-access"}, p), ElementsAre(HasSubstr("may now do task:delete")));
    EXPECT_THAT(caught_by({"narrows-access"}, p), ElementsAre(HasSubstr("may no longer do task:read")));
    EXPECT_THAT(caught_by({"breaking"}, p), SizeIs(3));
    EXPECT_THAT(caught_by({"conflicts", "deletes"}, p), IsEmpty());
    EXPECT_THAT(caught_by({"destructive", "widens-access"}, p), SizeIs(2));
}

TEST(gate, breaks_code_catches_uses_of_changed_names_with_their_place) {
    plan p = with_impacts();
    p.impacts.push_back({"name_removed", severity::breaking, "tenon::a is gone; instead: b", 0, "src/a.cpp", 3});
    EXPECT_THAT(caught_by({"breaks-code"}, p), ElementsAre("src/a.cpp:3: breaking: tenon::a is gone; instead: b"));
    EXPECT_THAT(caught_by({"breaks-api"}, p), SizeIs(1));
    EXPECT_THAT(caught_by({"breaking"}, p), SizeIs(4));
    EXPECT_THAT(summarize_impacts(p.impacts, painter(false)), HasSubstr("instead: b  (src/a.cpp:3)\n"));
}

TEST(gate, catches_files_too) {
    plan p;
    plan_entry gone, clash;
    gone.path = "old.cpp";
    gone.action = plan_action::remove;
    clash.path = "src/a.cpp";
    clash.action = plan_action::conflict;
    p.entries = {gone, clash};
    EXPECT_THAT(caught_by({"deletes"}, p), ElementsAre("old.cpp: delete"));
    EXPECT_THAT(caught_by({"conflicts"}, p), ElementsAre("src/a.cpp: conflict"));
}

TEST(gate, words_are_checked) {
    const auto good = parse_gates({"destructive, breaks-api", "deletes"});
    ASSERT_TRUE(good.has_value());
    EXPECT_THAT(*good, ElementsAre("destructive", "breaks-api", "deletes"));
    const auto wrong = parse_gates({"distructive"});
    ASSERT_FALSE(wrong.has_value());
    EXPECT_THAT(wrong.error().hint, HasSubstr("destructive"));
    EXPECT_FALSE(parse_gates({"destructive,"}).has_value());
    EXPECT_TRUE(parse_gates({}).has_value());
}

TEST(gate, the_guide_for_teams_lists_every_word_with_what_it_means) {
    std::ifstream file(TENON_DOCS "/teams.md");
    std::ostringstream guide;
    guide << file.rdbuf();
    for (const gate_word& word : gate_words()) {
        EXPECT_THAT(guide.str(),
                    HasSubstr("| `" + std::string(word.name) + "` | " + std::string(word.meaning).substr(0, 20)));
    }
}

TEST(impacts, the_published_schema_knows_every_kind) {
    std::ifstream file(TENON_DOCS "/../schemas/plan.schema.json");
    std::ostringstream schema;
    schema << file.rdbuf();
    for (const impact_kind& kind : impact_kinds()) {
        EXPECT_THAT(schema.str(), HasSubstr("\"" + std::string(kind.name) + "\""));
    }
}

TEST(impacts, come_back_as_they_were_written) {
    const plan p = with_impacts();
    const auto back = read_plan(write_plan(p));
    ASSERT_TRUE(back.has_value()) << back.error().message;
    EXPECT_EQ(write_plan(*back), write_plan(p));
    EXPECT_EQ(back->impacts.at(1).spec_line, 12u);
}

TEST(impacts, on_code_come_back_with_their_place_which_no_others_have) {
    plan p = with_impacts();
    p.impacts.push_back({"name_removed", severity::breaking, "tenon::a is gone", 0, "src/a.cpp", 3});
    const std::string text = write_plan(p);
    const auto back = read_plan(text);
    ASSERT_TRUE(back.has_value()) << back.error().message;
    EXPECT_EQ(place_of(back->impacts.back()), "src/a.cpp:3");
    const auto refuses = [&](const std::string& from, const std::string& to) {
        std::string changed = text;
        changed.replace(changed.find(from), from.size(), to);
        return !read_plan(changed).has_value();
    };
    EXPECT_TRUE(refuses(", \"path\": \"src/a.cpp\"", ""));
    EXPECT_TRUE(refuses("\"src/a.cpp\"", "\"../a.cpp\""));
    EXPECT_TRUE(refuses("\"line\": 3", "\"line\": 0"));
    EXPECT_TRUE(refuses("\"spec_line\": 12", "\"path\": \"src/a.cpp\", \"line\": 3"));
}

TEST(impacts, of_a_tampered_plan_are_refused) {
    const std::string text = write_plan(with_impacts());
    const auto refuses = [&](const std::string& from, const std::string& to) {
        std::string changed = text;
        changed.replace(changed.find(from), from.size(), to);
        return !read_plan(changed).has_value();
    };
    EXPECT_TRUE(refuses("\"column_dropped\"", "\"column_eaten\""));
    EXPECT_TRUE(refuses("\"class\": \"schema\"", "\"class\": \"api\""));
    EXPECT_TRUE(refuses("\"destructive\"", "\"deadly\""));
    EXPECT_TRUE(refuses("\"spec_line\": 12", "\"spec_line\": 0"));
    EXPECT_TRUE(refuses("\"spec_line\": 12", "\"line\": 12"));
    EXPECT_TRUE(refuses("the column tasks.due goes", ""));
    EXPECT_TRUE(refuses("the column tasks.due goes", "all is well\\u001b[2J"));
    EXPECT_TRUE(refuses("the column tasks.due goes", "all is well\\n0 changes"));
}

TEST(impacts, the_worst_stand_first_and_the_screen_is_not_filled) {
    plan p = with_impacts();
    sort_impacts(p.impacts);
    EXPECT_EQ(p.impacts.front().kind, "grant_added") << "nobody notices that by himself";
    EXPECT_EQ(p.impacts.at(1).kind, "column_dropped");
    EXPECT_EQ(p.impacts.back().kind, "request_field_added");
    for (int i = 0; i < 100; ++i) p.impacts.push_back({"operation_renamed", severity::warning, "one more", 21});
    const std::string text = summarize_impacts(p.impacts, painter(false), 10);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 11);
    EXPECT_THAT(text, HasSubstr("94 more warnings and 1 more thing that this means"));
    // But for what is lost or breaks clients: each of that is told.
    const auto breaking = std::count_if(p.impacts.begin(), p.impacts.end(),
                                        [](const impact& one) { return one.level == severity::breaking; });
    for (int i = 0; i < 100; ++i) p.impacts.push_back(p.impacts.at(1));
    for (int i = 0; i < 100; ++i) p.impacts.push_back({"operation_removed", severity::breaking, "one more", 21});
    sort_impacts(p.impacts);
    const std::string losses = summarize_impacts(p.impacts, painter(false), 10);
    EXPECT_EQ(std::count(losses.begin(), losses.end(), '!'), 202 + breaking);
    EXPECT_EQ(summarize_impacts(p.impacts, painter(false), 1000).find("one more"), losses.find("one more"));
    EXPECT_EQ(summarize_impacts({}, painter(false)), "");
}

}  // namespace
}  // namespace tenon::gen
