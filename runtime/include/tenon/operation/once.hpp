// Operations that a program does once, whatever is repeated: what a request has in its Idempotency-Key.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include <tenon/operation/context.hpp>
#include <tenon/operation/keeper.hpp>

namespace tenon::operation {

/// A program's hold on a key, whatever it makes under it.
class key_hold {
  public:
    key_hold(const key_hold&) = delete;
    key_hold& operator=(const key_hold&) = delete;

  protected:
    key_hold(const context& who, std::string_view what, std::string_view key, std::string_view content);
    ~key_hold();
    task<result<std::optional<uuid>>> take_id();
    task<result<void>> keep_id(db::tenant_transaction& open, uuid made);
    void id_is_committed();
    task<void> let_go();

  private:
    struct claimed;  // the runtime's own
    std::unique_ptr<claimed> claimed_;
};

/// Handed to an operation that makes an `Entity` with an `id`: the id is kept under a key of the program, in the
/// transaction that makes the record, for 24 hours at least. Keys are of one tenant and user; none of a program is ever
/// one of an HTTP client.
///
///     once<domain::project> import(who, "create_project", line.number, line.text);
///     CO_TRY_ASSIGN(const auto before, co_await import.take());
///     if (before) co_return *before;
///     auto made = co_await operations::create_project(who, std::move(input), &import);
///     co_await import.end();
template <class Entity>
class once final : public keeper<Entity>, private key_hold {
  public:
    /// `what`: the name of what is done, such as "create_project"; keys of different names have nothing to do with each
    /// other. `key`: 1 to 255 bytes. `content`: all that is asked, as text; it is not stored. What `who` was made from
    /// outlives it.
    once(const context& who, std::string_view what, std::string_view key, std::string_view content)
        : key_hold(who, what, key, content) {}

    /// First of all: the id of what was made under the key before, or nothing, and the key is held. What was made may
    /// have been deleted since. errc::conflict, kind "idempotency_key_in_use", while another holds it (ask again);
    /// errc::invalid, kind "idempotency_key_reused", when it was used for other content; errc::bad_request,
    /// kind "bad_idempotency_key", for one of another length; the errors of a statement. Nothing is held then.
    task<result<std::optional<id<Entity>>>> take() {
        CO_TRY_ASSIGN(const auto made, co_await take_id());
        if (!made) co_return std::optional<id<Entity>>();
        co_return std::optional<id<Entity>>(id<Entity>(*made));
    }
    /// Last of all: lets go of the key when nothing was done, so that it can be taken again at once. Without this, as
    /// after a crash, it can be once the deadline of `who` has passed by some seconds.
    task<void> end() { return let_go(); }

    /// Always: a key that is not held, or not any more, keeps the change from being done.
    bool keeps() const override { return true; }
    using keeper<Entity>::keep;
    task<result<void>> keep(db::tenant_transaction& open, const Entity& made) override {
        return keep_id(open, made.id.value);
    }
    void committed() override { id_is_committed(); }
};

}  // namespace tenon::operation
