// Claims a key around a handler, and commits effect and answer together.
#include "idempotency/keeper.hpp"

#include <exception>

#include <tenon/http/problem.hpp>

#include "idempotency/claim.hpp"
#include "idempotency/key_header.hpp"
#include "service/call_access.hpp"

namespace tenon::idempotency {
namespace {

http::response refusal(const error& why, const http::request& request) {
    http::response out = http::problem(why, request);
    return why.code == errc::conflict ? std::move(out).with("Retry-After", "1") : std::move(out);
}

/// The claim is the handler's to settle for as long as it runs.
class lent {
  public:
    lent(service::open_call& call, claim& own) : call_(call) { service::call_access::set_claim(call, &own); }
    ~lent() { service::call_access::set_claim(call_, nullptr); }
    lent(const lent&) = delete;
    lent& operator=(const lent&) = delete;

  private:
    service::open_call& call_;
};

}  // namespace

bool keeper::is_asked(const http::request& request) const {
    return idempotency::is_asked(request);
}

task<result<http::response>> keeper::once(service::open_call& call, const service::route& which,
                                          claims::key_scope whose, task<result<http::response>> handling) {
    CO_TRY_ASSIGN(std::string key, read_key(call.request()));
    claim own(keys_, whose, subject_of(call.request(), which, whose, std::move(key)));
    auto before = co_await own.take();
    if (!before) co_return refusal(before.error(), call.request());
    if (*before) co_return std::move(**before);
    result<http::response> outcome = error();
    std::exception_ptr thrown;
    const auto room = reserve(whose.user, call.request());
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
    if (room && kept) charge_rest(whose.user, call.request(), own.kept_bytes());
    if (room && !kept) put_back(whose.user, call.request());
    if (thrown) std::rethrow_exception(thrown);
    co_return outcome;
}

}  // namespace tenon::idempotency
