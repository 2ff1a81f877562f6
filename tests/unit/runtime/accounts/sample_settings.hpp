// Settings of accounts for tests: those of the sample product, with hashes as cheap as they get.
#pragma once

#include <string>

#include "accounts/authority.hpp"
#include "sample_product.hpp"

namespace tenon::accounts {

inline settings sample_settings() {
    settings out;
    out.service = "sample";
    out.tenant = test::sample_product().tenant;
    out.policy = test::sample_product().policy;
    out.token_secret = tenon::secret(std::string(32, 's'));
    out.password_memory_kib = 8192;
    out.password_passes = 1;
    return out;
}

}  // namespace tenon::accounts
