// Structured logging over spdlog: lines are put together here, redacted and written by one sink.
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <memory>
#include <mutex>

#include <tenon/core/time.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/observe/log.hpp>

#include "observe/log_sink.hpp"
#include "observe/redact.hpp"

namespace tenon {
namespace {

constexpr std::size_t buffer_limit_bytes = 64 * 1024;

// Takes payloads that are complete JSON objects; the only way out of the process for a log line.
class redacting_sink final : public spdlog::sinks::base_sink<std::mutex> {
  public:
    void buffer(bool on) {
        const std::lock_guard lock(mutex_);
        buffered_ = on;
        write_out();
    }
    void capture(std::function<void(std::string_view)> take) {
        const std::lock_guard lock(mutex_);
        write_out();
        take_ = std::move(take);
    }

  protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        std::string line(message.payload.data(), message.payload.size());
        observe::redact(line);
        if (take_) return take_(line);
        pending_ += line;
        pending_ += '\n';
        if (!buffered_ || message.level >= spdlog::level::warn || pending_.size() >= buffer_limit_bytes) write_out();
    }
    void flush_() override { write_out(); }

  private:
    void write_out() {
        std::string_view rest = pending_;
        while (!rest.empty()) {
            const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) break;  // nobody reads: losing lines is better than stopping the service
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        pending_.clear();
    }

    std::string pending_;
    bool buffered_ = false;
    std::function<void(std::string_view)> take_;
};

redacting_sink& sink() {
    // Never destroyed: detached work may still log while the process ends.
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
    sink().buffer(on);
}

void observe::capture_log(std::function<void(std::string_view)> take) {
    sink().capture(std::move(take));
}

}  // namespace tenon
