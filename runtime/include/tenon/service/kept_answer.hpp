// The answer to a request that changes something, kept under its Idempotency-Key by the change itself.
#pragma once

#include <concepts>
#include <functional>
#include <optional>
#include <utility>

#include <tenon/http/message.hpp>
#include <tenon/operation/keeper.hpp>
#include <tenon/service/call.hpp>

namespace tenon::service {

/// What one request's hold on its key can do, whatever the operation.
class answer_keeper {
  public:
    explicit answer_keeper(const open_call& call) : call_(call) {}

  protected:
    bool has_key() const;
    /// errc::conflict when another request has taken the key over.
    task<result<void>> settle(db::tenant_transaction& open, const http::response& answer) const;
    task<result<void>> settle(db::own_transaction& open, const http::response& answer) const;
    void settled() const;

  private:
    const open_call& call_;
};

/// 204, for an operation that has nothing to tell.
inline http::response no_content_for(const operation::nothing&) {
    return http::no_content();
}

/// Handed to an operation, which keeps what `render` makes of its outcome. The call outlives it.
template <class Done>
class kept_answer final : public operation::keeper<Done>, private answer_keeper {
  public:
    using renderer = http::response (*)(const Done&);
    kept_answer(const open_call& call, renderer render) : answer_keeper(call), render_(render) {}
    template <std::invocable<const Done&> Render>
    kept_answer(const open_call& call, Render render) : answer_keeper(call), render_(std::move(render)) {}

    bool keeps() const override { return has_key(); }
    task<result<void>> keep(db::tenant_transaction& open, const Done& done) override {
        kept_ = render_(done);
        return settle(open, *kept_);
    }
    task<result<void>> keep(db::own_transaction& open, const Done& done) override {
        kept_ = render_(done);
        return settle(open, *kept_);
    }
    void committed() override { settled(); }

    /// The answer to the request, once the operation has given `done`.
    http::response of(const Done& done) && { return kept_ ? std::move(*kept_) : render_(done); }

  private:
    std::function<http::response(const Done&)> render_;
    std::optional<http::response> kept_;
};

}  // namespace tenon::service
