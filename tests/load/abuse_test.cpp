// The promise of docs/limits.md: whatever one address or one user does within the limits, the service stays below 256
// MiB, other users are neither refused nor starved, and everything that was held is given back.
//   ABUSE_SECONDS=N   so long for mixes at random, instead of a few of them
//   ABUSE_SEED=N      the first mix's seed; each further one has the next
//   ABUSE_ONLY=TEXT   only abuses whose name holds it
//   ABUSE_MIX=A + B   only these, at the same time
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "tests/load/abuse/trial.hpp"
#include "tests/load/servers.hpp"

namespace tenon::load_test {
namespace {

using namespace std::chrono_literals;
using service_test::process;

std::string setting(const char* name, const char* otherwise) {
    const char* set = std::getenv(name);
    return set == nullptr ? otherwise : set;
}

/// A thousand connections have two ends each, and one of them is ours.
void raise_descriptors() {
    rlimit files{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = files.rlim_max;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &files), 0);
    ASSERT_GE(files.rlim_cur, 2'000U) << "too few descriptors for a thousand connections: ulimit -Hn";
}

void expect_promise(outcome seen, std::uint64_t seed) {
    std::cout << seen.text() << std::endl;
    for (const std::string& each : seen.broken_promises())
        ADD_FAILURE() << seen.name << ", seed " << seed << ": " << each;
}

std::vector<abuse> some_of(const std::vector<abuse>& all, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<abuse> out;
    while (out.size() < 3) out.push_back(all[random() % all.size()]);
    return out;
}

std::vector<abuse> named(const std::string& mix) {
    std::vector<abuse> out;
    for (const abuse& each : abuses()) {
        if ((" + " + mix + " + ").find(" + " + each.name + " + ") != std::string::npos) out.push_back(each);
    }
    const auto joined = 1 + std::count(mix.begin(), mix.end(), '+');
    EXPECT_EQ(static_cast<std::ptrdiff_t>(out.size()), joined) << "there is no such abuse in ABUSE_MIX: " << mix;
    return out;
}

void try_mixes(trials& all, trial_options options) {
    const auto length = std::chrono::seconds(std::stoi(setting("ABUSE_SECONDS", "0")));
    const auto until = std::chrono::steady_clock::now() + length;
    options.seed = std::stoull(setting("ABUSE_SEED", "1"));
    for (int done = 0; done < 3 || std::chrono::steady_clock::now() < until; ++done, ++options.seed) {
        expect_promise(all.run(some_of(abuses(), options.seed), options), options.seed);
    }
}

void try_everything(const std::map<std::string, std::string>& settings) {
    raise_descriptors();
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    scene where(settings, nowhere);
    ::close(nowhere);
    trials all(where);
    const trial_options options;
    const std::string only = setting("ABUSE_ONLY", "");
    const std::string mix = setting("ABUSE_MIX", "");
    if (!mix.empty()) return expect_promise(all.run(named(mix), options), options.seed);
    int tried = 0;
    for (const abuse& each : abuses()) {
        if (each.name.find(only) == std::string::npos) continue;
        expect_promise(all.run({each}, options), options.seed);
        ++tried;
    }
    EXPECT_GT(tried, 0) << "there is no such abuse in ABUSE_ONLY: " << only;
    if (only.empty()) try_mixes(all, options);
    where.service.terminate();
    EXPECT_EQ(where.service.wait(), 0) << "it does not end in order";
}

TEST(abuse, of_one_user_leaves_the_others_alone_on_sqlite) {
    if (!process::available()) GTEST_SKIP() << "STARTER is not set";
    try_everything({});
}

TEST(abuse, of_one_user_leaves_the_others_alone_on_postgresql) {
    if (!process::available() || !servers::available()) GTEST_SKIP() << "no service or no PostgreSQL";
    const servers database;
    try_everything(database.settings());
}

}  // namespace
}  // namespace tenon::load_test
