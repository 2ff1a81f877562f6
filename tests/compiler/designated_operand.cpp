// The same with designated initialisers: `co_await f({.value = …})`.
#include "probe.hpp"

struct operand {
    tracked value;
};
simple_task take(operand o) {
    (void)o;
    co_return;
}
simple_task probe() {
    co_await take({.value = tracked()});
}
