// Values that must never reach a log.
#pragma once

#include <string>
#include <utility>

namespace tenon {

/// Has no stream or format operator, and `reveal` is easy to search for.
class secret {
  public:
    secret() = default;
    explicit secret(std::string value) : value_(std::move(value)) {}
    const std::string& reveal() const { return value_; }
    bool empty() const { return value_.empty(); }

  private:
    std::string value_;
};

}  // namespace tenon
