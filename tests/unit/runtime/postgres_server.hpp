// One PostgreSQL for all tests of a program that are named postgres_*.
#pragma once

#include <gtest/gtest.h>

#include "shared_cluster.hpp"

namespace tenon::db {

/// Each test begins with an empty database "product"; `owner` owns it, `reader` may read and write the owner's tables.
/// Neither is a superuser.
class postgres_server_test : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!test::cluster()) GTEST_SKIP() << test::shared_cluster::get().missing;
        test::cluster()->recreate(how_made());
    }
    /// What CREATE DATABASE is told besides; "" for byte order, as everywhere else.
    virtual std::string how_made() const { return {}; }
    static gen::postgres_cluster& server() { return *test::cluster(); }
};

}  // namespace tenon::db
