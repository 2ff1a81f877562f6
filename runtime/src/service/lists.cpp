// Query strings of lists.
#include <tenon/service/lists.hpp>

#include <tenon/service/services.hpp>

namespace tenon::service {

result<paging::list_request> read_list_request(const open_call& call, const paging::list_shape& shape) {
    const auto query = http::parse_query(call.request().query);
    return paging::parse_list_request(query, shape, call.services().cursors());
}

}  // namespace tenon::service
