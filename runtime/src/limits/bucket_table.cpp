// A sharded, set-associative table of buckets.
#include "limits/bucket_table.hpp"

#include <array>
#include <bit>
#include <vector>

namespace tenon::limits {
namespace {

constexpr std::size_t shard_count = 64;
constexpr unsigned shard_bits = 6;
constexpr std::size_t set_size = 8;

struct bucket {
    std::uint64_t hash = 0;
    std::int64_t filled_at = 0;  ///< 0: nobody's
};
using bucket_set = std::array<bucket, set_size>;

bucket& place_of(bucket_set& set, std::uint64_t hash) {
    bucket* fullest = &set[0];
    for (bucket& each : set) {
        if (each.hash == hash) return each;
        if (each.filled_at < fullest->filled_at) fullest = &each;
    }
    fullest->hash = hash;
    fullest->filled_at = 0;
    return *fullest;
}

}  // namespace

struct alignas(64) bucket_table::shard {
    std::mutex mutex;
    std::vector<bucket_set> sets;
};

bucket_table::bucket_table(std::size_t buckets) : shards_(std::make_unique<shard[]>(shard_count)) {
    const std::size_t sets = std::bit_ceil(std::max<std::size_t>(buckets / (shard_count * set_size), 1));
    set_mask_ = sets - 1;
    for (std::size_t i = 0; i < shard_count; ++i) shards_[i].sets.resize(sets);
}

bucket_table::~bucket_table() = default;

bucket_answer bucket_table::take(std::uint64_t hash, const bucket_rule& rule, std::int64_t n, std::int64_t now) {
    shard& own = shards_[hash >> (64 - shard_bits)];
    const std::lock_guard guard(own.mutex);
    bucket& mine = place_of(own.sets[hash & set_mask_], hash);
    const std::int64_t next = next_filled_at(rule, n, now, mine.filled_at);
    const bool allowed = allows(rule, now, next);
    if (allowed) mine.filled_at = next;
    return answer_of(rule, allowed, n, now, mine.filled_at);
}

void bucket_table::put_back(std::uint64_t hash, const bucket_rule& rule, std::int64_t n, std::int64_t now) {
    shard& own = shards_[hash >> (64 - shard_bits)];
    const std::lock_guard guard(own.mutex);
    for (bucket& each : own.sets[hash & set_mask_]) {
        if (each.hash == hash && each.filled_at > now) each.filled_at -= n * rule.interval();
    }
}

}  // namespace tenon::limits
