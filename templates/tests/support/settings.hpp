{{!tenon seeded}}
// What src/custom/parts.cpp asks for, as the tests' service has it; your environment does not reach it.
#pragma once

#include <tenon/testing/service.hpp>

namespace {{service.space}}::tests {

inline tenon::testing::settings settings() {
    return {
        // {"CRM_TOKEN", "a token for tests"},
    };
}

}  // namespace {{service.space}}::tests
