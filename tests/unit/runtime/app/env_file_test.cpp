// The file .env: what its lines mean, and which of two settings counts.
#include "app/env_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <fstream>

#include "app/process.hpp"
#include "http/raw_client.hpp"
#include "temporary_folder.hpp"

namespace tenon::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

TEST(env_file_test, reads_what_people_write) {
    const auto got = parse_env_file(
        "# a remark\n\nA=1\r\n  export B = two words \nC=\nD='# as it is \\n $x' # remark\nE=\"a \\\"b\\\" \\\\ "
        "\\$x\\n\"\n"
        "F=sqlite:my.db # remark\nG=#fff\nH= # remark\nI=a#b\nA=2");
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_THAT(*got, ElementsAre(Pair("A", "2"), Pair("B", "two words"), Pair("C", ""), Pair("D", "# as it is \\n $x"),
                                  Pair("E", "a \"b\" \\ $x\n"), Pair("F", "sqlite:my.db"), Pair("G", "#fff"),
                                  Pair("H", ""), Pair("I", "a#b")));
}

TEST(env_file_test, names_lines_that_it_cannot_read_and_not_what_they_hold) {
    const auto got = parse_env_file("A=1\nhush secret\nB='hush\n1C=x\nD=\"x\" y\n=x");
    ASSERT_FALSE(got);
    std::vector<std::string> places;
    for (const field_error& one : got.error().fields) {
        places.push_back(one.pointer);
        EXPECT_THAT(one.detail, Not(HasSubstr("hush")));
    }
    EXPECT_THAT(places, ElementsAre("/line 2", "/line 3", "/line 4", "/line 5", "/line 6"));
}

class env_file_beside_a_program : public testing::Test {
  protected:
    void write(const std::string& text) const { std::ofstream(folder.path() + "/.env") << text; }
    const test::temporary_folder folder;
};

product sample_without_routes() {
    static constexpr std::string_view roles[] = {"owner"};
    static constexpr std::string_view permissions[] = {"tenant:manage"};
    static constexpr access::decision matrix[] = {access::decision::allowed};
    static constexpr std::uint64_t at_least[] = {1};
    product out;
    out.name = "sample";
    out.title = "Sample";
    out.version = "1.2.3";
    out.policy.roles = roles;
    out.policy.permissions = permissions;
    out.policy.matrix = matrix;
    out.policy.at_least = at_least;
    return out;
}

/// The environment has DATABASE_URL, PORT and WORKERS; the secret comes from the file.
TEST_F(env_file_beside_a_program, is_read_and_the_environment_wins) {
    write(
        "TOKEN_SECRET=0123456789abcdef0123456789abcdef\nPORT=1\nDATABASE_URL=nonsense\n"
        "export BODY_TIMOUT=3s\n");
    const product sample = sample_without_routes();
    process program(sample, folder.database_url(), [&] {
        unsetenv("TOKEN_SECRET");
        if (chdir(folder.path().c_str()) != 0) std::abort();
    });
    EXPECT_GT(program.port(), 1);
    program.terminate();
    EXPECT_EQ(program.exit_code(), 0);
    EXPECT_THAT(program.text(), HasSubstr(R"("name":"BODY_TIMOUT")"));
    EXPECT_THAT(program.text(), Not(HasSubstr(R"("name":"PORT")"))) << "known, though the environment wins";
}

TEST_F(env_file_beside_a_program, stops_it_when_it_cannot_be_read) {
    write("TOKEN_SECRET 0123456789abcdef0123456789abcdef\n");
    const product sample = sample_without_routes();
    process program(sample, folder.database_url(), [&] {
        if (chdir(folder.path().c_str()) != 0) std::abort();
    });
    EXPECT_EQ(program.exit_code(), 2);
    EXPECT_THAT(program.text(), HasSubstr("line 1 is not NAME=VALUE"));
    EXPECT_THAT(program.text(), Not(HasSubstr("0123456789abcdef")));
}

TEST_F(env_file_beside_a_program, is_no_pipe_that_nobody_fills) {
    ASSERT_EQ(mkfifo((folder.path() + "/.env").c_str(), 0600), 0);
    const product sample = sample_without_routes();
    process program(sample, folder.database_url(), [&] {
        if (chdir(folder.path().c_str()) != 0) std::abort();
    });
    EXPECT_EQ(program.exit_code(), 2);
    EXPECT_THAT(program.text(), HasSubstr("is a pipe"));
}

}  // namespace
}  // namespace tenon::app
