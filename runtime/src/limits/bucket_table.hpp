// Token buckets of this process, for limits against abuse: a table of fixed size that many threads share.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

#include <tenon/limits/rules.hpp>

namespace tenon::limits {

/// 16 bytes a bucket, in sets of eight. A bucket that has filled up is the same as none, so the fullest one of a set
/// makes room; where none has filled up yet, the one that is nearest to it gets its rest for free.
class bucket_table {
  public:
    /// Rounded up to a power of two; at least 512.
    explicit bucket_table(std::size_t buckets);
    ~bucket_table();

    /// `hash` stands for the key: well mixed, and not to be guessed by clients. `now` in microseconds of any clock that
    /// does not go back. Thread-safe; well below a microsecond.
    bucket_answer take(std::uint64_t hash, const bucket_rule& rule, std::int64_t n, std::int64_t now);

    /// Of what was taken and is not used after all. A bucket that is gone or full stays so.
    void put_back(std::uint64_t hash, const bucket_rule& rule, std::int64_t n, std::int64_t now);

  private:
    struct shard;
    std::unique_ptr<shard[]> shards_;
    std::uint64_t set_mask_;
};

}  // namespace tenon::limits
