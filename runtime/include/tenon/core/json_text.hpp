// JSON of any shape, as a value: for fields of type `json`.
#pragma once

#include <string>
#include <utility>

namespace tenon {

/// Any JSON value kept as compact text. A decoded one has its numbers written out without exponents and no U+0000, so
/// that no database changes or refuses it.
struct json_text {
    std::string text = "null";
    json_text() = default;
    explicit json_text(std::string t) : text(std::move(t)) {}
    bool operator==(const json_text&) const = default;
};

}  // namespace tenon
