// The parts of the service, for handlers of the runtime.
#pragma once

#include <tenon/service/call.hpp>
#include <tenon/service/services.hpp>

#include "operation/registry.hpp"

namespace tenon::service {

/// std::logic_error where there is none.
template <class Part>
Part& part(const open_call& call) {
    return call.services().internals().get<Part>();
}

}  // namespace tenon::service
