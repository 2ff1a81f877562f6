// The same with a lambda that captures: `co_await [x]() -> task { … }()`.
#include "probe.hpp"

simple_task probe() {
    tracked value;
    co_await [value]() -> simple_task { co_return; }();
}
