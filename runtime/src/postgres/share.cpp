// The parts of a share.
#include "postgres/share.hpp"

#include <algorithm>

namespace tenon::db {
namespace {

constexpr std::size_t share_min = 5;

std::size_t loops_of(const open_options& all) {
    return std::max<std::size_t>(1, all.loops);
}

std::size_t connections_of_a_loop(const open_options& all) {
    return std::max(share_min, all.connections / loops_of(all));
}

}  // namespace

/// Few serve single statements, for those are pipelined. Two at least are for transactions, or one that waits for a
/// lock would keep all others waiting; a second one of each other kind comes only when there are four, one kind at a
/// time.
postgres_options share_of_a_loop(const open_options& all) {
    const std::size_t share = connections_of_a_loop(all);
    postgres_options out;
    out.slow_readers = share >= 8 ? 2 : 1;
    out.readers = share >= 9 ? 2 : 1;
    out.sharers = share >= 10 ? 2 : 1;
    out.hedges = share >= 11;
    out.transactions = share - out.slow_readers - out.readers - out.sharers - (out.hedges ? 1 : 0);
    out.prepares = !all.pooler;
    out.page_bytes = all.page_bytes;
    out.list_time = all.list_time;
    return out;
}

std::size_t most_connections(const open_options& all) {
    return connections_of_a_loop(all) * (loops_of(all) + 1) + 1;
}

}  // namespace tenon::db
