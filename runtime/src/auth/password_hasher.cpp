// Password hashing by libsodium.
#include "auth/password_hasher.hpp"

#include <algorithm>
#include <memory>
#include <thread>

#include <sodium.h>

#include "crypto/digest.hpp"

namespace tenon::auth {
namespace {

constexpr std::size_t waiting_hashes_max = 64;

std::size_t hashing_threads() {
    return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 4);
}

/// Empty when there is not enough memory.
std::string hashed(const std::string& password, unsigned long long passes, std::size_t memory_bytes) {
    char out[crypto_pwhash_STRBYTES] = {};
    const int failed = crypto_pwhash_str_alg(out, password.data(), password.size(), passes, memory_bytes,
                                             crypto_pwhash_ALG_ARGON2ID13);
    return failed == 0 ? std::string(out) : std::string();
}

// The work outlives a request that was given up: what it reads and writes is its own.
struct hashing {
    explicit hashing(std::string p) : password(std::move(p)) {}
    std::string password;
    std::string out;
};
struct verifying {
    verifying(std::string p, std::string s) : password(std::move(p)), stored(std::move(s)) {}
    std::string password;
    std::string stored;
    password_hasher::verdict out;
};

}  // namespace

password_hasher::password_hasher(std::size_t memory_kib, std::size_t passes)
    : passes_(passes), memory_bytes_(memory_kib * 1024), pool_(hashing_threads(), waiting_hashes_max) {
    stand_in_ = hashed(crypto::random_bytes(32), passes_, memory_bytes_);
}

task<result<std::string>> password_hasher::hash(std::string password, std::chrono::steady_clock::time_point deadline) {
    auto job = std::make_shared<hashing>(std::move(password));
    std::function<void()> work = [job, passes = passes_, memory = memory_bytes_] {
        job->out = hashed(job->password, passes, memory);
    };
    CO_TRY(co_await pool_.run(std::move(work), deadline));
    if (job->out.empty()) co_return error(errc::unavailable, "There is not enough memory to hash a password.");
    co_return std::move(job->out);
}

task<result<password_hasher::verdict>> password_hasher::verify(std::string password, std::string stored,
                                                               std::chrono::steady_clock::time_point deadline) {
    const bool known = !stored.empty();
    auto job = std::make_shared<verifying>(std::move(password), known ? std::move(stored) : stand_in_);
    std::function<void()> work = [job, passes = passes_, memory = memory_bytes_] {
        const std::string& stored = job->stored;
        job->out.matches = crypto_pwhash_str_verify(stored.c_str(), job->password.data(), job->password.size()) == 0;
        job->out.outdated = crypto_pwhash_str_needs_rehash(stored.c_str(), passes, memory) != 0;
    };
    CO_TRY(co_await pool_.run(std::move(work), deadline));
    if (!known) job->out.matches = false;
    co_return job->out;
}

}  // namespace tenon::auth
