// Entities with random refs between them.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "test_product.hpp"

namespace tenon::records::test {

using dice = std::mt19937;

inline std::size_t up_to(dice& random, std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most)(random);
}

/// Two to four kinds and up to seven refs, circles and refs to the own kind among them. A required ref leads to a kind
/// of a smaller number, so that a first record can be made.
class random_product : public test_product {
  public:
    random_product(dice& random, const std::string& prefix) {
        const std::size_t count = 2 + up_to(random, 2);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string name = prefix + "k" + std::to_string(i);
            kind one;
            one.table = keep(name);
            one.singular = keep((i % 2 == 1 ? "item" : "kind") + std::to_string(i));
            one.article = i % 2 == 1 ? "an" : "a";
            one.plural = keep("kinds" + std::to_string(i));
            soft_.push_back(up_to(random, 2) > 0);
            one.bin = soft_.back();
            add_kind(one);
        }
        const std::size_t refs = 2 + up_to(random, 5);
        for (std::size_t i = 0; i < refs; ++i) {
            const auto from = static_cast<kind_number>(up_to(random, count - 1));
            const auto to = static_cast<kind_number>(up_to(random, count - 1));
            const auto rule = static_cast<on_delete>(up_to(random, 2));
            const bool optional = rule == on_delete::set_null || to >= from || up_to(random, 3) == 0;
            add_reference(from, to, rule, optional);
        }
    }

    /// `DELETE` puts it into the bin.
    bool is_soft(kind_number of) const { return soft_[of]; }

  private:
    std::vector<bool> soft_;
};

}  // namespace tenon::records::test
