// Query strings of lists, read strictly; cursors that nobody else can make; pages over a real table.
#include <gtest/gtest.h>

#include <tenon/http/message.hpp>
#include <tenon/paging/list_request.hpp>

#include "notes_on_sqlite.hpp"

namespace tenon::paging {
namespace {

constexpr std::string_view ranks[] = {"low", "high"};
constexpr std::string_view moods[] = {"fine", "null"};
constexpr column filters[] = {
    {.parameter = "title", .name = "title"},
    {.parameter = "rank", .name = "rank", .type = column_type::integer},
    {.parameter = "level", .name = "level", .type = column_type::enumeration, .names = ranks},
    {.parameter = "mood", .name = "mood", .type = column_type::enumeration, .names = moods},
    {.parameter = "price", .name = "price", .type = column_type::decimal, .precision = 6, .scale = 2},
    {.parameter = "done", .name = "done", .type = column_type::boolean},
    {.parameter = "day", .name = "day", .type = column_type::date},
    {.parameter = "time", .name = "time", .type = column_type::instant},
    {.parameter = "owner", .name = "owner", .type = column_type::uuid},
    {.parameter = "ratio", .name = "ratio", .type = column_type::real},
    {.parameter = "tags", .name = "body", .list = true},
    {.parameter = "rank_to", .name = "ratio", .type = column_type::real},
    {.parameter = "version", .name = "rank", .type = column_type::integer, .nullable = false},
};
constexpr column sorts[] = {{.parameter = "rank", .name = "rank", .type = column_type::integer},
                            {.parameter = "title", .name = "title", .nullable = false}};
constexpr std::string_view search[] = {"title", "body"};
constexpr list_shape notes{.select_list = "id, title, rank",
                           .table = "notes",
                           .tenant_column = "workspace_id",
                           .filters = filters,
                           .search = search,
                           .sorts = sorts,
                           .soft_delete = true};
constexpr column newest[] = {{.parameter = "made_at", .name = "made_at", .type = column_type::instant}};
constexpr list_shape dated{
    .select_list = "id, title, rank", .table = "dated", .tenant_column = "workspace_id", .sorts = newest};
constexpr list_shape plain{
    .select_list = "id, title, rank", .table = "plain", .tenant_column = "workspace_id", .sorts = sorts};

const cursor_codec& codec() {
    static const cursor_codec out(std::string(32, 'k'));
    return out;
}

result<list_request> parse(std::string query, const list_shape& shape = notes) {
    return parse_list_request(http::parse_query(query), shape, codec());
}

TEST(list_request, has_defaults) {
    auto out = parse("");
    ASSERT_TRUE(out);
    EXPECT_EQ(out->limit, 20U);
    EXPECT_EQ(out->sort, &sorts[0]);
    EXPECT_FALSE(out->descending) << "numbers and texts begin with the smallest";
    EXPECT_TRUE(parse("", dated)->descending) << "what happened begins with the latest";
    EXPECT_FALSE(out->deleted_only);
    EXPECT_FALSE(out->after_value);
}

TEST(list_request, reads_what_the_shape_allows) {
    auto out = parse("limit=100&sort=title&q=a%25b&deleted=only&level=high&price=-1.5&rank=-3");
    ASSERT_TRUE(out) << out.error().message;
    EXPECT_EQ(out->limit, 100U);
    EXPECT_FALSE(out->descending);
    EXPECT_EQ(out->search, "a%b");
    EXPECT_TRUE(out->deleted_only);
    EXPECT_EQ(out->filters.size(), 3U);
}

TEST(list_request, refuses_everything_else_naming_the_parameter) {
    const std::pair<const char*, const char*> cases[] = {
        {"limit=0", "?limit"},
        {"limit=101", "?limit"},
        {"limit=-1", "?limit"},
        {"limit=1e1", "?limit"},
        {"limit=", "?limit"},
        {"limit=99999999999999999999999", "?limit"},
        {"limit=5&limit=5", "?limit"},
        {"unknown=1", "?unknown"},
        {"Limit=5", "?Limit"},
        {"sort=secret", "?sort"},
        {"sort=--rank", "?sort"},
        {"sort=rank;DROP TABLE notes", "?sort"},
        {"deleted=true", "?deleted"},
        {"q=%ff", "?q"},
        {"q=a%00b", "?q"},
        {"title=%c3%28", "?title"},
        {"rank=1.0", "?rank"},
        {"rank=0x10", "?rank"},
        {"rank=1 OR 1=1", "?rank"},
        {"level=middle", "?level"},
        {"price=1.234", "?price"},
        {"done=1", "?done"},
        {"day=2026-02-30", "?day"},
        {"time=yesterday", "?time"},
        {"owner=1", "?owner"},
        {"ratio=nan", "?ratio"},
        {"ratio=inf", "?ratio"},
    };
    for (const auto& [query, pointer] : cases) {
        auto out = parse(query);
        ASSERT_FALSE(out) << query;
        EXPECT_EQ(out.error().code, errc::invalid) << query;
        ASSERT_EQ(out.error().fields.size(), 1U) << query;
        EXPECT_EQ(out.error().fields[0].pointer, pointer) << query;
    }
    EXPECT_FALSE(parse("q=" + std::string(201, 'a')));
    EXPECT_TRUE(parse("q=" + std::string(200, 'a')));
    EXPECT_FALSE(parse("q=a", plain)) << "no search without columns to search";
    EXPECT_FALSE(parse("deleted=only", plain)) << "no bin without soft deletion";
}

TEST(list_request, takes_several_values_bounds_and_null) {
    const auto filter = [](const std::string& query) {
        auto out = parse(query);
        EXPECT_TRUE(out) << query;
        return out ? out->filters.front() : list_request::filter();
    };
    const db::value low = std::string("low"), high = std::string("high");
    for (const char* query : {"level=low,high", "level=high&level=low", "level=low,high,low&level=high"})
        EXPECT_EQ(filter(query).any_of, (std::vector<db::value>{low, high})) << query;
    EXPECT_EQ(filter("title=a,b").any_of, std::vector<db::value>{std::string("a,b")}) << "texts may have commas";
    EXPECT_EQ(filter("title=a&title=b").any_of.size(), 2U);
    EXPECT_TRUE(filter("rank=null").or_null);
    EXPECT_TRUE(filter("rank=null").any_of.empty());
    EXPECT_TRUE(filter("rank=1,null").or_null);
    EXPECT_EQ(filter("mood=null").any_of, std::vector<db::value>{std::string("null")}) << "a value of that name";
    const auto range = filter("day_from=2026-01-01&day_to=2026-01-31");
    EXPECT_EQ(range.from, db::value(*date::parse("2026-01-01")));
    EXPECT_EQ(range.to, db::value(*date::parse("2026-01-31")));
    EXPECT_TRUE(range.any_of.empty());
    EXPECT_EQ(filter("rank_to=0.5").by->parameter, "rank_to") << "a filter of that name comes first";
}

TEST(list_request, refuses_values_and_bounds_that_are_none) {
    const std::pair<std::string, const char*> cases[] = {
        {"level=low,", "?level"},
        {"level=,low", "?level"},
        {"level=low,middle", "?level"},
        {"rank=1,2,x", "?rank"},
        {"version=null", "?version"},
        {"day_from=null", "?day_from"},
        {"day_from=2026-01-01,2026-01-02", "?day_from"},
        {"day_from=2026-01-01&day_from=2026-01-01", "?day_from"},
        {"day_until=2026-01-01", "?day_until"},
        {"title_from=a", "?title_from"},
        {"owner_from=018f4f7e-7b1c-7c3a-9d2e-0a1b2c3d4e5f", "?owner_from"},
        {"done_to=true", "?done_to"},
        {"tags_from=a", "?tags_from"},
        {"_from=1", "?_from"},
    };
    for (const auto& [query, pointer] : cases) {
        auto out = parse(query);
        ASSERT_FALSE(out) << query;
        ASSERT_EQ(out.error().fields.size(), 1U) << query;
        EXPECT_EQ(out.error().fields[0].pointer, pointer) << query;
    }
    std::string many = "rank=0";
    for (int i = 1; i < 32; ++i) many += "," + std::to_string(i);
    EXPECT_TRUE(parse(many));
    EXPECT_FALSE(parse(many + ",32"));
}

TEST(list_request, reports_all_mistakes_at_once) {
    auto out = parse("limit=0&rank=x&unknown=1");
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().fields.size(), 3U);
}

TEST(list_request, refuses_more_parameters_than_any_list_has) {
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "p" + std::to_string(i) + "&";
    auto out = parse(many);
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::bad_request);
}

TEST(cursor, round_trips_every_type_of_sort_value) {
    const db::value all[] = {
        db::null_value{}, true,     std::int64_t{-1},         0.1, std::string("a\0b", 3), uuid::generate(),
        instant{-5},      date{-1}, db::decimal_value{-12, 2}};
    for (const db::value& each : all) {
        auto request = parse("rank=1");
        ASSERT_TRUE(request);
        const uuid id = uuid::generate();
        auto again = parse("rank=1&cursor=" + codec().encode(*request, each, id));
        ASSERT_TRUE(again);
        EXPECT_EQ(again->after_id, id);
        EXPECT_EQ(*again->after_value, each);
    }
}

TEST(cursor, is_refused_after_any_change_of_any_character) {
    auto request = parse("");
    const std::string cursor = codec().encode(*request, std::int64_t{7}, uuid::generate());
    ASSERT_TRUE(parse("cursor=" + cursor));
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        std::string changed = cursor;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        auto out = parse("cursor=" + changed);
        ASSERT_FALSE(out) << i;
        EXPECT_EQ(out.error().code, errc::bad_request);
    }
    for (std::size_t length = 0; length < cursor.size(); ++length)
        ASSERT_FALSE(parse("cursor=" + cursor.substr(0, length))) << length;
    EXPECT_FALSE(parse("cursor=" + cursor + "A"));
    EXPECT_FALSE(parse("cursor=" + cursor + "="));
    EXPECT_FALSE(parse("cursor=" + std::string(1 << 20, 'A')));
}

TEST(cursor, of_a_long_text_is_never_longer_than_what_is_accepted) {
    auto request = parse("");
    for (const std::size_t length : {4095U, 4096U, 4097U, 10'000U, 1'000'000U}) {
        std::string text;
        while (text.size() < length) text += "\xE2\x82\xAC";
        const std::string cursor = codec().encode(*request, text, uuid::generate());
        EXPECT_LE(cursor.size(), 8192U);
        auto again = parse("cursor=" + cursor);
        ASSERT_TRUE(again);
        const std::string& kept = std::get<std::string>(*again->after_value);
        EXPECT_EQ(again->after_beginning, kept != text);
        EXPECT_TRUE(text.starts_with(kept));
        EXPECT_EQ(kept.size() % 3, 0U) << "cut within a character";
    }
}

TEST(cursor, belongs_to_one_list_filter_order_and_key) {
    auto request = parse("rank=1");
    const std::string cursor = codec().encode(*request, std::int64_t{7}, uuid::generate());
    EXPECT_TRUE(parse("rank=1&limit=5&cursor=" + cursor)) << "the page size may change";
    EXPECT_FALSE(parse("cursor=" + cursor));
    EXPECT_FALSE(parse("rank=2&cursor=" + cursor));
    EXPECT_FALSE(parse("rank=1&sort=-rank&cursor=" + cursor));
    EXPECT_FALSE(parse("rank=1&q=a&cursor=" + cursor));
    EXPECT_FALSE(parse("rank=1&deleted=only&cursor=" + cursor));
    auto elsewhere = parse("", plain);
    EXPECT_FALSE(parse("cursor=" + codec().encode(*elsewhere, std::int64_t{7}, uuid::generate())));
    const cursor_codec other(std::string(32, 'x'));
    EXPECT_FALSE(parse("rank=1&cursor=" + other.encode(*request, std::int64_t{7}, uuid::generate())));
}

TEST(cursor, does_not_depend_on_the_order_of_parameters) {
    auto request = parse("rank=1&title=a&level=low,high");
    const std::string cursor = codec().encode(*request, std::int64_t{7}, uuid::generate());
    EXPECT_TRUE(parse("title=a&level=high&cursor=" + cursor + "&rank=1&level=low"));
}

TEST(cursor, belongs_to_each_value_bound_and_null_of_a_filter) {
    const char* queries[] = {"rank=1", "rank=1,2", "rank=1,null", "rank=null", "rank_from=1", "rank=1&rank_from=1"};
    for (const std::string made : queries) {
        const std::string cursor = codec().encode(*parse(made), std::int64_t{7}, uuid::generate());
        for (const std::string used : queries) EXPECT_EQ(bool(parse(used + "&cursor=" + cursor)), used == made) << used;
    }
}

class pages_test : public db::database_test {
  protected:
    std::vector<std::string> all(const std::string& query) {
        std::vector<std::string> out;
        std::string cursor;
        for (int pages = 0; pages < 100; ++pages) {
            auto request = parse(query + (cursor.empty() ? "" : "&cursor=" + cursor));
            EXPECT_TRUE(request);
            if (!request) return out;
            auto mine = session(tenant_);
            auto found = runner_.wait(mine.read(request->statement(notes)));
            EXPECT_TRUE(found) << found.error().message;
            if (!found) return out;
            auto one = make_page<std::string>(*found, *request, codec(),
                                              [](const db::row& r) { return r.get<std::string>(1); });
            EXPECT_LE(one.items.size(), request->limit);
            out.insert(out.end(), one.items.begin(), one.items.end());
            if (one.next_cursor.empty()) return out;
            cursor = one.next_cursor;
        }
        ADD_FAILURE() << "the pages never end";
        return out;
    }
};

TEST_F(pages_test, of_long_texts_that_begin_alike_neither_skip_nor_repeat) {
    const std::string alike(5'000, 'x');
    for (int i = 0; i < 9; ++i) ASSERT_TRUE(insert(tenant_, uuid::generate(), alike + std::to_string(i)));
    ASSERT_TRUE(insert(tenant_, uuid::generate(), alike.substr(0, 4'000)));
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "zz"));
    for (const std::string sort : {"sort=title", "sort=-title"}) {
        const auto whole = all(sort + "&limit=100");
        EXPECT_EQ(whole.size(), 11U);
        for (const char* limit : {"&limit=1", "&limit=2", "&limit=5"})
            EXPECT_EQ(all(sort + limit), whole) << sort << limit;
    }
}

TEST_F(pages_test, neither_skip_nor_repeat_with_equal_and_null_keys) {
    for (int i = 0; i < 37; ++i) {
        const auto rank = i % 6 == 0 ? std::nullopt : std::optional<std::int64_t>(i % 2);
        ASSERT_TRUE(insert(tenant_, uuid::generate(), "n" + std::to_string(i), rank));
        ASSERT_TRUE(insert(tenant_id::generate(), uuid::generate(), "foreign", rank));
    }
    for (const std::string sort : {"sort=rank", "sort=-rank", "sort=title", "sort=-title"}) {
        const auto whole = all(sort + "&limit=100");
        EXPECT_EQ(whole.size(), 37U);
        for (const char* limit : {"&limit=1", "&limit=5", "&limit=36", "&limit=37"})
            EXPECT_EQ(all(sort + limit), whole) << sort << limit;
    }
}

TEST_F(pages_test, an_insert_between_pages_does_not_shift_them) {
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(insert(tenant_, uuid::generate(), "n" + std::to_string(i), i));
    auto request = parse("sort=rank&limit=5");
    auto mine = session(tenant_);
    auto found = runner_.wait(mine.read(request->statement(notes)));
    auto first =
        make_page<std::string>(*found, *request, codec(), [](const db::row& r) { return r.get<std::string>(1); });
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "early", -1));
    auto next = parse("sort=rank&limit=5&cursor=" + first.next_cursor);
    ASSERT_TRUE(next);
    found = runner_.wait(mine.read(next->statement(notes)));
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)[0].get<std::string>(1), "n5");
}

TEST_F(pages_test, filters_and_search_find_only_what_they_say) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "100% Wool", 1));
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "100 wool", 2));
    using found = std::vector<std::string>;
    EXPECT_EQ(all("q=0%25%20w"), found{"100% Wool"});
    EXPECT_EQ(all("q=WOOL&rank=2"), found{"100 wool"});
    EXPECT_EQ(all("title=' OR 1=1 --"), found{});
    EXPECT_EQ(all("deleted=only"), found{});
}

TEST_F(pages_test, several_values_bounds_and_null_find_what_they_say) {
    for (int i = 0; i < 6; ++i) {
        const auto rank = i == 0 ? std::nullopt : std::optional<std::int64_t>(i);
        ASSERT_TRUE(insert(tenant_, uuid::generate(), std::to_string(i), rank));
    }
    using found = std::vector<std::string>;
    EXPECT_EQ(all("sort=title&rank=1,3,5"), (found{"1", "3", "5"}));
    EXPECT_EQ(all("sort=title&rank=1,null"), (found{"0", "1"}));
    EXPECT_EQ(all("sort=title&rank=null"), found{"0"});
    EXPECT_EQ(all("sort=title&rank_from=2"), (found{"2", "3", "4", "5"}));
    EXPECT_EQ(all("sort=title&version_to=2"), (found{"1", "2"})) << "no value lies between none";
    EXPECT_EQ(all("sort=title&rank=1,2,3&rank_from=2&version_to=2&limit=1"), found{"2"});
}

TEST_F(pages_test, a_list_is_found_by_what_it_holds) {
    const auto insert_list = [&](const std::string& title, const std::optional<std::string>& list) {
        auto mine = session(tenant_);
        auto made = runner_.wait(mine.write("INSERT INTO notes (workspace_id, id, title, body) VALUES ($1, $2, $3, $4)",
                                            db::args(uuid::generate(), title, list)));
        EXPECT_TRUE(made);
    };
    insert_list("1", R"(["red","a,b"])");
    insert_list("2", R"(["redder","\"red\"", "gr\u00fcn"])");
    insert_list("3", "[]");
    insert_list("4", std::nullopt);
    insert_list("5", R"({"red":1})");
    using found = std::vector<std::string>;
    EXPECT_EQ(all("sort=title&tags=red"), found{"1"});
    EXPECT_EQ(all("sort=title&tags=%22red%22"), found{"2"});
    EXPECT_EQ(all("sort=title&tags=gr%C3%BCn"), found{"2"});
    EXPECT_EQ(all("sort=title&tags=a,b"), found{"1"});
    EXPECT_EQ(all("sort=title&tags=red&tags=redder&tags=null"), (found{"1", "2", "4"}));
    EXPECT_EQ(all("sort=title&tags=,"), found{});
}

}  // namespace
}  // namespace tenon::paging
