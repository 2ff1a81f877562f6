// Migrations back and forth, on a database of their own.
#include <tenon/testing/migrations.hpp>

#include "migrations/migrate.hpp"
#include "test_database.hpp"

namespace tenon::testing {

struct database_copy::impl {
    impl(const service& running, const app::product& of) : product(of), database(running.copy_database()) {}

    const app::product& product;
    const std::unique_ptr<test_database> database;
};

database_copy::database_copy(const service& running, const app::product& product)
    : impl_(std::make_unique<impl>(running, product)) {}
database_copy::~database_copy() = default;

std::string database_copy::down(std::size_t steps) {
    const test_database& copy = *impl_->database;
    const auto went = db::migrate_down(copy.migration_url(), copy.migrations_of(impl_->product), steps);
    return went ? std::string() : went.error().message;
}

std::string database_copy::up() {
    const test_database& copy = *impl_->database;
    const auto went = db::migrate_up(copy.migration_url(), copy.migrations_of(impl_->product), copy.url());
    return went ? std::string() : went.error().message;
}

std::size_t database_copy::steps() const {
    return impl_->database->migrations_of(impl_->product).size();
}

std::string database_copy::shape() const {
    return impl_->database->shape();
}

std::map<std::string, std::int64_t> database_copy::rows() const {
    return impl_->database->rows();
}

}  // namespace tenon::testing
