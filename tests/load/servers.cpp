// Starting and disturbing the servers that tools/services makes.
#include "tests/load/servers.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "tests/wait_until.hpp"

namespace tenon::load_test {
namespace {

std::pair<int, std::string> shell(const std::string& command) {
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return {-1, ""};
    std::string out;
    std::array<char, 4096> bytes{};
    while (const std::size_t got = std::fread(bytes.data(), 1, bytes.size(), pipe)) out.append(bytes.data(), got);
    return {::pclose(pipe), out};
}

std::string tool() {
    const char* path = std::getenv("SERVICES_TOOL");
    return path == nullptr ? "" : path;
}

pid_t first_number_in(const std::string& file) {
    std::ifstream in(file);
    pid_t out = 0;
    in >> out;
    return out;
}

// Gone, or dead and waiting for a parent that may never ask.
bool has_ended(pid_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    const std::string line((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const std::size_t name_end = line.rfind(')');
    return name_end == line.npos || line[name_end + 2] == 'Z';
}

std::vector<pid_t> family(pid_t parent) {
    std::vector<pid_t> out{parent};
    std::istringstream children(shell("ps -o pid= --ppid " + std::to_string(parent)).second);
    for (pid_t child = 0; children >> child;) out.push_back(child);
    return out;
}

// Of a killed server the workers live on for a moment.
void end(pid_t pid, int signal, const char* what) {
    const std::vector<pid_t> all = family(pid);
    if (pid <= 1 || ::kill(pid, signal) != 0) throw std::runtime_error(std::string(what) + " does not run");
    for (const pid_t each : all) {
        test::wait_until([&] { return has_ended(each); });
    }
}

// A frozen postmaster takes no connection; its frozen backends answer no query.
void signal_family(pid_t parent, int signal) {
    for (const pid_t each : family(parent)) ::kill(each, signal);
}

}  // namespace

bool servers::available() {
    return !tool().empty();
}

servers::servers(const std::string& postgres_settings) {
    std::string pattern = (std::filesystem::temp_directory_path() / "tenon-load-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    ::setenv("TENON_SERVICES", (folder_ + "/services").c_str(), 1);
    ::setenv("TENON_POSTGRES", postgres_settings.c_str(), 1);
    start_again();
}

servers::~servers() {
    thaw_postgres();
    shell(tool() + " down");
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void servers::find_processes() {
    const std::string url = urls_["APP_SOCKET_URL"];
    const std::size_t begin = url.find("host=") + 5;
    pid_file_ = url.substr(begin, url.find('&', begin) - begin) + "/data/postmaster.pid";
    postgres_ = first_number_in(pid_file_);
    if (urls_["REDIS_URL"].empty()) return;
    const auto [status, out] = shell("redis-cli --no-auth-warning -u '" + urls_["REDIS_URL"] +
                                     "' info server | sed -n 's/^process_id:\\([0-9]*\\).*/\\1/p'");
    redis_ = status == 0 ? std::atoi(out.c_str()) : 0;
}

void servers::start_again() {
    std::string last;
    for (int tries = 0; tries < 40; ++tries) {
        auto [status, out] = shell(tool() + " up 2>&1");
        last = out;
        if (status == 0) {
            std::istringstream lines(out);
            for (std::string line; std::getline(lines, line);) {
                const std::size_t equals = line.find('=');
                if (equals != line.npos) urls_[line.substr(0, equals)] = line.substr(equals + 1);
            }
            return find_processes();
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    throw std::runtime_error("tools/services up failed: " + last);
}

std::string servers::url(const std::string& name) const {
    const auto found = urls_.find(name);
    return found == urls_.end() ? "" : found->second;
}

std::map<std::string, std::string> servers::settings() const {
    return {{"DATABASE_URL", url("APP_URL")}, {"MIGRATION_DATABASE_URL", url("MIGRATOR_URL")}};
}

std::string servers::admin(const std::string& sql) const {
    std::string url = this->url("APP_SOCKET_URL");
    url.replace(url.find("app@"), 4, "admin@");
    return "psql -X -q -A -t -v ON_ERROR_STOP=1 -d '" + url + "' -c \"" + sql + "\" 2>&1";
}

std::string servers::ask(const std::string& sql) const {
    auto [status, out] = shell(admin(sql));
    if (status != 0) throw std::runtime_error(sql + ": " + out);
    return out.substr(0, out.find('\n'));
}

void servers::end_postgres(int signal) const {
    end(postgres_, signal, "PostgreSQL");
    // Where nobody asks for the state of dead processes, one that was killed would pass for running.
    std::error_code ignored;
    std::filesystem::remove(pid_file_, ignored);
}
void servers::end_redis(int signal) const {
    end(redis_, signal, "Redis");
}
void servers::freeze_postgres() const {
    signal_family(postgres_, SIGSTOP);
}
void servers::thaw_postgres() const {
    signal_family(postgres_, SIGCONT);
}

void servers::use_up_connections(int seconds) const {
    const int all = std::stoi(ask("SHOW max_connections"));
    const std::string sleeper = "psql -X -q -d '" + url("APP_URL") + "' -c 'SELECT pg_sleep(" +
                                std::to_string(seconds) + ")' >/dev/null 2>&1 & ";
    std::string sleepers;
    for (int i = 0; i < all; ++i) sleepers += sleeper;
    // Whose connection is ended has to come back in a queue with many others. Not even an administrator gets in at
    // times.
    std::vector<std::thread> rounds;
    for (int round = 0; round < 3; ++round) {
        rounds.emplace_back([all = sleepers + "wait"] { shell(all); });
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        shell(
            admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app' AND query NOT LIKE "
                  "'SELECT pg_sleep%'"));
    }
    for (std::thread& each : rounds) each.join();
}

}  // namespace tenon::load_test
