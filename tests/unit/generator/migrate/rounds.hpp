// How often something random is tried, and from which seed on.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

namespace tenon::gen::sample {

struct rounds {
    std::uint32_t seed;
    std::uint32_t count;
};

/// What the test does by itself, or what tools/soak asks for.
inline rounds rounds_of(std::uint32_t seed, std::uint32_t count) {
    const auto number = [](const char* variable, std::uint32_t usual) {
        const char* given = std::getenv(variable);
        return given == nullptr ? usual : static_cast<std::uint32_t>(std::stoul(given));
    };
    return {number("TENON_MIGRATION_SEED", seed), number("TENON_MIGRATION_COUNT", count)};
}

}  // namespace tenon::gen::sample
