// Hands statements to connections, and closes them in time.
#include "postgres/engine.hpp"

#include <algorithm>
#include <tuple>

namespace tenon::db {
namespace {

constexpr auto read_held_up_after = std::chrono::milliseconds(5);
constexpr auto commit_held_up_after = std::chrono::milliseconds(100);

}  // namespace

postgres_engine::postgres_engine(asio_event_loop& loop, std::shared_ptr<postgres_canceller> canceller,
                                 std::shared_ptr<postgres_watch> watch, const postgres_options& options)
    : loop_(&loop),
      page_bytes_(options.page_bytes),
      turn_(loop, std::move(canceller), std::move(watch), options.url, options.prepares),
      reading_(make_links(turn_, options.readers)),
      sharing_(make_links(turn_, options.sharers)),
      slow_(turn_, options.slow_readers, options.list_time),
      transactions_(turn_, options.transactions) {
    turn_.set_scope_and_time = std::string(postgres_set_scope) + ", set_config('statement_timeout', '" +
                               std::to_string(std::max<std::int64_t>(1, options.list_time.count())) + "ms', true)";
    if (options.hedges) hedge_.emplace(turn_, reading_);
    turn_.submit = [this](const postgres_unit_ptr& unit) { submit(unit); };
    turn_.move = [this](const postgres_unit_ptr& unit) { slow_.submit(unit); };
    turn_.end_soon = [this] { loop_->post([self = shared_from_this()] { self->turn_.end(); }); };
}

postgres_engine::links postgres_engine::make_links(postgres_turn& turn, std::size_t count) {
    links out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(std::make_unique<postgres_link>(turn));
    return out;
}

void postgres_engine::submit(const postgres_unit_ptr& unit) {
    if (unit->reads() && slow_.takes(*unit)) return slow_.submit(unit);
    postgres_link& link = unit->reads() ? link_that_reads() : link_that_shares();
    link.submit(unit);
    if (unit->reads() && hedge_) hedge_->note_read();
}

/// The fewer connections are busy, the more travels together: another one reads only while the first is held up, and
/// only once it is connected, or all would wait for that.
postgres_link& postgres_engine::link_that_reads() {
    const auto now = clock::now();
    for (const auto& each : reading_) {
        if (each->is_ready() && !each->is_silent(now, read_held_up_after)) return *each;
        if (each->is_ready()) continue;
        each->connect_ahead(now);
        break;
    }
    const auto ready =
        std::find_if(reading_.begin(), reading_.end(), [](const auto& each) { return each->is_ready(); });
    return ready == reading_.end() ? *reading_.front() : **ready;
}

/// The idlest, unless it hangs: what waits for one that does comes along. Where the others are busy, one that is not
/// connected yet is for what comes later: it may never be, on a server that is full.
postgres_link& postgres_engine::link_that_shares() {
    const auto now = clock::now();
    const auto cost = [now](const auto& link) {
        return std::tuple(link->is_refusing(now), link->is_held_up(now, commit_held_up_after), !link->is_ready(),
                          link->load());
    };
    const auto& best = *std::min_element(sharing_.begin(), sharing_.end(),
                                         [&](const auto& a, const auto& b) { return cost(a) < cost(b); });
    if (best->load() > 0)
        for (const auto& each : sharing_) each->connect_ahead(now);
    if (!best->is_ready() || best->is_held_up(now, commit_held_up_after)) return *best;
    for (const auto& each : sharing_) {
        if (!each->is_held_up(now, commit_held_up_after)) continue;
        for (postgres_unit_ptr& unit : each->take_waiting()) best->submit(std::move(unit));
    }
    return *best;
}

void postgres_engine::close(const void* key) {
    const auto close_here = [this, key] {
        const auto self = shared_from_this();  // the loop lets go of it
        if (closing_) return;
        // Whoever closes it may have been resumed by it, which comes back here.
        loop_->post([self] {});
        loop_->unsettle(key);
        close_links();
        turn_.end();
        note_closed();
    };
    if (asio_event_loop::current() == loop_) return close_here();
    std::unique_lock lock(mutex_);
    if (closed_) return;
    // Under the lock: as long as it is not closed, the loop is there, and will either run this or end.
    loop_->post([self = shared_from_this(), close_here] { close_here(); });
    changed_.wait(lock, [this] { return closed_; });
}

void postgres_engine::loop_ended() {
    close_links();
    turn_.forget();
    note_closed();
}

void postgres_engine::close_links() {
    closing_ = true;
    for (links* group : {&reading_, &sharing_})
        for (auto& each : *group) each->close(shutting_down());
    if (hedge_) hedge_->close(shutting_down());
    slow_.close(shutting_down());
    turn_.departures.forget();
    transactions_.close();
}

void postgres_engine::note_closed() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
}

}  // namespace tenon::db
