// Parameters are rewritten without being fooled by literals and comments.
#include <gtest/gtest.h>

#include "db/sql_text.hpp"

namespace tenon::db {
namespace {

TEST(sqlite_text, rewrites_parameters_only_outside_of_literals_and_comments) {
    EXPECT_EQ(sqlite_form("SELECT $1, $12"), "SELECT ?1, ?12");
    EXPECT_EQ(sqlite_form("SELECT '$1', \"$2\", $3"), "SELECT '$1', \"$2\", ?3");
    EXPECT_EQ(sqlite_form("SELECT 'it''s $1' || $1"), "SELECT 'it''s $1' || ?1");
    EXPECT_EQ(sqlite_form("-- costs $1\nSELECT $1 /* $2 */"), "-- costs $1\nSELECT ?1 /* $2 */");
    EXPECT_EQ(sqlite_form("SELECT [a$1], `b$1`, $1"), "SELECT [a$1], `b$1`, ?1");
    EXPECT_EQ(sqlite_form("SELECT '$ , $x"), "SELECT '$ , $x");
    EXPECT_EQ(sqlite_form("/* open $1"), "/* open $1");
    EXPECT_EQ(sqlite_form("$"), "$");
}

TEST(sqlite_text, drops_a_row_lock_at_the_end_only) {
    EXPECT_EQ(sqlite_form("SELECT 1 FROM a WHERE b = $1\nFOR UPDATE"), "SELECT 1 FROM a WHERE b = ?1\n");
    EXPECT_EQ(sqlite_form("SELECT 1 FROM a FOR NO KEY UPDATE"), "SELECT 1 FROM a ");
    EXPECT_EQ(sqlite_form("SELECT 1 FROM a FOR KEY SHARE"), "SELECT 1 FROM a ");
    EXPECT_EQ(sqlite_form("SELECT 1 FROM a FOR SHARE"), "SELECT 1 FROM a ");
    EXPECT_EQ(sqlite_form("SELECT 'wait FOR UPDATE'"), "SELECT 'wait FOR UPDATE'");
}

TEST(sqlite_text, knows_what_may_stand_in_a_transaction_of_others) {
    EXPECT_TRUE(changes_rows("\nINSERT INTO t VALUES (1)"));
    EXPECT_TRUE(changes_rows("WITH a AS (SELECT 1) update t set a = 1"));
    EXPECT_FALSE(changes_rows("PRAGMA max_page_count = 8"));
    EXPECT_FALSE(changes_rows("VACUUM"));
    EXPECT_FALSE(changes_rows("CREATE TABLE t (a)"));
    EXPECT_FALSE(changes_rows(""));
}

TEST(sqlite_text, tells_checks_from_locks) {
    EXPECT_TRUE(only_checks("SELECT 1 FROM a WHERE b = $1\nFOR KEY SHARE"));
    EXPECT_FALSE(only_checks("SELECT 1 FROM a WHERE b = $1\nFOR UPDATE"));
    EXPECT_FALSE(only_checks("SELECT 1 FROM a WHERE b = $1"));
    EXPECT_FALSE(only_checks("DELETE FROM a WHERE b IN (SELECT 1) FOR KEY SHARE"));
}

}  // namespace
}  // namespace tenon::db
