// Lists: every record once, whatever the page size and the order; filters and search find what they should.
#include <algorithm>
#include <set>

#include "support/resource_test.hpp"

namespace {{service.space}}::tests {

namespace {

/// The value of a filter's field in an answer, as text for a query string; empty when there is none.
std::string shown(const answer& page, std::size_t item, std::string_view parameter) {
    return page.at("/items/" + std::to_string(item) + "/" + std::string(parameter));
}

/// At most 20 bytes, not cut within a character.
std::string beginning(const std::string& text) {
    std::size_t end = std::min<std::size_t>(text.size(), 20);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
}

}  // namespace

TEST_P(resource_test, lists_every_record_exactly_once) {
    std::vector<std::string> made;
    while (made.size() < 5 && make.left(r()) > 0) made.push_back(make.make(r(), make.full(r())));
    std::vector<std::string> all = ids();
    std::sort(all.begin(), all.end());
    for (const std::string& id : made) EXPECT_TRUE(std::binary_search(all.begin(), all.end(), id)) << id;
    for (const std::string_view sort : r().sorts) {
        const std::vector<std::string> up = ids("&sort=" + std::string(sort), 2);
        std::vector<std::string> down = ids("&sort=-" + std::string(sort), 2);
        std::vector<std::string> seen = up;
        std::sort(seen.begin(), seen.end());
        EXPECT_EQ(seen, all) << sort;
        std::reverse(down.begin(), down.end());
        EXPECT_EQ(down, up) << sort << ": one order is the other one backwards";
    }
}

TEST_P(resource_test, filters_by_each_parameter) {
    for (int i = 0; i < 3 && make.left(r()) > 0; ++i) make.make(r(), make.full(r()));
    const answer all = actor().get(std::string(r().path) + "?limit=100");
    for (const std::string_view parameter : r().filters) {
        const std::string wanted = shown(all, 0, parameter);
        if (wanted.empty()) continue;
        std::set<std::string> expected;
        for (std::size_t i = 0; i < all.size_at("/items"); ++i) {
            if (shown(all, i, parameter) == wanted) expected.insert(shown(all, i, "id"));
        }
        const auto found = ids("&" + std::string(parameter) + "=" + encoded(wanted));
        EXPECT_EQ(std::set<std::string>(found.begin(), found.end()), expected) << parameter << "=" << wanted;
    }
}

TEST_P(resource_test, finds_text_and_takes_wildcards_as_they_are) {
    if (r().search.empty()) GTEST_SKIP() << "its lists cannot be searched";
    const answer made = create();
    for (const std::string_view column : r().search) {
        const std::string text = made.at("/" + std::string(column));
        if (text.empty()) continue;
        const auto found = ids("&q=" + encoded(beginning(text)));
        EXPECT_NE(std::find(found.begin(), found.end(), made.at("/id")), found.end()) << column << " " << text;
        for (const char* wildcard : {"%", "_"}) {
            const bool anywhere = made.body.find(wildcard) != std::string::npos;
            const auto matched = ids("&q=" + encoded(beginning(text) + wildcard + wildcard));
            if (!anywhere || text.find(wildcard) == std::string::npos) {
                EXPECT_TRUE(matched.empty()) << column << " " << wildcard;
            }
        }
    }
    EXPECT_TRUE(ids("&q=" + encoded("'; DROP TABLE users; --")).empty());
}

TEST_P(resource_test, refuses_lists_that_it_does_not_offer) {
    const std::string path(r().path);
    for (const char* wrong : {"limit=0", "limit=101", "limit=ten", "sort=no_such_field", "no_such_parameter=1", "limit=1&limit=2"}) {
        const answer refused = actor().get(path + "?" + wrong);
        EXPECT_EQ(refused.status, 422) << wrong;
        EXPECT_TRUE(blames(refused, "?" + std::string(wrong).substr(0, std::string_view(wrong).find('=')))) << wrong;
    }
    EXPECT_EQ(actor().get(path + "?cursor=made-up").status, 400);
}

TEST_P(resource_test, ties_a_cursor_to_its_list) {
    create();
    if (make.left(r()) == 0) GTEST_SKIP() << "there can be only one of it";
    create();
    const answer page = actor().get(std::string(r().path) + "?limit=1");
    ASSERT_NE(page.at("/next_cursor"), "") << page.body;
    std::string cursor = page.at("/next_cursor");
    EXPECT_EQ(actor().get(std::string(r().path) + "?limit=1&cursor=" + encoded(cursor)).status, 200);
    for (const std::string_view sort : r().sorts) {
        if (sort == r().sorts.front()) continue;
        EXPECT_EQ(actor().get(std::string(r().path) + "?sort=" + std::string(sort) + "&cursor=" + encoded(cursor)).status, 400);
    }
    cursor[cursor.size() / 2] = cursor[cursor.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_EQ(actor().get(std::string(r().path) + "?cursor=" + encoded(cursor)).status, 400) << "it was altered";
}

}  // namespace {{service.space}}::tests
