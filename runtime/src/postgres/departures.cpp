// Cancels in turn what is left of them.
#include "postgres/departures.hpp"

#include <chrono>

namespace tenon::db {
namespace {

/// A cancel that comes between two batches hits nothing.
constexpr std::size_t spare_cancels = 2;

}  // namespace

void postgres_departures::add(PGconn* connection, std::size_t batches) {
    departed_.push_back(departed{postgres_canceller::name_of(connection), batches + spare_cancels, nullptr, nullptr});
    cancel(std::prev(departed_.end()));
}

void postgres_departures::cancel(std::list<departed>::iterator which) {
    if (which->cancels_left == 0) {
        departed_.erase(which);
        return;
    }
    // The one before may wait for a server that does not answer.
    if (!which->cancelling || *which->cancelling) {
        --which->cancels_left;
        which->cancelling = canceller_->cancel(which->connection);
    }
    which->timer =
        loop_.at(std::chrono::steady_clock::now() + postgres_canceller::interval, [this, which] { cancel(which); });
}

}  // namespace tenon::db
