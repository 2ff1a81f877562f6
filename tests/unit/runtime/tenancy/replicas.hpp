// Two services on one PostgreSQL.
#pragma once

#include <gtest/gtest.h>

#include <tenon/app/server.hpp>
#include <tenon/testing/service.hpp>

#include "migrations/migrate.hpp"
#include "observe/log_sink.hpp"
#include "postgres_server.hpp"
#include "sample_product.hpp"

namespace tenon::tenancy {

using testing::answer;
using testing::client;

class postgres_replicas_test : public db::postgres_server_test {
  protected:
    void SetUp() override {
        postgres_server_test::SetUp();
        if (IsSkipped()) return;
        observe::set_log_level("error");
        ASSERT_TRUE(db::migrate_up(server().url(), test::sample_product().postgres_migrations));
        for (auto& each : replicas_) each = started();
    }
    static std::unique_ptr<app::server_handle> started() {
        app::configuration settings = app::default_configuration("sample");
        settings.port = 0;
        settings.database_url = server().url();
        settings.token_secret = secret(std::string(32, 's'));
        settings.workers = 2;
        settings.password_memory_kib = 8192;
        settings.password_passes = 1;
        settings.rates.per_user.count = settings.rates.per_tenant.count = 1'000'000;  // busy users ask often
        settings.rates.per_address.count = 1'000'000;
        auto out = app::start_server(test::sample_product(), std::move(settings));
        EXPECT_TRUE(out) << out.error().message;
        return out ? std::move(*out) : nullptr;
    }

    /// The same user at a replica.
    client at(std::size_t replica, const client& who) {
        client out(replicas_[replica]->port());
        out.use_token(who.token());
        return out;
    }
    client founder() {
        client out(replicas_[0]->port());
        const std::string name = "user" + std::to_string(++users_);
        email_ = name + "@example.com";
        const answer got =
            out.post("/v1/auth/sign-up", R"({"email":")" + email_ + R"(","password":"correct horse","name":")" + name +
                                             R"(","workspace":"Of )" + name + "\"}");
        EXPECT_EQ(got.status, 201) << got.body;
        refresh_token_ = got.at("/refresh_token");
        out.use_token(got.at("/access_token"));
        return out;
    }
    client member_of(client& owner, const std::string& role) {
        client out = founder();
        const std::string body = R"({"email":")" + email_ + R"(","role":")" + role + "\"}";
        EXPECT_EQ(owner.post(path_of(owner) + "/members", body).status, 201);
        const answer switched = out.post(path_of(owner) + "/switch");
        refresh_token_ = switched.at("/refresh_token");
        out.use_token(switched.at("/access_token"));
        return out;
    }
    static std::string path_of(const client& c) { return "/v1/workspaces/" + testing::service::tenant_of(c); }
    static std::string member_path(const client& owner, const client& member) {
        return path_of(owner) + "/members/" + testing::service::user_of(member);
    }

    std::unique_ptr<app::server_handle> replicas_[2];
    std::string email_;
    std::string refresh_token_;
    int users_ = 0;
};

}  // namespace tenon::tenancy
