// The same with an aggregate as default argument: `co_await f()`.
#include "probe.hpp"

struct operand {
    tracked value = tracked();
};
simple_task take(operand o = {}) {
    (void)o;
    co_return;
}
simple_task probe() {
    co_await take();
}
