// Keys of programs: ids as what is kept under them.
#include <tenon/operation/once.hpp>

#include "claims/claim.hpp"
#include "operation/surroundings.hpp"

namespace tenon::operation {
namespace {

constexpr std::size_t key_bytes_max = 255;

/// Where a request has its method, so that the two never meet.
constexpr std::string_view of_programs = "program";

claims::subject subject_of(const context& who, std::string_view what, std::string_view key, std::string_view content) {
    claims::subject out;
    claims::append(out.place, of_programs);
    claims::append(out.place, what);
    claims::append(out.place, who.user().to_string());
    claims::append(out.place, key);
    claims::append(out.content, content);
    out.key = key;
    out.label = what;
    out.deadline = who.deadline();
    return out;
}

error bad_length(std::size_t bytes) {
    return error(errc::bad_request,
                 "An idempotency key has 1 to 255 bytes; this one has " + std::to_string(bytes) + ".",
                 "bad_idempotency_key");
}

}  // namespace

struct key_hold::claimed {
    claims::claim key;
    std::size_t key_bytes;
    bool is_held = false;

    claimed(const claims::store& all, const claims::key_scope& whose, const claims::subject& of)
        : key(all, whose, of), key_bytes(of.key.size()) {}
};

key_hold::key_hold(const context& who, std::string_view what, std::string_view key, std::string_view content)
    : claimed_(std::make_unique<claimed>(who.all_->keys, claims::key_scope(who.tenant(), who.user()),
                                         subject_of(who, what, key, content))) {}

key_hold::~key_hold() = default;

task<result<std::optional<uuid>>> key_hold::take_id() {
    if (claimed_->key_bytes == 0 || claimed_->key_bytes > key_bytes_max) co_return bad_length(claimed_->key_bytes);
    CO_TRY_ASSIGN(const auto kept, co_await claimed_->key.take());
    claimed_->is_held = !kept;
    if (!kept) co_return std::optional<uuid>();
    const auto made = uuid::parse(*kept);
    if (!made) co_return error(errc::internal, "what is kept under a program's key is no id");
    co_return made;
}

task<result<void>> key_hold::keep_id(db::tenant_transaction& open, uuid made) {
    return claimed_->key.settle(open, made.to_string());
}

void key_hold::id_is_committed() {
    claimed_->key.committed();
}

task<void> key_hold::let_go() {
    if (!claimed_->is_held) co_return;
    claimed_->is_held = false;
    (void)co_await claimed_->key.end(std::nullopt);
}

}  // namespace tenon::operation
