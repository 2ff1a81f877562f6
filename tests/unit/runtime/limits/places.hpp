// The places that limits can live in, each with two replicas that share it.
#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "databases/open.hpp"
#include "db/backend.hpp"
#include "feature_tables.hpp"
#include "limits/database_store.hpp"
#include "limits/memory_store.hpp"
#include "limits/redis_store.hpp"
#include "loop_runner.hpp"
#include "migrations/migrate.hpp"
#include "redis_server.hpp"
#include "sample_product.hpp"
#include "shared_cluster.hpp"
#include "temporary_folder.hpp"

namespace tenon::limits {

enum class place { memory, sqlite, postgres, redis, redis_and_sqlite };

inline const char* name_of(place p) {
    switch (p) {
        case place::memory:
            return "memory";
        case place::sqlite:
            return "sqlite";
        case place::postgres:
            return "postgres";
        case place::redis:
            return "redis";
        case place::redis_and_sqlite:
            return "redis_and_sqlite";
    }
    return "";
}

/// As tests with a place as parameter are named.
inline std::string place_name(const ::testing::TestParamInfo<place>& info) {
    return name_of(info.param);
}

/// One process's stores.
class replica {
  public:
    void open_database(const std::string& url) {
        auto opened = db::open(url);
        if (!opened) throw std::runtime_error(opened.error().message);
        database_ = std::move(*opened);
        database_->name_tenants(test::sample_product().tenant);
        in_database_ = std::make_unique<database_store>(*database_);
        store_ = in_database_.get();
    }
    void open_redis(const std::string& url) {
        client_ = std::make_unique<redis::client>(*redis::parse_url(url));
        in_redis_ = std::make_unique<redis_store>(*client_, "sample", in_database_.get());
        store_ = in_redis_.get();
    }
    void share(store& other) { store_ = &other; }

    store& limits() { return *store_; }
    test::loop_runner& loop() { return runner_; }

  private:
    std::unique_ptr<db::backend> database_;
    std::unique_ptr<database_store> in_database_;
    std::unique_ptr<redis::client> client_;
    std::unique_ptr<redis_store> in_redis_;
    store* store_ = nullptr;
    test::loop_runner runner_;
};

inline gen::postgres_cluster& postgres() {
    if (!test::cluster()) throw std::runtime_error(test::shared_cluster::get().missing);
    return *test::cluster();
}

inline void open(place p, replica& first, replica& second, const test::temporary_folder& folder,
                 std::unique_ptr<test::redis_server>& server, memory_store& memory) {
    std::string url;
    if (p == place::sqlite || p == place::redis_and_sqlite) {
        url = folder.database_url();
        const auto migrated = db::migrate_up(url, test::sample_product().sqlite_migrations);
        if (!migrated) throw std::runtime_error(migrated.error().message);
    }
    if (p == place::postgres) {
        postgres().recreate();
        const std::string made = postgres().run(test::feature_tables("postgres"));
        if (made.find("ERROR") != std::string::npos) throw std::runtime_error(made);
        url = postgres().url("reader");
    }
    if (p == place::redis || p == place::redis_and_sqlite) server = std::make_unique<test::redis_server>();
    for (replica* each : {&first, &second}) {
        if (p == place::memory) each->share(memory);
        if (!url.empty()) each->open_database(url);
        if (server) each->open_redis(server->socket_url());
    }
}

}  // namespace tenon::limits
