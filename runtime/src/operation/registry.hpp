// What the parts of a running service find of one another, by type. The roof puts them in.
#pragma once

#include <stdexcept>
#include <utility>
#include <vector>

namespace tenon::operation {

/// Filled before the first operation. What is in it outlives it.
class registry {
  public:
    registry() = default;
    registry(const registry&) = delete;
    registry& operator=(const registry&) = delete;

    template <class Part>
    void add(Part& one) {
        // Back as what it came as: `get` has the same type, const or not.
        parts_.emplace_back(&key<Part>, const_cast<void*>(static_cast<const void*>(&one)));
    }
    /// std::logic_error where there is none.
    template <class Part>
    Part& get() const {
        for (const auto& [type, one] : parts_) {
            if (type == &key<Part>) return *static_cast<Part*>(one);
        }
        throw std::logic_error("a part of the service is missing");
    }

  private:
    template <class Part>
    static inline char key = 0;

    std::vector<std::pair<const char*, void*>> parts_;
};

}  // namespace tenon::operation
