// What is said to those who have no standing.
#include "operation/standing.hpp"

namespace tenon::operation {

error unknown_role() {
    return error(errc::forbidden, "Your role in this tenant is not one that this service has any more.",
                 "unknown_role");
}

}  // namespace tenon::operation
