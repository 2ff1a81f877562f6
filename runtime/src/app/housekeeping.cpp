// Hourly: deletes what features keep no longer, and records that the bin no longer keeps.
#include "app/housekeeping.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <stop_token>

#include <tenon/app/product.hpp>
#include <tenon/limits/limiter.hpp>
#include <tenon/loop/event_loop.hpp>
#include <tenon/observe/log.hpp>

#include "app/expired_rows.hpp"
#include "core/thread_name.hpp"
#include "records/retention.hpp"

namespace tenon::app {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::hours once_in(1);
constexpr std::chrono::seconds patience(5);
/// Of the hour, so that it ends before another process begins the next.
constexpr std::chrono::minutes for_bins(10);

task<void> sweep_rows(parts& all, std::stop_token stop) {
    auto from = tables_with_retention();
    const auto done = co_await sweep_expired_rows(*all.database, all.product.tenant, std::move(from), std::move(stop));
    if (!done) log::warn("expired rows could not be deleted", {{"what", done.error().message}});
    if (done && done->gone + done->failed > 0)
        log::info("expired rows were deleted", {{"rows", done->gone}, {"failures", done->failed}});
}

task<void> empty_bins(parts& all, records::places_in_bin& places, std::stop_token stop) {
    records::time_of_run time;
    time.end = std::chrono::steady_clock::now() + for_bins;
    time.stop = std::move(stop);
    const auto done =
        co_await records::purge_expired(*all.database, all.product.records, instant::now(), std::move(time), places);
    if (!done) log::warn("records that the bin no longer keeps were not purged", {{"what", done.error().message}});
    if (done && done->gone > 0)
        log::info("records that the bin no longer keeps were purged", {{"records", done->gone}});
    if (done && done->blocked > 0)
        log::warn("records stay in the bin: live ones refer to them", {{"records", done->blocked}});
    if (done && done->failed > 0) log::warn("records stay in the bin: their purge failed", {{"records", done->failed}});
}

task<void> clean_up(parts& all, records::places_in_bin& places, std::stop_token stop) {
    auto turn = limits::service_key("housekeeping");
    const auto until = std::chrono::steady_clock::now() + patience;
    const auto mine = co_await all.limits.exact().cool_down(std::move(turn), once_in, until);
    if (!mine) log::warn("housekeeping has to wait", {{"what", mine.error().message}});
    if (!mine || !mine->started) co_return;
    // First: the bins may take all the time they have.
    co_await sweep_rows(all, stop);
    co_await empty_bins(all, places, std::move(stop));
}

/// False when it is time to stop.
bool sleep_for(milliseconds time, const std::stop_token& stop) {
    std::mutex nobody_else;
    std::condition_variable_any stopped;
    std::unique_lock lock(nobody_else);
    stopped.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

void keep_house(const std::stop_token& stop, parts& all, milliseconds first, milliseconds pause) {
    name_thread("housekeeping");
    records::places_in_bin places;
    for (milliseconds time = first; sleep_for(time, stop); time = pause) {
        try {
            run_blocking(clean_up(all, places, stop));
        } catch (const std::exception& e) {
            log::error("housekeeping failed", {{"what", e.what()}});
        }
    }
}

}  // namespace

housekeeping::housekeeping(parts& all, milliseconds first, milliseconds pause)
    : thread_([&all, first, pause](const std::stop_token& stop) { keep_house(stop, all, first, pause); }) {}

housekeeping::~housekeeping() {
    stop();
}

void housekeeping::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

}  // namespace tenon::app
