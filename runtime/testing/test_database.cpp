// Which database the tests run on.
#include "test_database.hpp"

#include <cstdlib>
#include <stdexcept>

namespace tenon::testing {

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

bool test_database::is_postgres() {
    return !variable("TEST_DATABASE_URL").empty();
}

std::unique_ptr<test_database> test_database::make() {
    const std::string url = variable("TEST_DATABASE_URL");
    const std::string migration_url = variable("TEST_MIGRATION_DATABASE_URL");
    if (url.empty() && migration_url.empty()) return make_sqlite_database();
    if (url.empty() || migration_url.empty())
        throw std::runtime_error("TEST_DATABASE_URL and TEST_MIGRATION_DATABASE_URL belong together");
    return make_postgres_database(url, migration_url);
}

}  // namespace tenon::testing
