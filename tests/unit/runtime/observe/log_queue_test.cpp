// A log that nobody reads costs its lines, never the service.
#include "observe/log_queue.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <tenon/json/reader.hpp>

namespace tenon::observe {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

class pipe_pair {
  public:
    pipe_pair() {
        if (::pipe2(ends_.data(), O_CLOEXEC) != 0) std::abort();
    }
    /// Instead of a pipe, one where each read gives what one write wrote.
    static pipe_pair of_messages() { return pipe_pair(SOCK_SEQPACKET); }
    ~pipe_pair() {
        close_reader();
        ::close(ends_[1]);
    }
    pipe_pair(const pipe_pair&) = delete;
    pipe_pair& operator=(const pipe_pair&) = delete;

    int writer() const { return ends_[1]; }
    int reader() const { return ends_[0]; }
    void close_reader() {
        if (ends_[0] >= 0) ::close(std::exchange(ends_[0], -1));
    }
    /// Until no more whole page fits in without waiting.
    void fill() const {
        ::fcntl(ends_[1], F_SETFL, O_NONBLOCK);
        const std::string page = std::string(4095, '.') + "\n";  // of PIPE_BUF: all of it or nothing
        while (::write(ends_[1], page.data(), page.size()) > 0) continue;
        ::fcntl(ends_[1], F_SETFL, 0);
    }
    bool has_something(std::chrono::milliseconds patience) const {
        pollfd ready{ends_[0], POLLIN, 0};
        return ::poll(&ready, 1, static_cast<int>(patience.count())) == 1;
    }
    /// Everything that comes until `last` has come.
    std::string read_until(const std::string& last) const {
        std::string out;
        std::array<char, 65536> bytes{};
        while (out.find(last) == out.npos) {
            if (!has_something(20s)) return out + " (nothing comes)";
            const ssize_t got = ::read(ends_[0], bytes.data(), bytes.size());
            if (got <= 0) break;
            out.append(bytes.data(), static_cast<std::size_t>(got));
        }
        return out;
    }

  private:
    explicit pipe_pair(int type) {
        if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends_.data()) != 0) std::abort();
    }
    std::array<int, 2> ends_{-1, -1};
};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

/// Of a notice of dropped lines.
std::uint64_t count_of(const std::string& notice) {
    EXPECT_TRUE(json::document::parse(notice)) << notice;
    EXPECT_THAT(notice, HasSubstr(R"("level":"warn","message":"log lines were dropped","count":)"));
    return std::stoull(notice.substr(notice.rfind(':') + 1));
}

TEST(log_queue_test, lines_come_out_in_order_and_whole) {
    pipe_pair out;
    log_queue queue(out.writer());
    std::vector<std::string> expected;
    for (int i = 0; i < 200; ++i) expected.push_back("line " + std::to_string(i));
    for (const std::string& line : expected) queue.push(line, urgency::routine);
    EXPECT_TRUE(queue.flush(20s));
    EXPECT_EQ(lines_of(out.read_until("line 199\n")), expected);
    EXPECT_EQ(queue.dropped(), 0U);
}

/// Pushes a last line, and reads until it has come and the notices tell of as many lines as were dropped.
std::vector<std::string> lines_until_all_is_told(const pipe_pair& out, log_queue& queue) {
    const std::string last = "the last line";
    queue.push(last, urgency::grave);
    std::vector<std::string> lines;
    std::uint64_t told = 0;
    std::string rest;
    while (told < queue.dropped() || std::find(lines.begin(), lines.end(), last) == lines.end()) {
        rest += out.read_until("\n");
        if (rest.ends_with("(nothing comes)")) return lines;
        const std::size_t end = rest.rfind('\n');
        for (std::string& line : lines_of(rest.substr(0, end))) {
            if (line.starts_with('{')) told += count_of(line);
            lines.push_back(std::move(line));
        }
        rest.erase(0, end + 1);
    }
    return lines;
}

TEST(log_queue_test, nobody_waits_for_a_reader_and_what_is_lost_is_counted_and_told) {
    pipe_pair out;
    out.fill();
    constexpr std::uint64_t pushed = 40'000;
    const std::string rest(100, 'x');
    log_queue queue(out.writer());
    const auto begun = clock::now();
    for (std::uint64_t i = 0; i < pushed; ++i) queue.push(std::to_string(i) + rest, urgency::routine);
    EXPECT_FALSE(queue.flush(50ms)) << "there is no reader";
    EXPECT_LT(clock::now() - begun, 10s);
    EXPECT_GT(queue.dropped(), 0U);
    EXPECT_LT(queue.dropped(), pushed);

    std::uint64_t whole = 0;
    std::uint64_t least = 0;
    std::uint64_t told = 0;
    for (const std::string& line : lines_until_all_is_told(out, queue)) {
        if (line.starts_with('{')) told += count_of(line);
        if (line.empty() || line.front() < '0' || line.front() > '9') continue;
        const std::uint64_t number = std::stoull(line);
        EXPECT_EQ(line, std::to_string(number) + rest) << "whole";
        EXPECT_GE(number, least) << "in order";
        least = number + 1;
        ++whole;
    }
    EXPECT_EQ(told, queue.dropped());
    EXPECT_EQ(whole + queue.dropped(), pushed);
    queue.push("after", urgency::routine);
    EXPECT_EQ(out.read_until("after\n"), "after\n") << "told once";
}

TEST(log_queue_test, an_end_without_a_reader_waits_once) {
    pipe_pair out;
    out.fill();
    log_queue queue(out.writer());
    queue.push("unread", urgency::routine);
    EXPECT_FALSE(queue.flush(20ms));
    const auto begun = clock::now();
    EXPECT_FALSE(queue.flush(60s));
    EXPECT_LT(clock::now() - begun, 30s);
    EXPECT_THAT(out.read_until("unread\n"), HasSubstr("unread\n"));
    queue.push("read", urgency::routine);
    EXPECT_TRUE(queue.flush(20s));
}

TEST(log_queue_test, the_last_part_of_the_queue_is_for_errors) {
    pipe_pair out;
    out.fill();
    log_queue queue(out.writer());
    const std::string line(1000, 'x');
    for (int i = 0; i < 4000; ++i) queue.push(line, urgency::routine);
    const std::uint64_t before = queue.dropped();
    queue.push("the disk is full", urgency::grave);
    EXPECT_EQ(queue.dropped(), before);
    EXPECT_THAT(lines_until_all_is_told(out, queue), testing::Contains("the disk is full"));
}

TEST(log_queue_test, held_back_lines_wait_for_an_urgent_one) {
    const pipe_pair out = pipe_pair::of_messages();
    log_queue queue(out.writer());
    queue.hold_back(true);
    std::string first;
    for (int tries = 0; tries < 20 && first.empty(); ++tries) {
        const auto begun = clock::now();
        queue.push("held", urgency::routine);
        const bool came_alone = out.has_something(log_queue::hold_time_max / 5);
        queue.push("warning", urgency::prompt);
        const bool was_late = clock::now() - begun > log_queue::hold_time_max / 2;  // the machine is busy: once more
        if (was_late) {
            EXPECT_THAT(out.read_until("warning\n"), HasSubstr("held\n"));
            continue;
        }
        EXPECT_FALSE(came_alone);
        first = out.read_until("\n");
    }
    EXPECT_EQ(first, "held\nwarning\n") << "one write";
    queue.push("alone", urgency::routine);
    EXPECT_EQ(out.read_until("alone\n"), "alone\n") << "after a moment";
}

TEST(log_queue_test, a_reader_that_has_gone_costs_the_lines_alone) {
    pipe_pair out;
    out.close_reader();
    log_queue queue(out.writer());
    for (int i = 0; i < 10; ++i) queue.push("x", urgency::routine);
    EXPECT_TRUE(queue.flush(20s)) << "no SIGPIPE, and no endless attempts";
    EXPECT_EQ(queue.dropped(), 10U);
}

TEST(log_queue_test, a_descriptor_that_does_not_block_is_waited_for) {
    pipe_pair out;
    out.fill();
    ::fcntl(out.writer(), F_SETFL, O_NONBLOCK);
    log_queue queue(out.writer());
    queue.push("late", urgency::routine);
    EXPECT_FALSE(queue.flush(50ms));
    EXPECT_THAT(out.read_until("late\n"), HasSubstr("late\n"));
    EXPECT_EQ(queue.dropped(), 0U);
}

TEST(log_queue_test, its_thread_takes_no_signals) {
    pipe_pair out;
    static std::atomic<int> taken_by_others{0};
    static const pthread_t main_thread = ::pthread_self();
    const auto before = std::signal(SIGUSR1, [](int) {
        if (::pthread_equal(::pthread_self(), main_thread) == 0) ++taken_by_others;
    });
    const log_queue queue(out.writer());
    sigset_t usr1;
    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &usr1, nullptr);
    ::kill(::getpid(), SIGUSR1);
    int number = 0;
    const timespec patience{20, 0};
    number = ::sigtimedwait(&usr1, nullptr, &patience);
    EXPECT_EQ(number, SIGUSR1) << "it waits for whoever waits for signals";
    EXPECT_EQ(taken_by_others, 0);
    pthread_sigmask(SIG_UNBLOCK, &usr1, nullptr);
    std::signal(SIGUSR1, before);
}

}  // namespace
}  // namespace tenon::observe
