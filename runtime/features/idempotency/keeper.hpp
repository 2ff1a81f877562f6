// Requests with an Idempotency-Key: answered once, within what one user may have kept.
#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/http/message.hpp>

#include "claims/store.hpp"
#include "limits/bucket_table.hpp"
#include "service/once.hpp"

namespace tenon::idempotency {

/// Thread-safe. Keeps a reference: the keys must outlive it.
class keeper final : public service::once_keeper {
  public:
    /// `kept_answer_bytes`: of one user, in 24 h, by one process.
    keeper(const claims::store& keys, std::size_t kept_answer_bytes);

    bool is_asked(const http::request& request) const override;
    task<result<http::response>> once(service::open_call& call, const service::route& which, claims::key_scope whose,
                                      task<result<http::response>> handling) override;

    /// Before the work: what the answer will take, at least, comes off the bytes that one user, or one address without
    /// a user, may have kept in 24 h. errc::too_many_requests when they are used up.
    result<void> reserve(user_id user, const http::request& request) const;
    /// Nothing is kept after all: what was reserved may be used again.
    void put_back(user_id user, const http::request& request) const;
    /// Afterwards: what it takes beyond that. More than what is left is not owed.
    void charge_rest(user_id user, const http::request& request, std::size_t answer_bytes) const;

  private:
    std::uint64_t account_of(user_id user, const http::request& request) const;
    limits::bucket_answer take(std::uint64_t account, std::int64_t bytes) const;

    const claims::store& keys_;
    limits::bucket_rule bytes_rule_;
    mutable limits::bucket_table bytes_left_;
};

}  // namespace tenon::idempotency
