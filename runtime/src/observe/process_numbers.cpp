// Reads /proc/self, as proc(5) describes it.
#include "observe/process_numbers.hpp"

#include <dirent.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <tenon/core/time.hpp>

namespace tenon::observe {
namespace {

constexpr std::chrono::seconds files_interval(1);

prometheus::Gauge& gauge(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

/// The fields of /proc/self/stat from the third, the state, on: the second is a name that may hold spaces.
std::vector<std::string> stat_fields() {
    std::ifstream file("/proc/self/stat");
    std::string text(std::istreambuf_iterator<char>(file), {});
    std::istringstream words(text.substr(std::min(text.size(), text.rfind(')') + 1)));
    return {std::istream_iterator<std::string>(words), {}};
}

/// The field with its number in proc(5); 0 when there is none.
double field(const std::vector<std::string>& fields, std::size_t number) {
    const std::size_t at = number - 3;
    return at < fields.size() ? std::strtod(fields[at].c_str(), nullptr) : 0;
}

/// -1 when that cannot be told.
double count_open_files() {
    struct stat folder {};
    // Linux tells their number as the folder's size since 6.2. Before, each costs the loop that asks about a
    // microsecond.
    if (::stat("/proc/self/fd", &folder) == 0 && folder.st_size > 0) return static_cast<double>(folder.st_size);
    DIR* const files = ::opendir("/proc/self/fd");
    if (files == nullptr) return -1;
    double count = -3;  // ".", ".." and this directory itself
    while (::readdir(files) != nullptr) ++count;
    ::closedir(files);
    return count;
}

double seconds_since_boot() {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

}  // namespace

process_numbers::process_numbers(prometheus::Registry& registry)
    : cpu_seconds_(prometheus::BuildCounter()
                       .Name("process_cpu_seconds_total")
                       .Help("Processor time in user and system mode.")
                       .Register(registry)
                       .Add({})),
      resident_bytes_(gauge(registry, "process_resident_memory_bytes", "Memory in use.")),
      virtual_bytes_(gauge(registry, "process_virtual_memory_bytes", "Address space in use.")),
      start_time_seconds_(gauge(registry, "process_start_time_seconds", "When the process began, since 1970.")),
      open_files_(gauge(registry, "process_open_fds", "Open files, sockets included.")),
      files_max_(gauge(registry, "process_max_fds", "The most files that may be open.")),
      threads_(gauge(registry, "process_threads", "Threads.")) {}

void process_numbers::read() {
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock) return;
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    const std::vector<std::string> fields = stat_fields();
    if (!fields.empty()) {
        const double cpu = (field(fields, 14) + field(fields, 15)) / ticks;
        cpu_seconds_.Increment(std::max(0.0, cpu - cpu_seconds_.Value()));
        threads_.Set(field(fields, 20));
        const double age = seconds_since_boot() - field(fields, 22) / ticks;
        // Once: what is reckoned from two clocks would move by some milliseconds each time.
        if (start_time_seconds_.Value() == 0)
            start_time_seconds_.Set(static_cast<double>(instant::now().micros / 1'000'000) - age);
        virtual_bytes_.Set(field(fields, 23));
        resident_bytes_.Set(field(fields, 24) * static_cast<double>(::sysconf(_SC_PAGESIZE)));
    }
    read_files();
}

void process_numbers::read_files() {
    const auto now = std::chrono::steady_clock::now();
    if (now < files_at_) return;
    files_at_ = now + files_interval;
    const double count = count_open_files();
    if (count >= 0) open_files_.Set(count);
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) files_max_.Set(static_cast<double>(limit.rlim_cur));
}

}  // namespace tenon::observe
