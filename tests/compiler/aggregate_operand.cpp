// g++ 12.2 destroys an aggregate twice that is built inside a co_await expression: `co_await f(Agg{…})`.
#include "probe.hpp"

struct operand {
    tracked value;
};
simple_task take(operand o) {
    (void)o;
    co_return;
}
simple_task probe() {
    co_await take(operand{tracked()});
}
