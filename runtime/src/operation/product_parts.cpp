// Each type has a number in the order in which it is first asked for, so that finding a part is one step.
#include <tenon/operation/product_parts.hpp>

#include <atomic>
#include <stdexcept>
#include <string>

namespace tenon::operation {

product_parts::~product_parts() {
    while (!in_order_.empty()) in_order_.pop_back();
}

std::size_t product_parts::next_index() {
    static std::atomic<std::size_t> next{0};
    return next++;
}

void product_parts::keep(kind which, std::shared_ptr<void> part) {
    const auto refuse = [&](const char* why) {
        throw std::logic_error("the product's part " + std::string(which.name) + " " + why);
    };
    if (part == nullptr) refuse("is null");
    if (by_index_.size() <= which.index) by_index_.resize(which.index + 1);
    if (by_index_[which.index] != nullptr) refuse("was added twice");
    in_order_.push_back(std::move(part));
    by_index_[which.index] = in_order_.back().get();
}

void* product_parts::at(kind which) const {
    void* const found = which.index < by_index_.size() ? by_index_[which.index] : nullptr;
    if (found == nullptr) throw std::logic_error("the product's part " + std::string(which.name) + " is missing");
    return found;
}

}  // namespace tenon::operation
