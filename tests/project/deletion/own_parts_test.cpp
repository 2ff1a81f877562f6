// Settings of the owner's own: read and checked at start, and what is made of them reaches the hooks.
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <tenon/testing/service.hpp>

#include "app/product.hpp"

namespace library::tests {
namespace {

using testing::HasSubstr;

class own_parts : public testing::Test {
  protected:
    void TearDown() override { ::unsetenv("TAG_WORD"); }

    /// Why it does not start; empty: it does.
    static std::string objection() {
        try {
            const tenon::testing::service started(app::product());
            return "";
        } catch (const std::runtime_error& why) {
            return why.what();
        }
    }
};

std::string made(tenon::testing::client& who, const std::string& kind, const std::string& body) {
    const auto answer = who.post("/v1/" + kind, body);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.at("/id");
}

TEST_F(own_parts, are_made_of_settings_and_given_to_hooks) {
    ::setenv("TAG_WORD", "lab", 1);
    tenon::testing::service started(app::product());
    auto who = started.founder();
    const std::string crate = made(who, "crates", R"({"name":"a crate"})");
    const std::string tag = made(who, "tags", R"({"word":"red","crate_id":")" + crate + R"("})");
    for (const bool meant : {true, false}) {
        const std::string text = std::string(meant ? "lab " : "tag ") + tag;
        const auto note = who.post("/v1/notes", R"({"text":")" + text + R"("})");
        ASSERT_EQ(note.status, 201) << note.body;
        EXPECT_EQ(note.at("/tag_id"), meant ? tag : "");
    }
}

TEST_F(own_parts, are_refused_where_a_setting_is_wrong) {
    ::setenv("TAG_WORD", "two words", 1);
    EXPECT_THAT(objection(), HasSubstr("TAG_WORD must be one word"));
}

TEST_F(own_parts, stop_the_start_where_they_cannot_be_made) {
    ::setenv("TAG_WORD", "impossible", 1);
    EXPECT_THAT(objection(), HasSubstr("nothing is called so"));
}

}  // namespace
}  // namespace library::tests
