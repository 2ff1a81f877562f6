// A type that brings its own form is read and written everywhere by what it tells of itself.
#include <gtest/gtest.h>

#include <limits>

#include <tenon/core/check.hpp>
#include <tenon/core/written.hpp>
#include <tenon/db/columns.hpp>
#include <tenon/http/message.hpp>
#include <tenon/json/reader.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/paging/list_request.hpp>

namespace tenon {
namespace {

/// A storey of a house: "floor 3", kept as 3.
struct storey {
    std::int64_t number = 0;

    static std::optional<storey> parse(std::string_view text) {
        if (text.size() != 7 || !text.starts_with("floor ") || text[6] < '0' || text[6] > '9') return std::nullopt;
        return storey{text[6] - '0'};
    }
    std::string to_string() const { return "floor " + std::to_string(number); }
    auto operator<=>(const storey&) const = default;

    using stored_type = std::int64_t;
    static constexpr std::string_view expected = "a storey such as floor 3";
    std::int64_t stored() const { return number; }
    static std::optional<storey> from_stored(std::int64_t kept) {
        return kept >= 0 && kept <= 9 ? std::optional(storey{kept}) : std::nullopt;
    }
};
static_assert(written_value<storey>);
static_assert(!written_value<date> && !written_value<instant> && !written_value<uuid> && !written_value<std::string>);

std::string said(const field_errors& errors) {
    std::string out;
    for (const auto& one : errors.list()) out += one.pointer + ": " + one.detail + "; ";
    return out;
}

TEST(written_value, travels_through_json) {
    json::writer out;
    out.begin_object();
    out.member("one", storey{3});
    out.member("all", std::vector<storey>{{1}, {2}});
    out.member("none", std::optional<storey>());
    out.end_object();
    EXPECT_EQ(out.text(), R"({"one":"floor 3","all":["floor 1","floor 2"],"none":null})");

    const auto body = json::document::parse(out.text());
    ASSERT_TRUE(body);
    field_errors errors;
    json::object_reader reader(body->root(), errors);
    storey one;
    std::vector<storey> all;
    std::optional<storey> none = storey{7};
    reader.required("one", one);
    reader.required("all", all);
    reader.required("none", none);
    reader.finish();
    EXPECT_EQ(said(errors), "");
    EXPECT_EQ(one, storey{3});
    EXPECT_EQ(all, (std::vector<storey>{{1}, {2}}));
    EXPECT_EQ(none, std::nullopt);
}

TEST(written_value, is_told_what_it_must_be) {
    for (const char* wrong : {R"("floor x")", R"("")", "3", "null", "true", "[\"floor 3\"]", "{}", R"("floor 3 ")"}) {
        const auto body = json::document::parse(wrong);
        ASSERT_TRUE(body);
        field_errors errors;
        storey one;
        EXPECT_FALSE(decode(body->root(), "/f", one, errors)) << wrong;
        EXPECT_EQ(said(errors), "/f: must be a storey such as floor 3; ") << wrong;
    }
    field_errors errors;
    check::range(errors, "/a", storey{0}, 1, 5);
    check::range(errors, "/b", storey{6}, 1, 5);
    check::range(errors, "/c", storey{1}, 1, 5);
    check::range(errors, "/d", storey{5}, 1, 5);
    check::at_least(errors, "/e", storey{0}, 1);
    check::at_most(errors, "/f", storey{6}, 5);
    EXPECT_EQ(said(errors),
              "/a: must be at least floor 1; /b: must be at most floor 5; /e: must be at least floor 1; "
              "/f: must be at most floor 5; ");
}

TEST(written_value, is_kept_as_it_says) {
    EXPECT_EQ(db::to_value(storey{3}), db::value(std::int64_t{3}));
    EXPECT_EQ(db::to_value(std::optional<storey>()), db::value(db::null_value{}));
    EXPECT_EQ(db::json_value(std::vector<storey>{{3}}), db::value(std::string(R"(["floor 3"])")));
    const db::value cells[] = {std::int64_t{3},
                               std::int64_t{10},
                               std::string("floor 3"),
                               db::null_value{},
                               std::numeric_limits<std::int64_t>::min(),
                               3.0};
    const db::row row(cells);
    EXPECT_EQ(row.get<storey>(0), storey{3});
    EXPECT_EQ(row.get<std::optional<storey>>(3), std::nullopt);
    for (const std::size_t wrong : {1U, 2U, 3U, 4U, 5U})
        EXPECT_THROW((void)row.get<storey>(wrong), std::logic_error) << wrong;
}

constexpr paging::column by_storey[] = {{.parameter = "storey",
                                         .name = "storey",
                                         .type = paging::column_type::written,
                                         .form = &paging::written_as<storey>}};
constexpr paging::list_shape rooms{.select_list = "id, storey",
                                   .table = "rooms",
                                   .tenant_column = "workspace_id",
                                   .filters = by_storey,
                                   .sorts = by_storey};

result<paging::list_request> parse(std::string query) {
    static const paging::cursor_codec codec(std::string(32, 'k'));
    return paging::parse_list_request(http::parse_query(query), rooms, codec);
}

TEST(written_value, filters_and_sorts_lists) {
    const auto found = parse("storey=floor%203,floor%201,null&storey_from=floor%201&storey_to=floor%209");
    ASSERT_TRUE(found) << found.error().message;
    const auto& filter = found->filters.front();
    EXPECT_EQ(filter.any_of, (std::vector<db::value>{std::int64_t{1}, std::int64_t{3}}));
    EXPECT_TRUE(filter.or_null);
    EXPECT_EQ(filter.from, db::value(std::int64_t{1}));
    EXPECT_EQ(filter.to, db::value(std::int64_t{9}));
    EXPECT_FALSE(found->descending) << "the smallest first";
    for (const char* wrong : {"storey=3", "storey=", "storey_from=floor", "storey_to=null"}) {
        const auto refused = parse(wrong);
        ASSERT_FALSE(refused) << wrong;
        ASSERT_EQ(refused.error().fields.size(), 1U);
        EXPECT_EQ(refused.error().fields[0].detail, "must be a storey such as floor 3") << wrong;
    }
}

}  // namespace
}  // namespace tenon
