// Killed at any moment: a request that is sent again under its Idempotency-Key has happened exactly once.
#include <gtest/gtest.h>

#include <stdlib.h>

#include <filesystem>
#include <random>
#include <thread>

#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"
#include "tests/unit/generator/migrate/postgres_cluster.hpp"

namespace tenon::service_test {
namespace {

using settings = std::map<std::string, std::string>;

constexpr int rounds = 10;
constexpr int clients = 4;

/// What one client sent in one round: the titles of its tasks, which are their keys too, and the answers it had.
struct sent {
    std::vector<std::string> titles;
    std::vector<answer> answers;
};

class kept_answers : public ::testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        if (!process::available()) GTEST_SKIP() << "STARTER is not set";
        std::string pattern = (std::filesystem::temp_directory_path() / "tenon-kept-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        std::string why;
        if (GetParam()) cluster_ = gen::postgres_cluster::start(why);
        if (GetParam() && !cluster_) GTEST_SKIP() << why;
        if (cluster_) cluster_->recreate();
        // The owner is no superuser, but owns the tables: as a migrator does.
        all_["DATABASE_URL"] = cluster_ ? cluster_->url("reader") : "sqlite:" + folder_ + "/service.db";
        if (cluster_) all_["MIGRATION_DATABASE_URL"] = cluster_->url("owner");
        all_["REQUEST_TIMEOUT"] = "2s";
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    static answer make_task(std::uint16_t port, const person& who, const std::string& project,
                            const std::string& title) {
        request r;
        r.method = "POST";
        r.target = "/v1/tasks";
        r.token = who.token;
        r.headers = {"Idempotency-Key: \"" + title + "\""};
        r.body = R"({"project_id":")" + project + R"(","title":")" + title + "\"}";
        return ask(port, r);
    }
    /// One after another, until the service is gone.
    static sent send_until_killed(std::uint16_t port, const person& who, const std::string& project,
                                  const std::string& prefix) {
        sent out;
        for (int i = 0;; ++i) {
            out.titles.push_back(prefix + std::to_string(i));
            out.answers.push_back(make_task(port, who, project, out.titles.back()));
            if (out.answers.back().status == 0) return out;
        }
    }
    /// Comes back as it is told to, for as long as somebody who died may hold the key.
    static answer send_again(std::uint16_t port, const person& who, const std::string& project,
                             const std::string& title) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        for (;;) {
            answer out = make_task(port, who, project, title);
            if (out.status != 409 || std::chrono::steady_clock::now() > until) return out;
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
    }
    static std::size_t count_of(std::uint16_t port, const person& who, const std::string& title) {
        request r;
        r.target = "/v1/tasks?limit=100&q=" + title;
        r.token = who.token;
        const std::string body = ask(port, r).body;
        std::size_t out = 0;
        for (std::size_t at = 0; (at = body.find("\"title\":\"" + title + "\"", at)) != body.npos; ++at) ++out;
        return out;
    }

    std::string folder_;
    std::unique_ptr<gen::postgres_cluster> cluster_;
    settings all_;
};

INSTANTIATE_TEST_SUITE_P(sqlite, kept_answers, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(postgres, kept_answers, ::testing::Values(true));

TEST_P(kept_answers, outlive_kills_with_one_effect_each) {
    std::mt19937 random(4);
    person founder;
    std::string project;
    std::vector<sent> all;
    for (int round = 0; round < rounds; ++round) {
        process service(all_);
        if (round == 0) {
            founder = service.sign_up("founder");
            project = service.create(founder, "/v1/projects", R"({"name":"Kept","code":"KEPT"})");
        }
        std::vector<std::thread> threads;
        std::vector<sent> theirs(clients);
        for (int i = 0; i < clients; ++i) {
            const std::string prefix = "r" + std::to_string(round) + "c" + std::to_string(i) + "n";
            threads.emplace_back([&, i, prefix] {
                theirs[static_cast<std::size_t>(i)] = send_until_killed(service.port(), founder, project, prefix);
            });
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 80));
        service.kill();
        for (std::thread& each : threads) each.join();
        for (sent& each : theirs) all.push_back(std::move(each));
    }

    process service(all_);
    int unanswered = 0;
    for (const sent& each : all) {
        // The last of each was under way when the service died; of the others a few are enough.
        for (std::size_t i = each.titles.size() > 3 ? each.titles.size() - 3 : 0; i < each.titles.size(); ++i) {
            const answer again = send_again(service.port(), founder, project, each.titles[i]);
            ASSERT_EQ(again.status, 201) << again.body;
            const bool answered = each.answers[i].status == 201;
            unanswered += answered ? 0 : 1;
            EXPECT_TRUE(!answered || again.body == each.answers[i].body) << again.body;
            EXPECT_EQ(count_of(service.port(), founder, each.titles[i]), 1U) << each.titles[i];
        }
    }
    EXPECT_GE(unanswered, rounds) << "nobody was interrupted";
}

}  // namespace
}  // namespace tenon::service_test
