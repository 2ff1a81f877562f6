// What a product's own code stands on, found by type: its hooks, clients, caches, settings.
#pragma once

#include <cstddef>
#include <memory>
#include <typeinfo>
#include <utility>
#include <vector>

namespace tenon::operation {

/// Filled when the service starts and only read from then on, by every event loop at once. What was added last goes
/// first, after the last request and before the database.
class product_parts {
  public:
    product_parts() = default;
    product_parts(const product_parts&) = delete;
    product_parts& operator=(const product_parts&) = delete;
    ~product_parts();

    /// One of each type, and never null: else std::logic_error.
    template <class Part>
    Part& add(std::unique_ptr<Part> part) {
        std::shared_ptr<Part> shared = std::move(part);
        keep(kind_of<Part>(), shared);
        return *shared;
    }
    /// std::logic_error where there is none.
    template <class Part>
    Part& get() const {
        return *static_cast<Part*>(at(kind_of<Part>()));
    }

  private:
    struct kind {
        std::size_t index;
        const char* name;
    };

    static std::size_t next_index();
    template <class Part>
    static kind kind_of() {
        static const std::size_t index = next_index();
        return {index, typeid(Part).name()};
    }
    void keep(kind which, std::shared_ptr<void> part);
    void* at(kind which) const;

    std::vector<void*> by_index_;
    std::vector<std::shared_ptr<void>> in_order_;
};

}  // namespace tenon::operation
