// Through the claim that the call holds.
#include <tenon/service/kept_answer.hpp>

#include "service/once.hpp"

namespace tenon::service {

bool answer_keeper::has_key() const {
    return call_access::claim(call_) != nullptr;
}

task<result<void>> answer_keeper::settle(db::tenant_transaction& open, const http::response& answer) const {
    return call_access::claim(call_)->settle(open, answer);
}

task<result<void>> answer_keeper::settle(db::own_transaction& open, const http::response& answer) const {
    return call_access::claim(call_)->settle(open, answer);
}

void answer_keeper::settled() const {
    call_access::claim(call_)->committed();
}

}  // namespace tenon::service
