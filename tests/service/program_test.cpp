// The same operation by HTTP and from a program that links no HTTP: hooks, checks, rights and idempotency alike. Runs
// on a starter with tests/service/hooks in it, and on PROGRAM, of tests/service/program with the same hooks.
#include <gtest/gtest.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <sstream>

#include "tests/child_process.hpp"
#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"

namespace tenon::service_test {
namespace {

using words = std::vector<std::string>;

/// One line of the program.
struct outcome {
    std::string verb;           ///< "created", "found" or "refused"
    std::string first, second;  ///< id and version, or code and kind
    std::string rest;           ///< title, or pointers
    bool is_refused() const { return verb == "refused"; }
};

outcome parsed(const std::string& line) {
    outcome out;
    std::istringstream in(line);
    in >> out.verb >> out.first >> out.second >> std::ws;
    std::getline(in, out.rest);
    return out;
}

std::string joined(const words& all) {
    std::string out;
    for (const std::string& each : all) out += (out.empty() ? "" : ",") + each;
    return out;
}

std::string project(const std::string& name, const std::string& code, const std::string& summary) {
    return R"({"name":")" + name + R"(","code":")" + code + R"(","summary":")" + summary + "\"}";
}

class from_a_program : public ::testing::Test {
  protected:
    static constexpr int owner = 0;
    static constexpr int guest = 3;

    void SetUp() override {
        if (!process::available() || !std::getenv("PROGRAM")) GTEST_SKIP() << "STARTER or PROGRAM is not set";
        service_ = std::make_unique<process>();
        founder_ = service_->sign_up("founder");
    }
    answer post(const person& who, const std::string& path, const std::string& body, const words& headers = {}) const {
        return ask(service_->port(), {"POST", path, body, who.token, headers});
    }
    outcome run(const person& who, int role, const words& command) const {
        words arguments = {std::getenv("PROGRAM"), service_->database_url(), who.workspace_id, who.user_id,
                           std::to_string(role)};
        arguments.insert(arguments.end(), command.begin(), command.end());
        std::array<int, 2> pipe{};
        if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
        std::vector<char*> argv;
        for (std::string& each : arguments) argv.push_back(each.data());
        argv.push_back(nullptr);
        std::string secret = std::string("TOKEN_SECRET=") + process::token_secret;
        std::array<char*, 2> environment = {secret.data(), nullptr};
        posix_spawn_file_actions_t streams;
        ::posix_spawn_file_actions_init(&streams);
        ::posix_spawn_file_actions_adddup2(&streams, pipe[1], STDOUT_FILENO);
        pid_t child = 0;
        const int failed = ::posix_spawn(&child, argv[0], &streams, nullptr, argv.data(), environment.data());
        ::posix_spawn_file_actions_destroy(&streams);
        if (failed != 0) throw std::runtime_error("the program cannot be started");
        ::close(pipe[1]);
        std::string line;
        for (std::string some = test::read_some(pipe[0]); !some.empty(); some = test::read_some(pipe[0])) line += some;
        ::close(pipe[0]);
        EXPECT_EQ(test::status_of_child(child), 0) << line;
        return parsed(line);
    }
    /// Both ways, the same refusal.
    static void expect_alike(const answer& by_http, const outcome& by_program, int status,
                             const std::string& pointers) {
        EXPECT_EQ(by_http.status, status) << by_http.body;
        EXPECT_TRUE(by_program.is_refused()) << by_program.first;
        EXPECT_EQ(by_program.second, by_http.at("/code"));
        EXPECT_EQ(by_program.rest, joined(by_http.broken_fields()));
        EXPECT_EQ(by_program.rest, pointers);
    }

    std::unique_ptr<process> service_;
    person founder_;
};

TEST_F(from_a_program, a_hook_changes_what_is_made_and_either_side_reads_it) {
    const outcome made = run(founder_, owner, {"create_project", "A", "AA", "be careful"});
    ASSERT_EQ(made.verb, "created") << made.first << made.rest;
    EXPECT_EQ(made.second, "1");
    EXPECT_EQ(made.rest, "Put in by a hook");
    const answer read = ask(service_->port(), {"GET", "/v1/projects/" + made.first, "", founder_.token, {}});
    EXPECT_EQ(read.status, 200) << read.body;
    EXPECT_EQ(read.at("/name"), "Put in by a hook");
    EXPECT_EQ(read.at("/created_by"), founder_.user_id);

    const answer by_http = post(founder_, "/v1/projects", project("B", "BB", "be careful"));
    ASSERT_EQ(by_http.status, 201) << by_http.body;
    const outcome found = run(founder_, owner, {"get_project", by_http.at("/id")});
    EXPECT_EQ(found.verb, "found") << found.first;
    EXPECT_EQ(found.rest, by_http.at("/name"));
}

TEST_F(from_a_program, what_a_careless_hook_puts_in_is_refused) {
    expect_alike(post(founder_, "/v1/projects", project("A", "AA", "be careless")),
                 run(founder_, owner, {"create_project", "A", "AA", "be careless"}), 422, "/code");
}

TEST_F(from_a_program, invalid_input_is_refused_with_the_same_pointers) {
    expect_alike(post(founder_, "/v1/projects", project("", "not a code", "")),
                 run(founder_, owner, {"create_project", "", "not a code", ""}), 422, "/name,/code");
}

TEST_F(from_a_program, a_role_without_the_right_may_not) {
    const person visitor = service_->member(founder_, "visitor", "guest");
    expect_alike(post(visitor, "/v1/projects", project("A", "AA", "")),
                 run(visitor, guest, {"create_project", "A", "AA", ""}), 403, "");
}

TEST_F(from_a_program, a_taken_code_is_a_conflict) {
    ASSERT_EQ(run(founder_, owner, {"create_project", "A", "AA", ""}).verb, "created");
    const answer by_http = post(founder_, "/v1/projects", project("B", "AA", ""));
    expect_alike(by_http, run(founder_, owner, {"create_project", "B", "AA", ""}), 409,
                 joined(by_http.broken_fields()));
}

TEST_F(from_a_program, another_tenant_s_project_takes_no_task) {
    const person stranger = service_->sign_up("stranger");
    const std::string foreign = service_->create(stranger, "/v1/projects", project("A", "AA", ""));
    expect_alike(post(founder_, "/v1/tasks", R"({"project_id":")" + foreign + R"(","title":"T"})"),
                 run(founder_, owner, {"create_task", foreign, "T"}), 422, "/project_id");
    EXPECT_EQ(run(founder_, owner, {"get_project", foreign}).first, "not_found");
}

TEST_F(from_a_program, a_key_twice_makes_one_record_and_is_none_of_http) {
    const words command = {"create_project", "A", "AA", "", "k-1"};
    const outcome first = run(founder_, owner, command);
    ASSERT_EQ(first.verb, "created") << first.first;
    const outcome again = run(founder_, owner, command);
    EXPECT_EQ(again.verb, "created") << again.first;
    EXPECT_EQ(again.first, first.first);
    EXPECT_EQ(run(founder_, owner, {"create_project", "B", "BB", "", "k-1"}).second, "idempotency_key_reused");
    EXPECT_EQ(run(founder_, owner, {"create_project", "", "BB", "", "k-2"}).first, "invalid");
    EXPECT_EQ(run(founder_, owner, {"create_project", "B", "BB", "", "k-2"}).verb, "created") << "let go of";

    const words key = {"Idempotency-Key: k-1"};
    const answer by_http = post(founder_, "/v1/projects", project("C", "CC", ""), key);
    EXPECT_EQ(by_http.status, 201) << by_http.body;
    EXPECT_NE(by_http.at("/id"), first.first);
    EXPECT_EQ(post(founder_, "/v1/projects", project("C", "CC", ""), key).at("/id"), by_http.at("/id"));
}

}  // namespace
}  // namespace tenon::service_test
