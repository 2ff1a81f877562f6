// Parts of a product's own, by type.
#include <tenon/operation/product_parts.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace tenon::operation {
namespace {

struct one {
    explicit one(std::string& gone) : gone_(gone) {}
    ~one() { gone_ += "one "; }
    std::string& gone_;
};
struct other {
    explicit other(one& below) : below_(below) {}
    ~other() { below_.gone_ += "other "; }
    one& below_;
};
struct base {
    virtual ~base() = default;
    virtual int number() const { return 1; }
};
struct derived : base {
    int number() const override { return 2; }
};

TEST(product_parts_test, are_found_by_the_type_they_were_added_as) {
    std::string gone;
    product_parts all;
    one& first = all.add(std::make_unique<one>(gone));
    all.add(std::unique_ptr<base>(std::make_unique<derived>()));
    EXPECT_EQ(&all.get<one>(), &first);
    EXPECT_EQ(all.get<base>().number(), 2);
    EXPECT_THROW(all.get<derived>(), std::logic_error);
    EXPECT_THROW(product_parts().get<one>(), std::logic_error);
}

TEST(product_parts_test, are_one_of_each_type) {
    std::string gone;
    product_parts all;
    all.add(std::make_unique<one>(gone));
    EXPECT_THROW(all.add(std::make_unique<one>(gone)), std::logic_error);
    EXPECT_THROW(all.add(std::unique_ptr<base>()), std::logic_error) << "and none is null";
}

TEST(product_parts_test, end_before_those_they_were_made_of) {
    std::string gone;
    {
        product_parts all;
        one& first = all.add(std::make_unique<one>(gone));
        all.add(std::make_unique<other>(first));
    }
    EXPECT_EQ(gone, "other one ");
}

}  // namespace
}  // namespace tenon::operation
