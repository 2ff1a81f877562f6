// What an abuse costs another user: the p99 of reads beside it, and beside as many polite requests in the same time.
//   abuse_bench [SECONDS]   so long each (5); DATABASE_URL and so on as for the service; a line of Markdown for each
//   abuse
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iomanip>
#include <iostream>
#include <thread>

#include "tests/load/abuse/trial.hpp"
#include "tests/load/servers.hpp"

namespace tenon::load_test {
namespace {

/// Reads of lists at an even pace, `count` of them until the end.
void ask_politely(abuser& by, std::uint64_t count) {
    const auto begun = abuser::clock::now();
    const auto pace =
        std::chrono::duration_cast<abuser::clock::duration>(by.time_left()) / std::max(count, std::uint64_t{1});
    const std::string list = to_wire(by.by_user("GET", "/v1/projects?limit=20"));
    by.ask_all_the_time(at_a_time, [&](std::uint64_t number) {
        std::this_thread::sleep_until(begun + pace * number);
        return list;
    });
}

double p99_ms(const std::vector<report>& reads, std::size_t first) {
    report both = reads[first];
    const std::vector<std::uint32_t>& lists = reads[first + 1].latency_us;
    both.latency_us.insert(both.latency_us.end(), lists.begin(), lists.end());
    return both.percentile_ms(0.99);
}

void compare(trials& all, const abuse& bad, const trial_options& options) {
    outcome beside_abuse = all.run({bad}, options);
    const abuse polite{"polite", [&](abuser& by) { ask_politely(by, beside_abuse.asked); }};
    const outcome beside_polite = all.run({polite}, options);
    std::cout << std::fixed << std::setprecision(1) << "| " << bad.name << " | " << beside_abuse.asked << " |";
    for (const std::size_t first : {0, 3}) {
        const double abused = p99_ms(beside_abuse.others, first);
        const double usual = p99_ms(beside_polite.others, first);
        std::cout << ' ' << abused << " | " << usual << " | " << abused / usual << " |";
    }
    std::cout << ' ' << beside_abuse.refused_others() << " | " << beside_abuse.peak_kib / 1024 << " |" << std::endl;
}

void compare_all(const char* database, const std::map<std::string, std::string>& settings,
                 std::chrono::seconds length) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    scene where(settings, nowhere);
    ::close(nowhere);
    trials all(where);
    trial_options options;
    options.length = length;
    std::cout
        << '\n'
        << database
        << ": p99 in ms of a stranger's reads beside the abuse, beside as many polite requests, and their ratio; the "
           "same of a colleague's; requests that were refused; MiB at most\n\n"
           "| abuse | requests | stranger | polite | ratio | colleague | polite | ratio | refused | MiB |\n"
           "|---|---|---|---|---|---|---|---|---|---|\n";
    for (const abuse& each : abuses()) compare(all, each, options);
}

}  // namespace
}  // namespace tenon::load_test

int main(int count, char** arguments) {
    using namespace tenon::load_test;
    try {
        const std::chrono::seconds length(count > 1 ? std::stoi(arguments[1]) : 5);
        compare_all("SQLite", {}, length);
        if (!servers::available()) return 0;
        const servers database;
        compare_all("PostgreSQL", database.settings(), length);
    } catch (const std::exception& error) {
        std::cerr << "abuse_bench: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
