// Password hashing by libsodium.
#include "accounts/password_hasher.hpp"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <memory>
#include <thread>

#include <sodium.h>

#include "crypto/digest.hpp"

namespace tenon::accounts {
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
    explicit verifying(password_check c) : what(std::move(c)) {}
    password_check what;
    password_hasher::verdict out;
};

struct cost {
    std::uint64_t memory_kib = 0;
    std::uint64_t passes = 0;
    std::uint64_t kib_passes() const { return memory_kib * passes; }
};

/// What it costs to verify a PHC string: "$argon2id$v=19$m=19456,t=2,p=1$…". Nothing for other text, which libsodium
/// refuses at once.
cost cost_of(const std::string& stored) {
    cost out;
    const int read =
        std::sscanf(stored.c_str(), "$argon2id$v=19$m=%" SCNu64 ",t=%" SCNu64 ",p=1$", &out.memory_kib, &out.passes);
    return read == 2 ? out : cost();
}

/// Does the work that is missing up to today's; says how much that was.
std::uint64_t make_up(const std::string& password, std::uint64_t done, const cost& today) {
    if (done >= today.kib_passes()) return 0;
    const std::uint64_t memory_kib = (today.kib_passes() - done) / today.passes;
    if (memory_kib * 1024 < crypto_pwhash_MEMLIMIT_MIN) return 0;
    unsigned char out[32];
    const unsigned char salt[crypto_pwhash_SALTBYTES] = {};
    const int failed = crypto_pwhash(out, sizeof out, password.data(), password.size(), salt, today.passes,
                                     memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
    return failed == 0 ? memory_kib * today.passes : 0;
}

void verify_now(verifying& job, bool known, const cost& today) {
    const std::string& stored = job.what.stored;
    const std::uint64_t own = cost_of(stored).kib_passes();
    for (std::size_t i = 0; i < job.what.forms.size() && !job.out.matches; ++i) {
        const std::string& form = job.what.forms[i];
        job.out.matches = crypto_pwhash_str_verify(stored.c_str(), form.data(), form.size()) == 0 && known;
        job.out.kib_passes += own + make_up(form, own, today);
        job.out.outdated =
            i > 0 || crypto_pwhash_str_needs_rehash(stored.c_str(), today.passes, today.memory_kib * 1024) != 0;
    }
}

}  // namespace

password_hasher::password_hasher(std::size_t memory_kib, std::size_t passes)
    : passes_(passes), memory_kib_(memory_kib), pool_(hashing_threads(), waiting_hashes_max) {
    stand_in_ = hashed(crypto::random_bytes(32), passes_, memory_kib_ * 1024);
}

task<result<std::string>> password_hasher::hash(std::string password, std::chrono::steady_clock::time_point deadline) {
    auto job = std::make_shared<hashing>(std::move(password));
    std::function<void()> work = [job, passes = passes_, memory = memory_kib_ * 1024] {
        job->out = hashed(job->password, passes, memory);
    };
    CO_TRY(co_await pool_.run(std::move(work), deadline));
    if (job->out.empty()) co_return error(errc::unavailable, "There is not enough memory to hash a password.");
    co_return std::move(job->out);
}

task<result<password_hasher::verdict>> password_hasher::verify(password_check what,
                                                               std::chrono::steady_clock::time_point deadline) {
    const bool known = !what.stored.empty();
    auto job = std::make_shared<verifying>(std::move(what));
    if (!known) job->what.stored = job->what.stand_in.empty() ? stand_in_ : job->what.stand_in;
    cost today;
    today.memory_kib = memory_kib_;
    today.passes = passes_;
    std::function<void()> work = [job, known, today] { verify_now(*job, known, today); };
    CO_TRY(co_await pool_.run(std::move(work), deadline));
    co_return job->out;
}

}  // namespace tenon::accounts
