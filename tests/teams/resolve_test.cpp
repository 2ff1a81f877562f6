// tenon resolve: the sides are shown, each way of ending a conflict ends it for plan and verify, and can be undone.
#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "tests/apply/program.hpp"

namespace tenon::gen {
namespace {

using testing::HasSubstr;

const std::string mine = "length(errors, \"/title\", value, 2, 200);";
const std::string theirs = "length(errors, \"/title\", value, 1, 300);";
const std::string file = "shop/src/domain/task.cpp";

class resolve_program : public program_test {
  protected:
    void SetUp() override {
        program_test::SetUp();
        make_shop();
        std::string text = slurp(here / file);
        text.replace(text.find("value, 1, 200)"), 14, "value, 2, 200)");
        spill(here / file, text);
        edit_spec("title: string(1..200)", "title: string(1..300)");
        ASSERT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0);
        ASSERT_EQ(run("$apply shop --apply").exit_code, 3);
    }

    void expect_over(const std::string& line) const {
        EXPECT_THAT(slurp(here / file), HasSubstr(line));
        EXPECT_FALSE(fs::exists(here / (file + ".new")));
        EXPECT_FALSE(fs::exists(here / "shop/.tenon/conflicts.json"));
        EXPECT_EQ(slurp(here / "shop/.tenon/bases").find("file src/domain/task.cpp.new\n"), std::string::npos);
        const ran verified = run("$tenon verify shop");
        EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
        EXPECT_EQ(run("$apply shop").exit_code, 0);
        const auto before = snapshot(here / "shop");
        EXPECT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0);
        EXPECT_EQ(differing(snapshot(here / "shop"), before), no_paths);
    }
};

TEST_F(resolve_program, lists_the_three_sides) {
    const auto before = snapshot(here);
    const ran listed = run("$tenon resolve shop");
    EXPECT_EQ(listed.exit_code, 3);
    for (const auto& part : {mine, theirs, std::string("src/domain/task.cpp.new"), std::string("line 12")}) {
        EXPECT_THAT(listed.out, HasSubstr(part));
    }
    const ran json = run("$tenon resolve shop --json");
    EXPECT_EQ(json.exit_code, 3);
    const auto document = boost::json::parse(json.out);
    const auto& one = document.at("open").at(0);
    EXPECT_EQ(one.at("path").as_string(), "src/domain/task.cpp");
    EXPECT_EQ(one.at("hunks").at(0).at("line").as_int64(), 12);
    EXPECT_FALSE(one.at("merges_cleanly").as_bool());
    EXPECT_EQ(differing(snapshot(here), before), no_paths) << "listing wrote something";
}

TEST_F(resolve_program, take_mine_is_over_and_can_be_undone) {
    const auto before = snapshot(here / "shop");
    const ran taken = run("$tenon resolve shop src/domain/task.cpp --take mine");
    EXPECT_EQ(taken.exit_code, 0) << taken.err;
    expect_over(mine);
    EXPECT_EQ(run("$apply shop --undo").exit_code, 0);
    EXPECT_TRUE(fs::exists(here / (file + ".new")));
    EXPECT_EQ(run("$tenon resolve shop").exit_code, 3);
    EXPECT_EQ(slurp(here / "shop/.tenon/manifest.json"), before.at(".tenon/manifest.json"));
}

TEST_F(resolve_program, take_theirs_is_over_and_undo_has_my_lines) {
    EXPECT_EQ(run("$tenon resolve shop --take theirs").exit_code, 0);
    expect_over(theirs);
    EXPECT_EQ(run("$apply shop --undo").exit_code, 0);
    EXPECT_THAT(slurp(here / file), HasSubstr(mine));
}

TEST_F(resolve_program, take_merged_wants_a_clean_merge_of_what_is_there_now) {
    const auto before = snapshot(here);
    const ran refused = run("$tenon resolve shop --take merged");
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("line 12"));
    EXPECT_EQ(differing(snapshot(here), before), no_paths);
    std::string text = slurp(here / file);
    text.replace(text.find("value, 2, 200)"), 14, "value, 1, 300)");
    spill(here / file, "// mine\n" + text);
    EXPECT_EQ(run("$tenon resolve shop --take merged").exit_code, 0);
    expect_over(theirs);
    EXPECT_TRUE(slurp(here / file).starts_with("// mine\n"));
}

TEST_F(resolve_program, an_edited_new_file_is_what_theirs_means) {
    std::string text = slurp(here / (file + ".new"));
    text.replace(text.find("value, 1, 300)"), 14, "value, 2, 300)");
    spill(here / (file + ".new"), text);
    EXPECT_THAT(run("$tenon resolve shop").out, HasSubstr("edited by you"));
    EXPECT_EQ(run("$tenon resolve shop --take theirs").exit_code, 0);
    expect_over("value, 2, 300);");
}

TEST_F(resolve_program, a_merge_tool_decides) {
    const auto before = snapshot(here);
    EXPECT_EQ(run("$tenon resolve shop --tool false").exit_code, 1);
    EXPECT_EQ(run("$tenon resolve shop --tool true").exit_code, 1) << "markers are left in $MERGED";
    EXPECT_EQ(differing(snapshot(here), before), no_paths);
    const ran done =
        run("$tenon resolve shop --tool 'test -s \"$BASE\" && grep -q 200 \"$LOCAL\" && sed \"s/value, 1/value, 2/\" "
            "\"$REMOTE\" "
            "> \"$MERGED\"'");
    EXPECT_EQ(done.exit_code, 0) << done.err;
    expect_over("value, 2, 300);");
}

TEST_F(resolve_program, names_what_is_in_no_conflict) {
    const ran wrong = run("$tenon resolve shop src/domain/project.cpp --take mine");
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_THAT(wrong.err, HasSubstr("src/domain/project.cpp"));
    EXPECT_EQ(run("$tenon resolve shop --take yours").exit_code, 1);
    EXPECT_EQ(run("$tenon resolve shop --take mine --tool true").exit_code, 1);
}

}  // namespace
}  // namespace tenon::gen
