// How long tokens live.
#pragma once

#include <chrono>

namespace tenon::accounts {

struct token_lifetimes {
    std::chrono::seconds access{std::chrono::minutes(15)};
    std::chrono::seconds refresh{std::chrono::hours(24 * 30)};
};

}  // namespace tenon::accounts
