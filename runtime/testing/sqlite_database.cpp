// A SQLite file in a folder of its own.
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>

#include "sqlite/connection.hpp"
#include "test_database.hpp"

namespace tenon::testing {
namespace {

db::clock::time_point soon() {
    return db::clock::now() + std::chrono::minutes(1);
}

std::unique_ptr<db::sqlite_connection> opened(const std::string& path) {
    return need(db::sqlite_connection::open(path, db::sqlite_connection::purpose::writing));
}

db::rows ask(db::sqlite_connection& connection, const std::string& text) {
    return need(connection.run(db::statement(text, {}, db::row_scope::of_service(), soon())));
}

class sqlite_database final : public test_database {
  public:
    sqlite_database() : folder_((std::filesystem::temp_directory_path() / "tenon-service-XXXXXX").string()) {
        if (!::mkdtemp(folder_.data())) throw std::runtime_error("no temporary folder can be made");
    }
    ~sqlite_database() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    std::string url() const override { return "sqlite:" + path(); }
    std::span<const db::migration> migrations_of(const app::product& product) const override {
        return product.sqlite_migrations;
    }

    std::unique_ptr<test_database> copy() const override {
        auto out = std::make_unique<sqlite_database>();
        const std::string statement = "VACUUM INTO '" + out->path() + "'";
        need(opened(path())->control(statement.c_str(), soon()));
        return out;
    }

    std::string shape() const override {
        const auto connection = opened(path());
        const db::rows lines = ask(
            *connection,
            "SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || "
            "coalesce(c.dflt_value, '') || ' ' || (c.pk > 0) AS line "
            "FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table' "
            "UNION ALL SELECT t.name || ' refers to ' || k.\"table\" || ' by ' || k.\"from\" || ' ' || k.\"to\" || ' ' "
            "|| k.on_delete FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) k WHERE t.type = 'table' "
            "UNION ALL SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY line");
        std::string out;
        for (std::size_t i = 0; i < lines.size(); ++i) out += lines[i].get<std::string>(0) + "\n";
        return out;
    }

    std::map<std::string, std::int64_t> rows() const override {
        const auto connection = opened(path());
        const db::rows tables =
            ask(*connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_migrations'");
        std::map<std::string, std::int64_t> out;
        for (std::size_t i = 0; i < tables.size(); ++i) {
            const std::string table = tables[i].get<std::string>(0);
            out.emplace(table, ask(*connection, "SELECT count(*) FROM \"" + table + "\"")[0].get<std::int64_t>(0));
        }
        return out;
    }

  private:
    std::string path() const { return folder_ + "/service.db"; }

    std::string folder_;
};

}  // namespace

std::unique_ptr<test_database> make_sqlite_database() {
    return std::make_unique<sqlite_database>();
}

}  // namespace tenon::testing
