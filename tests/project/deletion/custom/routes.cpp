// In place of the routes that the project was made with: one shows a part.
#include "custom/routes.hpp"

#include <tenon/core/task.hpp>
#include <tenon/http/message.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/loop/event_loop.hpp>
#include <tenon/observe/log.hpp>
#include <tenon/observe/metrics.hpp>
#include <tenon/service/call.hpp>
#include <tenon/service/services.hpp>

#include "custom/parts.hpp"

namespace library::custom {

namespace {

tenon::task<tenon::result<tenon::http::response>> tag_word(tenon::service::user_call& call) {
    tenon::log::debug("asked for the word", {});
    const std::string& prefix = call.services().parts().get<parts>().tag_prefix;
    tenon::json::writer body;
    body.begin_object();
    body.member("tag_word", prefix.substr(0, prefix.size() - 1));
    body.end_object();
    co_return tenon::http::ok(std::move(body).take());
}

}  // namespace

std::span<const tenon::service::route> routes() {
    static constexpr tenon::service::route table[] = {
        tenon::service::user_route(tenon::http::method::get, "/v1/tag-word", "tag_word", tag_word),
    };
    return table;
}

}  // namespace library::custom
