// The forms that the house rules allow: named operands, types with constructors, tasks named before they are awaited.
#include "probe.hpp"

struct aggregate {
    tracked value;
};
struct constructed {
    tracked value;
    constructed() = default;
    explicit constructed(tracked v) : value(v) {}
};
simple_task take(aggregate a) {
    (void)a;
    co_return;
}
simple_task take_constructed(constructed c) {
    (void)c;
    co_return;
}
simple_task probe() {
    aggregate named{tracked()};
    co_await take(std::move(named));
    co_await take_constructed(constructed(tracked()));
    auto later = take(aggregate{tracked()});
    co_await std::move(later);
}
