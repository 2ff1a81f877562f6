// Structured logging over spdlog: lines are put together here, and redacted and queued by one sink. Its own queue is
// counted in lines, waits for its thread at the end however long that takes, and knows no line that matters more.
#include <pthread.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <mutex>

#include <tenon/core/time.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/observe/log.hpp>

#include "observe/log_queue.hpp"
#include "observe/log_sink.hpp"
#include "observe/redact.hpp"

namespace tenon {
namespace {

constexpr auto patience_at_exit = std::chrono::seconds(1);

/// Made with the first line, and again in a forked child, which has no thread to write it. Never destroyed: detached
/// work may still log while the process ends, and a write that nobody takes must not keep the process.
std::atomic<observe::log_queue*> shared_queue{nullptr};

void prepare_once() {
    [[maybe_unused]] static const bool prepared = [] {
        std::atexit([] { log::flush(); });
        ::pthread_atfork(nullptr, nullptr, [] { shared_queue = nullptr; });
        return true;
    }();
}

observe::log_queue& queue() {
    if (observe::log_queue* const made = shared_queue) return *made;
    prepare_once();
    auto fresh = std::make_unique<observe::log_queue>(STDERR_FILENO);
    observe::log_queue* others = nullptr;
    return shared_queue.compare_exchange_strong(others, fresh.get()) ? *fresh.release() : *others;
}

observe::urgency urgency_of(spdlog::level::level_enum level) {
    if (level >= spdlog::level::err) return observe::urgency::grave;
    return level >= spdlog::level::warn ? observe::urgency::prompt : observe::urgency::routine;
}

// Takes payloads that are complete JSON objects; the only way out of the process for a log line. No lock is held while
// a line is redacted.
class redacting_sink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
  public:
    void capture(std::function<void(std::string_view)> take) {
        const std::lock_guard lock(capturing_);
        captured_ = static_cast<bool>(take);
        take_ = std::move(take);
    }

  protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        std::string line(message.payload.data(), message.payload.size());
        observe::redact(line);
        if (captured_ && give(line)) return;
        queue().push(line, urgency_of(message.level));
    }
    void flush_() override { queue().flush(patience_at_exit); }

  private:
    bool give(const std::string& line) {
        const std::lock_guard lock(capturing_);
        if (take_) take_(line);
        return static_cast<bool>(take_);
    }

    std::mutex capturing_;
    std::atomic<bool> captured_{false};
    std::function<void(std::string_view)> take_;
};

redacting_sink& sink() {
    static const auto* shared = new std::shared_ptr<redacting_sink>(std::make_shared<redacting_sink>());
    return **shared;
}

spdlog::logger& logger() {
    static auto* shared = [] {
        // The sink outlives the logger, so the pointer does not own it.
        auto* made = new spdlog::logger("tenon", std::shared_ptr<redacting_sink>(&sink(), [](redacting_sink*) {}));
        made->set_level(spdlog::level::info);
        return made;
    }();
    return *shared;
}

spdlog::level::level_enum to_spdlog(log::level l) {
    switch (l) {
        case log::level::trace:
            return spdlog::level::trace;
        case log::level::debug:
            return spdlog::level::debug;
        case log::level::info:
            return spdlog::level::info;
        case log::level::warn:
            return spdlog::level::warn;
        case log::level::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

constexpr std::string_view level_names[] = {"trace", "debug", "info", "warn", "error"};

}  // namespace

bool log::enabled(level l) {
    return logger().should_log(to_spdlog(l));
}

void log::write(level l, std::string_view message, fields members) {
    if (!enabled(l)) return;
    json::writer line;
    line.begin_object();
    line.member("time", instant::now());
    line.member("level", level_names[static_cast<std::size_t>(l)]);
    line.member("message", message);
    for (const field& member : members) {
        line.key(member.name);
        std::visit([&](const auto& value) { line.value(value); }, member.value);
    }
    line.end_object();
    logger().log(to_spdlog(l), spdlog::string_view_t(line.text().data(), line.text().size()));
}

void log::flush() {
    logger().flush();
}

void observe::set_log_level(std::string_view name) {
    for (std::size_t i = 0; i < std::size(level_names); ++i) {
        if (name == level_names[i]) return logger().set_level(to_spdlog(static_cast<log::level>(i)));
    }
    logger().set_level(spdlog::level::info);
}

void observe::buffer_log(bool on) {
    queue().hold_back(on);
}

std::uint64_t observe::dropped_log_lines() {
    return queue().dropped();
}

void observe::capture_log(std::function<void(std::string_view)> take) {
    sink().capture(std::move(take));
}

}  // namespace tenon
