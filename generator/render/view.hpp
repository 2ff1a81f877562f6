// What a template sees: a tree of texts, flags, lists and objects, made from the model by model_view.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "generator/support/source.hpp"

namespace tenon::gen {

/// A name that templates use, as a small number: looked up once per template, compared as an integer when rendering.
using view_key = std::uint32_t;

/// The number of a name; the same for the same name for the life of the process. Thread-safe.
view_key key_of(std::string_view name);

class view {
  public:
    using list = std::vector<view>;
    using object = std::vector<std::pair<view_key, view>>;

    view() : value_(object{}) {}
    view(bool flag) : value_(flag) {}
    view(std::string text) : value_(std::move(text)) {}
    view(const char* text) : value_(std::string(text)) {}
    view(list items) : value_(std::move(items)) {}

    /// Sets a member of an object; a name is set once.
    view& set(std::string_view name, view value);

    const view* find(view_key name) const;
    bool is_list() const { return std::holds_alternative<list>(value_); }
    const std::string* text() const { return std::get_if<std::string>(&value_); }
    const list& items() const { return std::get<list>(value_); }
    /// False for `false`, the empty text and the empty list.
    bool truthy() const;

  private:
    std::variant<bool, std::string, list, object> value_;
};

/// Sets `spec_at`, the offset in the spec that `explain` shows; nothing for an empty range.
void set_place(view& of, source_range at);

}  // namespace tenon::gen
