// What a product's own code stands on, found by type: its hooks, clients, caches, settings.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace tenon::operation {

/// Filled when the service starts and only read from then on, by every event loop at once. What was added last goes
/// first, after the last request and before the database.
class own_parts {
  public:
    own_parts() = default;
    own_parts(const own_parts&) = delete;
    own_parts& operator=(const own_parts&) = delete;
    ~own_parts();

    /// At most one of each type; std::logic_error for another one.
    template <class Part>
    Part& add(std::unique_ptr<Part> part) {
        std::shared_ptr<Part> shared = std::move(part);
        Part& out = *shared;
        keep(index_of<Part>(), std::move(shared));
        return out;
    }
    /// std::logic_error where there is none.
    template <class Part>
    Part& get() const {
        return *static_cast<Part*>(at(index_of<Part>()));
    }

  private:
    static std::size_t next_index();
    template <class Part>
    static std::size_t index_of() {
        static const std::size_t own = next_index();
        return own;
    }
    void keep(std::size_t index, std::shared_ptr<void> part);
    void* at(std::size_t index) const;

    std::vector<void*> by_index_;
    std::vector<std::shared_ptr<void>> in_order_;
};

}  // namespace tenon::operation
