// Lists: every record once, whatever the page size and the order; filters and search find what they should.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "support/resource_test.hpp"

namespace {{service.space}}::tests {

namespace {

std::string pointer_of(std::size_t item, std::string_view member) {
    return "/items/" + std::to_string(item) + "/" + std::string(member);
}

/// What an item has, as text for a query string: nothing for null, an amount of money, each element of a list.
std::vector<std::string> shown(const answer& page, std::size_t item, const filter& by) {
    const std::string pointer = pointer_of(item, by.name);
    std::vector<std::string> out;
    for (std::size_t i = 0; by.list && i < page.size_at(pointer); ++i)
        out.push_back(page.at(pointer + "/" + std::to_string(i)));
    if (by.list || page.is_null(pointer)) return out;
    const std::string amount = page.at(pointer + "/amount");
    out.push_back(amount.empty() ? page.at(pointer) : amount);
    return out;
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789.-") == std::string::npos &&
           text.find('-', 1) == std::string::npos;
}

/// What "PT1H30M", a duration, comes to in seconds; 0 of everything else.
long double seconds_of(const std::string& text) {
    constexpr std::string_view units = "SMH";
    long double out = 0, seconds[] = {1, 60, 3600};
    const char* at = text.starts_with("PT") ? text.c_str() + 2 : "";
    for (char* end = nullptr; *at != 0; at = end + 1) {
        const long double count = std::strtold(at, &end);
        const std::size_t unit = units.find(*end);
        if (end == at || unit == std::string_view::npos) return 0;
        out += count * seconds[unit];
    }
    return out;
}

bool is_less(const std::string& a, const std::string& b) {
    if (a.starts_with("PT") && b.starts_with("PT")) return seconds_of(a) < seconds_of(b);
    return is_number(a) && is_number(b) ? std::stold(a) < std::stold(b) : a < b;
}

using id_set = std::set<std::string>;

id_set as_set(const std::vector<std::string>& ids) {
    return {ids.begin(), ids.end()};
}

/// The ids of those items of a page whose values pass.
template <class Passes>
id_set those(const answer& page, const filter& by, Passes passes) {
    id_set out;
    for (std::size_t i = 0; i < page.size_at("/items"); ++i) {
        if (passes(shown(page, i, by))) out.insert(page.at(pointer_of(i, "id")));
    }
    return out;
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
    while (made.size() < 8 && make.left(r()) > 0) made.push_back(make.make(r()));
    std::vector<std::string> all = ids();
    EXPECT_EQ(all, ids("&sort=" + std::string(r().usual_sort), 2)) << "the usual order";
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

TEST_P(resource_test, lists_records_without_a_value_before_all_others) {
    for (int i = 0; i < 3 && make.left(r()) > 0; ++i) make.make(r(), make.full(r()));
    for (int i = 0; i < 2 && make.left(r()) > 0; ++i) make.make(r());
    for (const std::string_view sort : r().sorts) {
        const answer page = actor().get(std::string(r().path) + "?limit=100&sort=" + std::string(sort));
        bool any = false;
        for (std::size_t i = 0; i < page.size_at("/items"); ++i) {
            const bool has_value = !shown(page, i, filter{.name = sort}).empty();
            EXPECT_TRUE(has_value || !any) << sort << " " << page.body;
            any = any || has_value;
        }
    }
}

TEST_P(resource_test, filters_by_each_parameter) {
    for (int i = 0; i < 3 && make.left(r()) > 0; ++i) make.make(r(), make.full(r()));
    for (int i = 0; i < 2 && make.left(r()) > 0; ++i) make.make(r());
    const answer all = actor().get(std::string(r().path) + "?limit=100");
    for (const filter& by : r().filters) {
        const std::string name(by.name);
        const auto found = [&](const std::string& query) { return as_set(ids("&" + query)); };
        id_set values;
        for (std::size_t i = 0; i < all.size_at("/items"); ++i) values.merge(as_set(shown(all, i, by)));
        const auto with = [&](const std::string& one) {
            return those(all, by, [&](const auto& has) { return std::find(has.begin(), has.end(), one) != has.end(); });
        };
        const id_set without = those(all, by, [](const auto& has) { return has.empty(); });
        for (const std::string& one : values)
            EXPECT_EQ(found(name + "=" + encoded(one)), with(one)) << name << " " << one;
        if (values.size() > 1) {
            const std::string first = *values.begin(), second = *std::next(values.begin());
            id_set both = with(first);
            both.merge(with(second));
            EXPECT_EQ(found(name + "=" + encoded(first) + "&" + name + "=" + encoded(second)), both) << name;
            if (!by.text) {
                EXPECT_EQ(found(name + "=" + encoded(first) + "," + encoded(second)), both) << name;
            }
        }
        if (by.nullable && !by.list) {
            EXPECT_EQ(found(name + "=null"), without) << name;
            if (!values.empty()) {
                id_set either = with(*values.begin());
                either.insert(without.begin(), without.end());
                EXPECT_EQ(found(name + "=null&" + name + "=" + encoded(*values.begin())), either) << name;
            }
        }
    }
}

TEST_P(resource_test, filters_by_bounds) {
    for (int i = 0; i < 4 && make.left(r()) > 0; ++i) make.make(r(), make.full(r()));
    if (make.left(r()) > 0) make.make(r());
    const answer all = actor().get(std::string(r().path) + "?limit=100");
    for (const filter& by : r().filters) {
        const std::string name(by.name);
        if (!by.ordered) {
            EXPECT_EQ(actor().get(std::string(r().path) + "?" + name + "_from=1").status, 422) << name;
            continue;
        }
        for (std::size_t i = 0; i < all.size_at("/items"); ++i) {
            for (const std::string& edge : shown(all, i, by)) {
                const auto from = [&](const auto& has) { return !has.empty() && !is_less(has.front(), edge); };
                const auto to = [&](const auto& has) { return !has.empty() && !is_less(edge, has.front()); };
                EXPECT_EQ(as_set(ids("&" + name + "_from=" + encoded(edge))), those(all, by, from))
                    << name << " " << edge;
                EXPECT_EQ(as_set(ids("&" + name + "_to=" + encoded(edge))), those(all, by, to)) << name << " " << edge;
                const std::string both = "&" + name + "_from=" + encoded(edge) + "&" + name + "_to=" + encoded(edge);
                EXPECT_EQ(as_set(ids(both, 1)), as_set(ids("&" + name + "=" + encoded(edge)))) << name << " " << edge;
            }
        }
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
    for (const char* wrong :
        {"limit=0", "limit=101", "limit=ten", "sort=no_such_field", "no_such_parameter=1", "limit=1&limit=2"}) {
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
        EXPECT_EQ(
            actor().get(std::string(r().path) + "?sort=" + std::string(sort) + "&cursor=" + encoded(cursor)).status,
            400);
    }
    cursor[cursor.size() / 2] = cursor[cursor.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_EQ(actor().get(std::string(r().path) + "?cursor=" + encoded(cursor)).status, 400) << "it was altered";
}

}  // namespace {{service.space}}::tests
