// Completion in an interactive bash: what a person gets who presses Tab.
#include <gmock/gmock.h>
#include <poll.h>
#include <pty.h>
#include <unistd.h>

#include <chrono>

#include "program.hpp"
#include "tests/child_process.hpp"

namespace tenon::gen {
namespace {

using testing::HasSubstr;

/// A bash on a terminal of its own.
class interactive_bash {
  public:
    explicit interactive_bash(const fs::path& where) {
        pid_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
        if (pid_ != 0) return;
        if (::chdir(where.c_str()) != 0) std::abort();
        ::setenv("TERM", "dumb", 1);
        ::setenv("INPUTRC", "/dev/null", 1);
        ::execlp("bash", "bash", "--norc", "--noprofile", "-i", nullptr);
        std::abort();
    }
    ~interactive_bash() {
        test::kill_child(pid_);
        ::close(terminal_);
    }
    interactive_bash(const interactive_bash&) = delete;
    interactive_bash& operator=(const interactive_bash&) = delete;

    void type(const std::string& text) const {
        ASSERT_EQ(::write(terminal_, text.data(), text.size()), ssize_t(text.size()));
    }

    /// Everything up to `wanted`, or up to ten seconds of waiting.
    std::string until(const std::string& wanted) {
        std::string out;
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (out.find(wanted) == std::string::npos && std::chrono::steady_clock::now() < end) {
            pollfd ready{terminal_, POLLIN, 0};
            if (::poll(&ready, 1, 100) <= 0) continue;
            char some[4096];
            const ssize_t got = ::read(terminal_, some, sizeof some);
            if (got <= 0) break;
            out.append(some, static_cast<std::size_t>(got));
        }
        return out;
    }

  private:
    pid_t pid_ = -1;
    int terminal_ = -1;
};

class completion : public program_test {
  protected:
    /// The arguments that `line`, with Tab pressed at its end, is run with: "<validate><my folder/spec.yaml>".
    std::string completed(const std::string& line) const {
        interactive_bash shell(here);
        shell.type(
            "tenon() { printf '<%s>' \"$@\"; echo done.; }; apply-plan() { tenon \"$@\"; }; . ./tenon.bash; echo "
            "re''ady\n");
        shell.until("ready");
        shell.type(line + "\t\n");
        return shell.until("done.");
    }
};

TEST_F(completion, finds_files_and_folders_with_spaces) {
    ASSERT_EQ(
        run("$tenon completion bash > tenon.bash && mkdir 'my folder' && touch 'my folder/the spec.yaml'").exit_code,
        0);
    EXPECT_THAT(completed("tenon validate my"), HasSubstr("<validate><my folder/>done."));
    EXPECT_THAT(completed("tenon validate my\\ folder/t"), HasSubstr("<validate><my folder/the spec.yaml>done."));
    EXPECT_THAT(completed("tenon validate 'my folder/t"), HasSubstr("<validate><my folder/the spec.yaml>done."));
    EXPECT_THAT(completed("tenon generate x --out my"), HasSubstr("<generate><x><--out><my folder/>done."));
    EXPECT_THAT(completed("tenon verify my"), HasSubstr("<verify><my folder/>done."));
    EXPECT_THAT(completed("apply-plan my"), HasSubstr("<my folder/>done."));
}

TEST_F(completion, finds_commands_options_and_their_words) {
    ASSERT_EQ(run("$tenon completion bash > tenon.bash").exit_code, 0);
    EXPECT_THAT(completed("tenon gen"), HasSubstr("<generate>done."));
    EXPECT_THAT(completed("tenon generate x --fo"), HasSubstr("<generate><x><--format>done."));
    EXPECT_THAT(completed("tenon generate x --format=j"), HasSubstr("<--format=json>done."));
    EXPECT_THAT(completed("tenon generate x --format gi"), HasSubstr("<--format><github>done."));
    EXPECT_THAT(completed("tenon help res"), HasSubstr("<help><resolve>done."));
    EXPECT_THAT(completed("apply-plan . --un"), HasSubstr("<.><--undo>done."));
}

}  // namespace
}  // namespace tenon::gen
