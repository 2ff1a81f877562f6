// Which column a parameter of a write is for.
#include "db/parameter_columns.hpp"

#include <gtest/gtest.h>

namespace tenon::db {
namespace {

TEST(parameter_columns_test, finds_columns_of_both_kinds_of_writes) {
    const std::string_view insert =
        "\nINSERT INTO \"tasks\" (\"workspace_id\", \"id\", \"title\", \"created_at\", \"version\")\nVALUES ($1, $2, "
        "$3, "
        "$12, 1)\nRETURNING \"id\"";
    EXPECT_EQ(column_of_parameter(insert, 3), "title");
    EXPECT_EQ(column_of_parameter(insert, 12), "created_at");
    EXPECT_EQ(column_of_parameter(insert, 4), "");
    EXPECT_EQ(written_table(insert), "tasks");
    const std::string_view update = "\nUPDATE \"tasks\"\nSET \"title\" = $4, \"body\" = $5\nWHERE \"id\" = $2";
    EXPECT_EQ(column_of_parameter(update, 5), "body");
    EXPECT_EQ(column_of_parameter(update, 2), "id");
    EXPECT_EQ(written_table(update), "tasks");
    EXPECT_EQ(written_table("SELECT 1"), "");
}

}  // namespace
}  // namespace tenon::db
