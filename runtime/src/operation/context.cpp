// Rights and rows of whoever asks.
#include <tenon/operation/context.hpp>

#include "operation/refusals.hpp"
#include "operation/surroundings.hpp"

namespace tenon::operation {

access::viewer context::viewer() const {
    return access::viewer(all_->policy, role_, user_);
}
db::tenant_session context::database() const {
    return db::tenant_session(all_->database, tenant_, deadline_, user_);
}
const access::policy& context::policy() const {
    return all_->policy;
}
const paging::cursor_codec& context::cursors() const {
    return all_->cursors;
}
limits::limiter& context::limits() const {
    return all_->limits;
}
observe::metrics& context::metrics() const {
    return all_->metrics;
}
const product_parts& context::parts() const {
    return all_->of_product;
}

result<bool> context::is_only_own(std::uint16_t permission) const {
    const access::decision decided = all_->policy.decide(role_, permission);
    if (decided == access::decision::denied) return not_allowed();
    return decided == access::decision::own;
}

result<void> context::require_in_full(std::uint16_t permission) const {
    TRY_ASSIGN(const bool own, is_only_own(permission));
    if (own) return not_allowed();
    return {};
}

result<void> context::require_row(std::uint16_t permission, user_id created_by) const {
    TRY_ASSIGN(const bool own, is_only_own(permission));
    if (!own || created_by == user_) return {};
    return not_creator();
}

result<void> context::require_seen(std::uint16_t read, user_id created_by) const {
    const access::decision reads = all_->policy.decide(role_, read);
    const bool own = reads == access::decision::own && created_by == user_;
    if (own || reads == access::decision::allowed) return {};
    return nothing_here();
}

result<void> context::check_version(std::int64_t version) const {
    return only_ != nullptr ? only_->check(version) : result<void>();
}

}  // namespace tenon::operation
