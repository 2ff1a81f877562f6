// What the tests of records share.
#include "support/resource_test.hpp"

namespace {{service.space}}::tests {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(resource_test);

void resource_test::SetUp() {
    if (!r().can_be_made) GTEST_SKIP() << "no role may create and read this";
}

std::vector<std::string> resource_test::ids(const std::string& query, std::size_t limit) {
    std::vector<std::string> out;
    std::string cursor;
    do {
        const std::string page = std::string(r().path) + "?limit=" + std::to_string(limit) + query + cursor;
        const answer got = actor().get(page);
        EXPECT_EQ(got.status, 200) << page << " " << got.body;
        EXPECT_LE(got.size_at("/items"), limit);
        for (std::size_t i = 0; i < got.size_at("/items"); ++i)
            out.push_back(got.at("/items/" + std::to_string(i) + "/id"));
        cursor = got.at("/next_cursor").empty() ? "" : "&cursor=" + encoded(got.at("/next_cursor"));
    } while (!cursor.empty() && out.size() < 1000);
    return out;
}

}  // namespace {{service.space}}::tests
