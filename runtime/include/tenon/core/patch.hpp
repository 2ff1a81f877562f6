// One field of a JSON Merge Patch (RFC 7396): left alone, cleared, or set.
#pragma once

#include <optional>
#include <utility>

namespace tenon {

/// For a required field T is the value; for an optional field T is std::optional<value>, and a JSON null clears it.
template <class T>
class patch {
  public:
    patch() = default;
    patch(T value) : value_(std::move(value)) {}

    bool present() const { return value_.has_value(); }
    const T& value() const { return *value_; }
    T& value() { return *value_; }
    /// True for a new value that is not `current`; null: nothing is known of the old one.
    bool changes(const T* current) const { return value_ && (current == nullptr || *value_ != *current); }
    bool operator==(const patch&) const = default;
    void set(T value) { value_ = std::move(value); }
    /// Writes the new value over `target`, if there is one.
    void apply_to(T& target) const {
        if (value_) target = *value_;
    }

  private:
    std::optional<T> value_;
};

}  // namespace tenon
