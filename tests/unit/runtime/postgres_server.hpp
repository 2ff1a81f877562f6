// One PostgreSQL for all tests of a program that are named postgres_*.
#pragma once

#include <gtest/gtest.h>

#include "tests/unit/generator/migrate/postgres_cluster.hpp"

namespace tenon::db {

/// Each test begins with an empty database "product"; `owner` owns it, `reader` may read and write the owner's tables.
/// Neither is a superuser.
class postgres_server_test : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (!cluster()) cluster() = gen::postgres_cluster::start(missing());
    }
    void SetUp() override {
        if (!cluster()) GTEST_SKIP() << missing();
        cluster()->recreate(how_made());
    }
    /// What CREATE DATABASE is told besides; "" for byte order, as everywhere else.
    virtual std::string how_made() const { return {}; }
    static gen::postgres_cluster& server() { return *cluster(); }

  private:
    static std::unique_ptr<gen::postgres_cluster>& cluster() {
        static std::unique_ptr<gen::postgres_cluster> only;
        return only;
    }
    static std::string& missing() {
        static std::string why;
        return why;
    }
};

}  // namespace tenon::db
