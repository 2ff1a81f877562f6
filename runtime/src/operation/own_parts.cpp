// Each type has a number in the order in which it is first asked for, so that finding a part is one step.
#include <tenon/operation/own_parts.hpp>

#include <atomic>
#include <stdexcept>

namespace tenon::operation {

own_parts::~own_parts() {
    while (!in_order_.empty()) in_order_.pop_back();
}

std::size_t own_parts::next_index() {
    static std::atomic<std::size_t> next{0};
    return next++;
}

void own_parts::keep(std::size_t index, std::shared_ptr<void> part) {
    if (by_index_.size() <= index) by_index_.resize(index + 1);
    if (by_index_[index] != nullptr) throw std::logic_error("a part of the product was added twice");
    by_index_[index] = part.get();
    in_order_.push_back(std::move(part));
}

void* own_parts::at(std::size_t index) const {
    if (index >= by_index_.size() || by_index_[index] == nullptr)
        throw std::logic_error("a part of the product is missing");
    return by_index_[index];
}

}  // namespace tenon::operation
