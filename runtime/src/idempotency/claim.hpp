// One request's hold on its idempotency key: taken before its handler runs, settled with its answer or released.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include <tenon/core/task.hpp>
#include <tenon/service/route.hpp>

#include "idempotency/keeper.hpp"

namespace tenon::idempotency {

class claim final : public service::claim {
  public:
    /// All references must outlive the claim.
    claim(keeper& all, service::key_scope whose, const http::request& request, const service::route& route,
          std::string key);
    claim(const claim&) = delete;
    claim& operator=(const claim&) = delete;

    /// Takes the key, or gives the answer that was kept under it. errc::conflict, kind "idempotency_key_in_use", while
    /// another request has it; errc::invalid, kind "idempotency_key_reused", when it was used for something else.
    task<result<std::optional<http::response>>> take();

    task<result<void>> settle(db::own_transaction& open, const http::response& answer) override;
    task<result<void>> settle(db::tenant_transaction& open, const http::response& answer) override;
    void committed() override { committed_ = true; }

    /// After the handler: keeps an answer that no transaction has kept, and lets go of the key when there is none or
    /// when it says that nothing was done. False when nothing is kept.
    task<bool> end(const result<http::response>& outcome);
    /// What the answer takes that was kept.
    std::size_t kept_bytes() const { return kept_bytes_; }

  private:
    /// How a key is found, compared and opened under one secret.
    struct name {
        std::string key_hash;
        std::string fingerprint;
        std::string seal;
        name(const keeper::secrets& with, const claim& of);
    };
    using looked_up = result<std::optional<http::response>>;

    const statements& texts() const { return whose_.tenant ? all_.in_tenant() : all_.outside(); }
    db::values in_scope(db::values parameters) const;
    db::row_scope rows() const;
    task<result<db::rows>> run(const std::string& text, db::values parameters,
                               std::chrono::milliseconds patience) const;
    task<looked_up> look_up(const name& under) const;
    static looked_up kept(const db::row& found, const name& under);
    db::values settling(const http::response& answer);
    static result<void> settled(const db::rows& outcome);

    keeper& all_;
    const service::key_scope whose_;
    const http::request& request_;
    const service::route& route_;
    const std::string key_;
    const uuid attempt_ = uuid::generate();
    const name own_;  // made of those above
    bool committed_ = false;
    std::size_t kept_bytes_ = 0;
};

}  // namespace tenon::idempotency
