// What a class overrides is known from its type.
#include <gtest/gtest.h>

#include <tenon/core/overrides.hpp>

namespace tenon {
namespace {

struct base {
    virtual ~base() = default;
    virtual int before(int a) const { return a; }
    virtual int after(int a) const { return a; }
};
struct nothing : base {};
struct one : base {
    int before(int a) const override { return a + 1; }
};
struct below : one {};
template <class Custom>
struct in_use final : Custom {
    bool before_acts() const { return overrides<&Custom::before, &base::before>; }
};

static_assert(!overrides<&nothing::before, &base::before>);
static_assert(overrides<&one::before, &base::before>);
static_assert(!overrides<&one::after, &base::after>);
static_assert(overrides<&below::before, &base::before>, "what a class between overrides counts");

TEST(overrides, are_known_to_what_wraps_a_class) {
    EXPECT_FALSE(in_use<nothing>().before_acts());
    EXPECT_TRUE(in_use<one>().before_acts());
    EXPECT_TRUE(in_use<below>().before_acts());
}

}  // namespace
}  // namespace tenon
