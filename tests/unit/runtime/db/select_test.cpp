// List statements against a real table: wildcards, hostile text, pages over equal and null sort keys.
#include "notes_on_sqlite.hpp"

namespace tenon::db {
namespace {

class select_test : public database_test {
  protected:
    static select_statement base() { return select_statement("id, title, rank", "notes", "workspace_id"); }
    std::vector<std::string> titles(select_statement s) {
        auto mine = session(tenant_);
        auto found = runner_.wait(mine.read(std::move(s)));
        std::vector<std::string> out;
        EXPECT_TRUE(found) << found.error().message;
        for (std::size_t i = 0; found && i < found->size(); ++i) out.push_back((*found)[i].get<std::string>(1));
        return out;
    }
    std::vector<std::string> containing(std::string_view text) {
        static constexpr std::string_view columns[] = {"title", "body"};
        auto s = base();
        s.where_contains(columns, 2, text).order_by("title", false).limit(100);
        return titles(s);
    }
    /// All titles, read in pages of `size`.
    std::vector<std::string> paged(std::size_t size, bool descending, bool nullable) {
        std::vector<std::string> out;
        std::optional<std::pair<value, uuid>> last;
        for (int pages = 0; pages < 100; ++pages) {
            auto s = base();
            if (last) s.after("rank", last->first, last->second, descending, nullable);
            s.order_by("rank", descending).limit(size);
            auto mine = session(tenant_);
            auto found = runner_.wait(mine.read(std::move(s)));
            EXPECT_TRUE(found) << found.error().message;
            if (!found || found->empty()) return out;
            for (std::size_t i = 0; i < found->size(); ++i) out.push_back((*found)[i].get<std::string>(1));
            const row end = (*found)[found->size() - 1];
            last.emplace(end.cell(2), end.get<uuid>(0));
        }
        ADD_FAILURE() << "the pages never end";
        return out;
    }
};

TEST_F(select_test, wildcards_stand_for_themselves) {
    for (const char* title : {"100% sure", "100 sure", "snake_case", "snakeXcase", "back\\slash", "O'Neil"})
        ASSERT_TRUE(insert(tenant_, uuid::generate(), title));
    using found = std::vector<std::string>;
    EXPECT_EQ(containing("0%"), found{"100% sure"});
    EXPECT_EQ(containing("e_c"), found{"snake_case"});
    EXPECT_EQ(containing("\\"), found{"back\\slash"});
    EXPECT_EQ(containing("o'NEIL"), found{"O'Neil"});
    EXPECT_EQ(containing("' OR 1=1 --"), found{});
    EXPECT_EQ(containing("%%%%%%"), found{});
}

TEST_F(select_test, never_shows_another_tenant) {
    ASSERT_TRUE(insert(tenant_id::generate(), uuid::generate(), "theirs"));
    EXPECT_TRUE(containing("theirs").empty());
    EXPECT_TRUE(titles(base().where_null("deleted_at").limit(10)).empty());
}

TEST_F(select_test, values_are_parameters_and_names_are_quoted) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "a"));
    EXPECT_TRUE(titles(base().where_equal("title", to_value("a' OR '1'='1")).limit(10)).empty());
    EXPECT_EQ(select_statement("1", "t\" --", "c").text(), "SELECT 1 FROM \"t\"\" --\" WHERE \"c\" = $1");
}

TEST_F(select_test, pages_neither_skip_nor_repeat_rows_with_equal_or_null_keys) {
    for (int i = 0; i < 41; ++i) {
        const auto rank = i % 5 == 0 ? std::nullopt : std::optional<std::int64_t>(i % 3);
        ASSERT_TRUE(insert(tenant_, uuid::generate(), "n" + std::to_string(i), rank));
    }
    for (const bool descending : {false, true}) {
        const auto whole = titles(base().order_by("rank", descending).limit(100));
        ASSERT_EQ(whole.size(), 41U);
        for (const std::size_t size : {1U, 2U, 7U, 40U, 41U}) EXPECT_EQ(paged(size, descending, true), whole) << size;
    }
}

// PostgreSQL would put nulls behind all values, where `after` does not look for them.
TEST_F(select_test, says_where_nulls_stand_unless_there_are_none) {
    EXPECT_TRUE(base().order_by("rank", true).text().ends_with("\"rank\" DESC NULLS LAST, \"id\" DESC"));
    EXPECT_TRUE(base().order_by("rank", false).text().ends_with("\"rank\" ASC NULLS FIRST, \"id\" ASC"));
    EXPECT_TRUE(base().order_by("rank", true, false).text().ends_with("\"rank\" DESC, \"id\" DESC"));
}

TEST_F(select_test, the_fast_form_pages_columns_without_nulls) {
    for (int i = 0; i < 23; ++i) ASSERT_TRUE(insert(tenant_, uuid::generate(), "n" + std::to_string(i), i % 4));
    for (const bool descending : {false, true})
        EXPECT_EQ(paged(3, descending, false), titles(base().order_by("rank", descending).limit(100)));
}

TEST_F(select_test, the_fast_form_reads_its_page_off_the_index) {
    ASSERT_TRUE(change("CREATE INDEX notes_by_rank ON notes (workspace_id, rank, id)"));
    auto s = base();
    s.after("rank", std::int64_t{3}, uuid::generate(), true, false).order_by("rank", true).limit(10);
    auto plan =
        runner_.wait(database_->run(statement("EXPLAIN QUERY PLAN " + s.text(), s.parameters(), tenant_, soon())));
    ASSERT_TRUE(plan) << plan.error().message;
    ASSERT_EQ(plan->size(), 1U) << "a second step would be a sort";
    EXPECT_NE((*plan)[0].get<std::string>(3).find("USING INDEX notes_by_rank"), std::string::npos);
}

}  // namespace
}  // namespace tenon::db
