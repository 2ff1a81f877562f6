// URLs of a PostgreSQL: what is taken, and that what is refused never shows a password.
#include "postgres/url.hpp"

#include <gmock/gmock.h>

namespace tenon::db {
namespace {

TEST(url_of_postgres, takes_what_libpq_takes) {
    for (const char* url :
         {"postgres://localhost", "postgresql://me:p%40ss@db.example:6432/product?sslmode=verify-full",
          "postgresql:///product?host=/run/postgresql", "postgresql://%2Frun%2Fpostgresql/product",
          "postgres://me@one:5432,two:5433/product?target_session_attrs=read-write", "postgres://me:a?b@host/product",
          "postgres://me@[::1]:5432/product?application_name=me@here"}) {
        const auto checked = check_postgres_url(url);
        EXPECT_TRUE(checked) << url << ": " << checked.error().message;
    }
}

TEST(url_of_postgres, refuses_the_rest_without_a_word_of_the_password) {
    using std::string_view_literals::operator""sv;
    for (const std::string_view url :
         {"postgres://me:se@cret@host/product"sv, "postgres://me:se/cret@host/product"sv, "postgres://me:cret"sv,
          "postgres://me:cret/product"sv, "postgres://me:se%cret@host/product"sv, "postgres://me:cret@[::1/product"sv,
          "postgres://me:cret@host/product?no_such=option"sv, "postgres://me:cret@host:port/product"sv,
          "postgres://me:cret@host/pro\0duct"sv, "mysql://me:cret@host/product"sv}) {
        const auto checked = check_postgres_url(url);
        ASSERT_FALSE(checked) << url;
        EXPECT_EQ(checked.error().code, errc::invalid);
        EXPECT_THAT(checked.error().message, testing::Not(testing::HasSubstr("cret")));
        EXPECT_THAT(checked.error().message, testing::HasSubstr("is expected"));
    }
}

}  // namespace
}  // namespace tenon::db
