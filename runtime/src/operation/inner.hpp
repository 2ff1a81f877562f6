// What stands behind a context. For the runtime's own operations.
#pragma once

#include <tenon/operation/callers.hpp>
#include <tenon/operation/context.hpp>

#include "operation/surroundings.hpp"

namespace tenon::operation {

struct inner {
    template <class Context>
    static const surroundings& of(const Context& who) {
        return *who.all_;
    }
    /// errc::forbidden unless the role has `permission` in full, an index of the policy.
    static result<void> require(const context& who, std::uint16_t permission) {
        return who.require_in_full(permission);
    }
    /// What the answer's headers will say about limits. Null where nothing tells.
    static limits::rates_seen* rates(const visitor_context& who) { return who.seen_; }
};

/// A part of the service; std::logic_error where there is none.
template <class Part, class Context>
Part& part(const Context& who) {
    return inner::of(who).parts.template get<Part>();
}

}  // namespace tenon::operation
