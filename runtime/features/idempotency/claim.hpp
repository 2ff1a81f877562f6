// One request's hold on its Idempotency-Key: what is kept under it is the answer.
#pragma once

#include <optional>
#include <string>

#include <tenon/service/route.hpp>

#include "claims/claim.hpp"
#include "service/once.hpp"

namespace tenon::idempotency {

/// What `key` stands for in this request. The bytes of its place and content may never change: by them the keys of a
/// running service are found.
claims::subject subject_of(const http::request& request, const service::route& route, const claims::key_scope& whose,
                           std::string key);

class claim final : public service::claim {
  public:
    /// `keys` outlives the claim.
    claim(const claims::store& keys, const claims::key_scope& whose, const claims::subject& of)
        : key_(keys, whose, of) {}

    /// Takes the key, or gives the answer that was kept under it, marked as such. See claims::claim for errors.
    task<result<std::optional<http::response>>> take();

    task<result<void>> settle(db::own_transaction& open, const http::response& answer) override;
    task<result<void>> settle(db::tenant_transaction& open, const http::response& answer) override;
    void committed() override { key_.committed(); }

    /// After the handler: keeps an answer that no transaction has kept, and lets go of the key when there is none or
    /// when it says that nothing was done. False when nothing is kept.
    task<bool> end(const result<http::response>& outcome);
    /// What the answer takes that was kept.
    std::size_t kept_bytes() const { return key_.kept_bytes(); }

  private:
    claims::claim key_;
};

}  // namespace tenon::idempotency
