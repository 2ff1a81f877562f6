// Settings of the owner's own: read and checked at start, and what is made of them reaches the hooks.
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <tenon/testing/service.hpp>

#include "app/product.hpp"

namespace library::tests {
namespace {

using testing::HasSubstr;

using tenon::testing::layers;

/// Why it does not start with such a word; empty: it does.
std::string objection(const std::string& word) {
    try {
        const tenon::testing::service started(app::product(), layers::both, {{"TAG_WORD", word}});
        return "";
    } catch (const std::runtime_error& why) {
        return why.what();
    }
}

std::string made(tenon::testing::client& who, const std::string& kind, const std::string& body) {
    const auto answer = who.post("/v1/" + kind, body);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.at("/id");
}

TEST(parts, are_made_of_settings_and_given_to_hooks) {
    tenon::testing::service started(app::product(), layers::both, {{"TAG_WORD", "lab"}});
    auto who = started.founder();
    const std::string crate = made(who, "crates", R"({"name":"a crate"})");
    const std::string tag = made(who, "tags", R"({"word":"red","crate_id":")" + crate + R"("})");
    for (const bool meant : {true, false}) {
        const std::string text = std::string(meant ? "lab " : "tag ") + tag;
        const auto note = who.post("/v1/notes", R"({"text":")" + text + R"("})");
        ASSERT_EQ(note.status, 201) << note.body;
        EXPECT_EQ(note.at("/tag_id"), meant ? tag : "");
    }
    EXPECT_EQ(who.get("/v1/tag-word").at("/tag_word"), "lab") << "a route has them as well";
}

TEST(parts, are_refused_where_a_setting_is_wrong) {
    EXPECT_THAT(objection("two words"), HasSubstr("TAG_WORD must be one word"));
}

TEST(parts, stop_the_start_where_they_cannot_be_made) {
    EXPECT_THAT(objection("impossible"), HasSubstr("nothing is called so"));
}

}  // namespace
}  // namespace library::tests
