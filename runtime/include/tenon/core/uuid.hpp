// 128-bit ids (RFC 9562, version 7: time-ordered) and ids typed by the entity they name.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon {

struct uuid {
    std::array<std::uint8_t, 16> bytes{};

    /// A fresh version 7 id: 48 bits of Unix milliseconds, then random bits from the system's CSPRNG. Thread-safe;
    /// ids made by one thread are strictly increasing.
    static uuid generate();
    /// Accepts the canonical 36-character form in either case; nothing else.
    static std::optional<uuid> parse(std::string_view text);
    /// Canonical lower-case form, 36 characters.
    std::string to_string() const;

    auto operator<=>(const uuid&) const = default;
};

/// An id that only fits where an id of the same `Entity` is wanted. `Entity` is a tag and may be incomplete.
template <class Entity>
struct id {
    uuid value{};

    id() = default;
    explicit id(uuid v) : value(v) {}
    static id generate() { return id(uuid::generate()); }
    static std::optional<id> parse(std::string_view text) {
        auto parsed = uuid::parse(text);
        return parsed ? std::optional<id>(id(*parsed)) : std::nullopt;
    }
    std::string to_string() const { return value.to_string(); }

    auto operator<=>(const id&) const = default;
};

/// Tags of the built-in entities.
struct user_tag;
struct tenant_tag;
using user_id = id<user_tag>;
using tenant_id = id<tenant_tag>;

}  // namespace tenon
