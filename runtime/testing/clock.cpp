// The only writer of the wall clock.
#include <stdexcept>

#include <tenon/testing/clock.hpp>

#include "core/wall_clock.hpp"

namespace tenon::testing {
namespace {

std::atomic<bool> taken{false};

}  // namespace

clock::clock() {
    if (taken.exchange(true)) throw std::logic_error("another test has the clock");
}

clock::~clock() {
    put_back();
    taken = false;
}

void clock::stop() {
    stop_at(instant::now());
}

void clock::stop_at(instant when) {
    wall_clock::set_ = when.micros * 2 + 1;
}

void clock::go_on() {
    wall_clock::set_ = (instant::now().micros - wall_clock::machine_micros()) * 2;
}

void clock::step(std::chrono::microseconds by) {
    wall_clock::set_ += by.count() * 2;
}

void clock::put_back() {
    wall_clock::set_ = 0;
}

}  // namespace tenon::testing
