// One hold on an idempotency key: taken before the work, settled with what it gave or released.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <tenon/core/task.hpp>
#include <tenon/db/session.hpp>

#include "claims/key_scope.hpp"
#include "claims/store.hpp"
#include "claims/subject.hpp"
#include "db/own_session.hpp"

namespace tenon::claims {

/// How a key is found, compared and opened under one secret.
struct name {
    std::string key_hash;
    std::string fingerprint;
    std::string seal;
    name(const secrets& with, const subject& of);
};

/// What is kept are bytes, whose meaning is up to who keeps them.
class claim {
  public:
    /// `all` outlives the claim.
    claim(const store& all, key_scope whose, const subject& of);
    claim(const claim&) = delete;
    claim& operator=(const claim&) = delete;

    /// Takes the key, or gives what was kept under it. errc::conflict, kind "idempotency_key_in_use", while another has
    /// it; errc::invalid, kind "idempotency_key_reused", when it was used for something else; errc::internal when what
    /// was kept cannot be opened.
    task<result<std::optional<std::string>>> take();

    /// Keeps `bytes` with what `open` has done, as a part of it. errc::conflict when the key was lost meanwhile, or was
    /// never taken: the transaction must then be dropped.
    task<result<void>> settle(db::own_transaction& open, std::string bytes);
    task<result<void>> settle(db::tenant_transaction& open, std::string bytes);
    /// That transaction is committed.
    void committed() { committed_ = true; }

    /// After the work: keeps what no transaction has kept, and lets go of the key when there is nothing to keep. False
    /// when nothing is kept.
    task<bool> end(std::optional<std::string> bytes);
    /// What that takes which was kept.
    std::size_t kept_bytes() const { return kept_bytes_; }

  private:
    using looked_up = result<std::optional<std::string>>;

    /// For what is new.
    const name& own() const { return names_.front(); }
    const statements& texts() const { return whose_.tenant ? all_.in_tenant() : all_.outside(); }
    db::values in_scope(db::values parameters) const;
    db::row_scope rows() const;
    std::chrono::milliseconds time_left() const;
    db::statement made(const std::string& text, db::values parameters, std::chrono::milliseconds patience) const;
    task<result<db::rows>> read(const std::string& text, db::values parameters,
                                std::chrono::milliseconds patience) const;
    task<result<db::rows>> write(const std::string& text, db::values parameters,
                                 std::chrono::milliseconds patience) const;
    task<looked_up> look_up(const name& under) const;
    static looked_up kept(const db::row& found, const name& under);
    db::values settling(const std::string& bytes);
    static result<void> settled(const db::rows& outcome);

    const store& all_;
    const key_scope whose_;
    const std::string label_;
    const std::chrono::steady_clock::time_point deadline_;
    const uuid attempt_ = uuid::generate();
    const std::vector<name> names_;  // under each secret, as in the store
    bool committed_ = false;
    std::size_t kept_bytes_ = 0;
};

}  // namespace tenon::claims
