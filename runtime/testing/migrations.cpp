// Migrations back and forth, on a file of their own.
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>

#include <tenon/db/migrate.hpp>
#include <tenon/testing/migrations.hpp>

#include "db/sqlite_connection.hpp"

namespace tenon::testing {
namespace {

db::clock::time_point soon() {
    return db::clock::now() + std::chrono::minutes(1);
}

template <class T>
T need(result<T> got) {
    if (!got) throw std::runtime_error("the database of the test: " + got.error().message);
    return std::move(*got);
}

std::unique_ptr<db::sqlite_connection> opened(const std::string& path) {
    return need(db::sqlite_connection::open(path, db::sqlite_connection::purpose::writing));
}

db::rows ask(db::sqlite_connection& connection, const std::string& text) {
    return need(connection.run(db::statement(text, {}, std::nullopt, soon())));
}

std::string folder_for_tests() {
    std::string path = (std::filesystem::temp_directory_path() / "tenon-migrations-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
    return path;
}

}  // namespace

struct database_copy::impl {
    explicit impl(const app::product& of) : product(of) {}
    ~impl() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    std::string path() const { return folder + "/copy.db"; }
    std::string url() const { return "sqlite:" + path(); }

    const app::product& product;
    const std::string folder = folder_for_tests();
};

database_copy::database_copy(const service& running, const app::product& product)
    : impl_(std::make_unique<impl>(product)) {
    const auto source = opened(running.database_path());
    const std::string copy = "VACUUM INTO '" + impl_->path() + "'";
    const auto copied = source->control(copy.c_str(), soon());
    if (!copied) throw std::runtime_error("the database cannot be copied: " + copied.error().message);
}

database_copy::~database_copy() = default;

std::string database_copy::down(std::size_t steps) {
    const auto went = db::migrate_down(impl_->url(), impl_->product.sqlite_migrations, steps);
    return went ? std::string() : went.error().message;
}

std::string database_copy::up() {
    const auto went = db::migrate_up(impl_->url(), impl_->product.sqlite_migrations);
    return went ? std::string() : went.error().message;
}

std::string database_copy::shape() const {
    const auto connection = opened(impl_->path());
    const db::rows lines = ask(
        *connection,
        "SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || coalesce(c.dflt_value, '') "
        "|| "
        "' ' || (c.pk > 0) AS line FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table' "
        "UNION ALL SELECT t.name || ' refers to ' || k.\"table\" || ' by ' || k.\"from\" || ' ' || k.\"to\" || ' ' || "
        "k.on_delete FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) k WHERE t.type = 'table' "
        "UNION ALL SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY line");
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i) out += lines[i].get<std::string>(0) + "\n";
    return out;
}

std::map<std::string, std::int64_t> database_copy::rows() const {
    const auto connection = opened(impl_->path());
    const db::rows tables =
        ask(*connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_migrations'");
    std::map<std::string, std::int64_t> out;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const std::string table = tables[i].get<std::string>(0);
        out.emplace(table, ask(*connection, "SELECT count(*) FROM \"" + table + "\"")[0].get<std::int64_t>(0));
    }
    return out;
}

}  // namespace tenon::testing
