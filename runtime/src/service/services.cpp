// What the runtime lends to handlers.
#include <tenon/service/services.hpp>

#include <tenon/limits/limiter.hpp>
#include <tenon/observe/metrics.hpp>
#include <tenon/paging/list_request.hpp>

#include "operation/registry.hpp"

namespace tenon::service {

const access::policy& services::policy() const {
    return all_.get<const access::policy>();
}
const paging::cursor_codec& services::cursors() const {
    return all_.get<const paging::cursor_codec>();
}
limits::limiter& services::limits() const {
    return all_.get<limits::limiter>();
}
observe::metrics& services::metrics() const {
    return all_.get<observe::metrics>();
}
const operation::product_parts& services::parts() const {
    return all_.get<const operation::product_parts>();
}

}  // namespace tenon::service
