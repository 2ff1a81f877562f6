// One thread takes everything that waits and writes it; whoever logs only appends to a text under a short lock.
#include "observe/log_queue.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <limits>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include <tenon/core/time.hpp>
#include <tenon/json/writer.hpp>

#include "core/thread_name.hpp"

namespace tenon::observe {
namespace {

constexpr auto no_line = std::numeric_limits<std::uint64_t>::max();

/// How much of `text` got out.
std::size_t write_to(int descriptor, std::string_view text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t written = ::write(descriptor, text.data() + done, text.size() - done);
        if (written > 0) {
            done += static_cast<std::size_t>(written);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            pollfd ready{descriptor, POLLOUT, 0};  // somebody else made it non-blocking
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            break;
        }
    }
    return done;
}

std::uint64_t lines_in(std::string_view text) {
    return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string drop_notice(std::uint64_t dropped) {
    json::writer line;
    line.begin_object();
    line.member("time", instant::now());
    line.member("level", "warn");
    line.member("message", "log lines were dropped");
    line.member("count", static_cast<std::int64_t>(dropped));
    line.end_object();
    return std::string(line.text()) + "\n";
}

}  // namespace

struct log_queue::state {
    const int descriptor;
    mutable std::mutex mutex;
    std::condition_variable wanted;   ///< There is something to do for the thread.
    std::condition_variable written;  ///< It has done something.
    std::string waiting;
    std::uint64_t taken_in = 0;  ///< Lines; so are those below.
    std::uint64_t settled = 0;   ///< Written, or dropped after they had been taken in.
    std::uint64_t dropped = 0;
    std::uint64_t untold = 0;  ///< Dropped, and no line says so yet.
    bool holding = false;
    bool urgent = false;
    bool stopped = false;
    bool failing = false;                 ///< The last write.
    std::uint64_t given_up_at = no_line;  ///< What was settled when a flush waited in vain.
    bool torn = false;                    ///< It ended inside of a line. The thread's own.

    explicit state(int d) : descriptor(d) {}

    bool may_wait() const { return holding && !urgent && !stopped && waiting.size() < batch_bytes; }
    /// After a failed write only the next line is a reason to try again.
    bool has_work() const { return !waiting.empty() || (untold > 0 && !failing); }

    void work() {
        name_thread("log");
        std::string batch;
        std::unique_lock lock(mutex);
        while (true) {
            wanted.wait(lock, [this] { return stopped || has_work(); });
            if (!has_work()) return;
            wanted.wait_for(lock, hold_time_max, [this] { return !may_wait(); });
            batch.clear();
            std::swap(batch, waiting);
            urgent = false;
            const std::uint64_t lines = lines_in(batch);
            std::uint64_t told = untold;
            lock.unlock();
            const std::uint64_t lost = write_lines(batch);
            // What was dropped came behind the batch, and so does the notice.
            if (told > 0 && (lost > 0 || write_lines(drop_notice(told)) > 0)) told = 0;
            lock.lock();
            settled += lines;
            dropped += lost;
            failing = lost > 0 || (told == 0 && untold > 0 && lines == 0);
            untold += lost;
            untold -= told;
            written.notify_all();
        }
    }

    /// How many did not get out.
    std::uint64_t write_lines(const std::string& text) {
        if (torn && write_to(descriptor, "\n") == 1) torn = false;
        const std::size_t done = write_to(descriptor, text);
        if (done == text.size()) return 0;
        torn = torn || (done > 0 && text[done - 1] != '\n');
        return lines_in(std::string_view(text).substr(done));
    }
};

log_queue::log_queue(int descriptor) : state_(std::make_shared<state>(descriptor)) {
    // Signals are for the threads that wait for them, whenever the first line is logged; and a reader that has gone, or
    // a file that may not grow, is an error of `write` then.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread([state = state_] { state->work(); }).detach();
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

log_queue::~log_queue() {
    flush(std::chrono::seconds(1));
    const std::lock_guard lock(state_->mutex);
    state_->stopped = true;
    state_->wanted.notify_all();
}

void log_queue::push(std::string_view line, urgency how) {
    state& s = *state_;
    const std::size_t room = how == urgency::grave ? bytes_max : bytes_max - grave_bytes;
    const std::lock_guard lock(s.mutex);
    if (s.waiting.size() + line.size() + 1 > room) {
        ++s.dropped;
        ++s.untold;
        return s.wanted.notify_one();
    }
    const std::size_t before = s.waiting.size();
    s.waiting += line;
    s.waiting += '\n';
    ++s.taken_in;
    const bool hurry = (how != urgency::routine || !s.holding) && !std::exchange(s.urgent, true);
    if (before == 0 || hurry || (before < batch_bytes && s.waiting.size() >= batch_bytes)) s.wanted.notify_one();
}

void log_queue::hold_back(bool on) {
    const std::lock_guard lock(state_->mutex);
    state_->holding = on;
    state_->wanted.notify_one();
}

bool log_queue::flush(std::chrono::milliseconds patience) {
    state& s = *state_;
    std::unique_lock lock(s.mutex);
    const std::uint64_t last = s.taken_in;
    if (s.settled < last && s.settled == s.given_up_at) return false;
    s.urgent = true;
    s.wanted.notify_one();
    const bool done = s.written.wait_for(lock, patience, [&] { return s.settled >= last; });
    s.given_up_at = done ? no_line : s.settled;
    return done;
}

std::uint64_t log_queue::dropped() const {
    const std::lock_guard lock(state_->mutex);
    return state_->dropped;
}

}  // namespace tenon::observe
