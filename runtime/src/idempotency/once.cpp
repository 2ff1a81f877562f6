// Claims a key around a handler, and commits effect and answer together.
#include "idempotency/once.hpp"

#include <exception>

#include <tenon/app/services.hpp>
#include <tenon/http/problem.hpp>

namespace tenon::idempotency {
namespace {

http::response refusal(const error& why, const http::request& request) {
    http::response out = http::problem(why, request);
    return why.code == errc::conflict ? std::move(out).with("Retry-After", "1") : std::move(out);
}

/// The claim is the handler's to settle for as long as it runs.
class lent {
  public:
    lent(http::open_call& call, claim& own) : call_(call) { call_.set_claim(&own); }
    ~lent() { call_.set_claim(nullptr); }
    lent(const lent&) = delete;
    lent& operator=(const lent&) = delete;

  private:
    http::open_call& call_;
};

}  // namespace

task<result<http::response>> once(http::open_call& call, const http::route& route, scope whose,
                                  task<result<http::response>> handling) {
    CO_TRY_ASSIGN(std::string key, read_key(call.request()));
    claim own(call.services().idempotency(), whose, call.request(), route, std::move(key));
    auto before = co_await own.take();
    if (!before) co_return refusal(before.error(), call.request());
    if (*before) co_return std::move(**before);
    result<http::response> outcome = error();
    std::exception_ptr thrown;
    const keeper& all = call.services().idempotency();
    const auto room = all.reserve(whose.user, call.request());
    if (!room) {
        outcome = room.error();
    } else {
        const lent to_handler(call, own);
        try {
            outcome = co_await handling;
        } catch (...) {
            thrown = std::current_exception();
        }
    }
    const bool kept = co_await own.end(outcome);
    if (room && kept) all.charge_rest(whose.user, call.request(), own.kept_bytes());
    if (room && !kept) all.put_back(whose.user, call.request());
    if (thrown) std::rethrow_exception(thrown);
    co_return outcome;
}

}  // namespace tenon::idempotency
