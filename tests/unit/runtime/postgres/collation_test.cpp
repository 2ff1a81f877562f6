// A database that sorts text as people do: pages, unique keys and searches hold as they do in byte order.
#include <map>
#include <vector>

#include <tenon/db/select.hpp>

#include "fixture.hpp"

namespace tenon::db {
namespace {

class postgres_collation_test : public postgres_database_test {
  protected:
    std::string how_made() const override { return "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"; }

    void SetUp() override {
        postgres_database_test::SetUp();
        if (IsSkipped()) return;
        for (const std::string& title : titles)
            for (const char* end : {"", " 2"}) ASSERT_TRUE(insert(tenant_, uuid::generate(), title + end));
    }
    select_statement notes() const { return select_statement("id, title", "notes", "workspace_id"); }
    std::vector<std::string> titles_of(select_statement s) {
        auto mine = session(tenant_);
        const auto found = runner_.wait(mine.read(std::move(s)));
        EXPECT_TRUE(found) << found.error().message;
        std::vector<std::string> out;
        for (std::size_t i = 0; found && i < found->size(); ++i) {
            out.push_back((*found)[i].get<std::string>(1));
            id_of_[out.back()] = (*found)[i].get<uuid>(0);
        }
        return out;
    }

    // No two of these are the same text, though some are the same word to a person.
    const std::vector<std::string> titles = {"apple", "Apple", "APPLE",       "\u00c4pfel", "\u00e4pfel", "A\u0308pfel",
                                             "zebra", "Zebra", "stra\u00dfe", "strasse",    "_under",     "10",
                                             "9",     "a b",   "ab",          "a-b",        "\U0001f600"};
    std::map<std::string, uuid> id_of_;
};

TEST_F(postgres_collation_test, pages_by_text_show_each_row_once) {
    for (const bool descending : {false, true}) {
        const auto whole = titles_of(std::move(notes().order_by("title", descending)));
        ASSERT_EQ(whole.size(), titles.size() * 2);
        std::vector<std::string> seen;
        for (int pages = 0; pages < 100; ++pages) {
            select_statement s = notes();
            if (!seen.empty()) s.after("title", value(seen.back()), id_of_[seen.back()], descending);
            const auto page = titles_of(std::move(s.order_by("title", descending).limit(3)));
            if (page.empty()) break;
            seen.insert(seen.end(), page.begin(), page.end());
        }
        EXPECT_EQ(seen, whole);
    }
}

TEST_F(postgres_collation_test, unique_is_the_same_text_and_nothing_else) {
    // The fixture has inserted texts that are equal to a person.
    for (const std::string& title : titles) {
        const auto again = insert(tenant_, uuid::generate(), title);
        ASSERT_FALSE(again) << title;
        EXPECT_EQ(again.error().code, errc::conflict);
    }
}

TEST_F(postgres_collation_test, searches_ignore_case) {
    static constexpr std::string_view columns[] = {"title"};
    const auto found = titles_of(std::move(notes().where_contains(columns, 1, "APPLE").order_by("title", false)));
    EXPECT_EQ(found.size(), 6U);
    EXPECT_EQ(titles_of(std::move(notes().where_contains(columns, 1, "_")))[0].front(), '_') << "no wildcard";
}

}  // namespace
}  // namespace tenon::db
