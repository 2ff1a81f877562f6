// Reading /proc/PID/status.
#include "tests/load/abuse/memory.hpp"

#include <fstream>
#include <stdexcept>
#include <string>

namespace tenon::load_test {
namespace {

std::size_t status_kib(pid_t pid, const std::string& name) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(name + ":")) return std::stoul(line.substr(name.size() + 1));
    }
    return 0;
}

}  // namespace

std::size_t resident_kib(pid_t pid) {
    return status_kib(pid, "VmRSS");
}

std::size_t peak_kib(pid_t pid) {
    return status_kib(pid, "VmHWM");
}

void forget_peak(pid_t pid) {
    std::ofstream out("/proc/" + std::to_string(pid) + "/clear_refs");
    if (!(out << "5" << std::flush))
        throw std::runtime_error("cannot reset the peak of process " + std::to_string(pid));
}

}  // namespace tenon::load_test
