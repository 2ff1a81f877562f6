// The roles of a spec that names none, and the texts that tell them.
#include "generator/read/standard_roles.hpp"

#include <gmock/gmock.h>

#include "generator/support/text.hpp"
#include "tests/unit/generator/read/support.hpp"

namespace tenon::gen::test {
namespace {

using ::testing::HasSubstr;

TEST(standard_roles, have_each_the_rights_of_the_next) {
    const spec got = must_read(std::string(head));
    ASSERT_EQ(got.roles.size(), standard_roles.size());
    for (std::size_t i = 0; i < got.roles.size(); ++i) {
        EXPECT_EQ(got.roles[i].role_name.value, standard_roles[i]);
        ASSERT_EQ(got.roles[i].inherits.size(), i + 1 < got.roles.size() ? 1U : 0U);
        for (const name& next : got.roles[i].inherits) EXPECT_EQ(next.value, standard_roles[i + 1]);
    }
}

TEST(standard_roles, are_what_texts_say) {
    const std::string words = sentence_of({standard_roles.begin(), standard_roles.end()});
    std::string list;
    for (const std::string_view role : standard_roles) list += (list.empty() ? "" : ", ") + std::string(role);
    for (const code_info& each : all_codes()) {
        if (each.id != code::unknown_role) continue;
        EXPECT_THAT(std::string(each.explanation), HasSubstr("there are " + words));
    }
    EXPECT_THAT(read_file(source_folder() / "docs/rights.md"), HasSubstr("there are " + words));
    EXPECT_THAT(read_file(source_folder() / "schemas/spec.schema.json"), HasSubstr("Without: " + list + "."));
}

}  // namespace
}  // namespace tenon::gen::test
