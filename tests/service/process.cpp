// Starting, asking and stopping the program under test.
#include "tests/service/process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/child_process.hpp"
#include "tests/service/wire.hpp"
#include "tests/unit/generator/migrate/postgres_cluster.hpp"

namespace tenon::service_test {
namespace {

const char* program() {
    return std::getenv("STARTER");
}

std::uint16_t free_port() {
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(probe, reinterpret_cast<const sockaddr*>(&address), size);
    ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(probe);
    return ntohs(address.sin_port);
}

pid_t start(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& settings, int output,
            int errors = -1) {
    std::vector<char*> argv{const_cast<char*>(program())};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    std::vector<std::string> lines;
    for (const auto& [name, value] : settings) lines.push_back(name + "=" + value);
    std::vector<char*> environment;
    for (std::string& line : lines) environment.push_back(line.data());
    environment.push_back(nullptr);
    const pid_t pid = ::fork();
    if (pid == 0) {
        if (output >= 0) ::dup2(output, STDOUT_FILENO);
        if (errors >= 0) ::dup2(errors, STDERR_FILENO);
        ::execve(program(), argv.data(), environment.data());
        std::abort();
    }
    return pid;
}

int status_of(pid_t pid) {
    const int status = test::status_of_child(pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Where the service keeps its data unless a test says otherwise: a file of its own, or an empty PostgreSQL that the
/// service may not own (SERVICE_DATABASE=postgres).
std::map<std::string, std::string> empty_database(const std::string& folder) {
    const char* const kind = std::getenv("SERVICE_DATABASE");
    if (!kind || kind != std::string("postgres")) return {{"DATABASE_URL", "sqlite:" + folder + "/service.db"}};
    static std::string why;
    static const std::unique_ptr<gen::postgres_cluster> cluster = gen::postgres_cluster::start(why);
    if (!cluster) throw std::runtime_error(why);
    cluster->recreate();
    return {{"DATABASE_URL", cluster->url("reader")}, {"MIGRATION_DATABASE_URL", cluster->url("owner")}};
}

bool is_ready(std::uint16_t port) {
    request ready;
    ready.target = "/ready";
    return ask(port, ready).status == 200;
}

}  // namespace

bool process::available() {
    return program() != nullptr;
}

process::process(const std::map<std::string, std::string>& settings, int errors) : port_(free_port()) {
    std::string pattern = (std::filesystem::temp_directory_path() / "tenon-service-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::map<std::string, std::string> all = {{"PORT", std::to_string(port_)},
                                              {"TOKEN_SECRET", token_secret},
                                              {"PASSWORD_MEMORY_KIB", "8192"},
                                              {"PASSWORD_PASSES", "1"},
                                              {"LOG_LEVEL", "error"},
                                              {"RATE_LIMIT_IP", "1000000/1s"},
                                              {"RATE_LIMIT_USER", "1000000/1s"},
                                              {"RATE_LIMIT_TENANT", "1000000/1s"},
                                              {"RATE_LIMIT_AUTH_IP", "1000000/1s"},
                                              {"RATE_LIMIT_AUTH_ACCOUNT", "1000000/1s"},
                                              {"RATE_LIMIT_METRICS", "1000000/1s"}};
    if (!settings.contains("DATABASE_URL")) all.merge(empty_database(folder_));
    for (const auto& [name, value] : settings) {
        all[name] = value;
        if (value.empty()) all.erase(name);
    }
    database_url_ = all["DATABASE_URL"];
    const int quiet = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    auto migrating = all;
    if (all.contains("MIGRATION_DATABASE_URL")) migrating["DATABASE_URL"] = all["MIGRATION_DATABASE_URL"];
    if (status_of(start({"migrate", "up"}, migrating, quiet)) != 0) throw std::runtime_error("migrate up failed");
    pid_ = start({"serve"}, all, quiet, errors);
    ::close(quiet);
    for (int tries = 0; tries < 400; ++tries) {
        if (is_ready(port_)) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    kill();  // no destructor comes after this
    throw std::runtime_error("the service did not become ready");
}

process::~process() {
    kill();
    std::filesystem::remove_all(folder_);
}

void process::terminate() const {
    ::kill(pid_, SIGTERM);
}

void process::kill() {
    if (pid_ <= 0) return;
    test::kill_child(std::exchange(pid_, -1));
}

int process::wait() {
    return status_of(std::exchange(pid_, -1));
}

person process::sign_up(const std::string& name, const std::string& from) const {
    request r;
    r.method = "POST";
    r.target = "/v1/auth/sign-up";
    person who;
    who.email = name + "@example.com";
    r.body = R"({"email":")" + who.email + R"(","password":"correct horse battery","name":")" + name +
             R"(","workspace":"The house of )" + name + "\"}";
    const answer given = ask(port_, r, client_end{from});
    if (given.status != 201) throw std::runtime_error("sign-up failed: " + given.body);
    who.token = given.at("/access_token");
    who.user_id = given.at("/user_id");
    who.workspace_id = given.at("/workspace_id");
    return who;
}

person process::member(const person& founder, const std::string& name, const std::string& role,
                       const std::string& from) const {
    person who = sign_up(name, from);
    create(founder, "/v1/workspaces/" + founder.workspace_id + "/members",
           R"({"email":")" + who.email + R"(","role":")" + role + "\"}");
    request login;
    login.method = "POST";
    login.target = "/v1/auth/login";
    login.body = R"({"email":")" + who.email + R"(","password":"correct horse battery","workspace_id":")" +
                 founder.workspace_id + "\"}";
    who.token = ask(port_, login, client_end{from}).at("/access_token");
    who.workspace_id = founder.workspace_id;
    return who;
}

std::string process::create(const person& who, const std::string& path, const std::string& body) const {
    request r;
    r.method = "POST";
    r.target = path;
    r.body = body;
    r.token = who.token;
    const answer given = ask(port_, r);
    if (given.status != 201) throw std::runtime_error("POST " + path + " failed: " + given.body);
    return given.at("/id");
}

std::string process::output_of(const std::vector<std::string>& arguments) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
    const pid_t pid = start(arguments, {}, pipe[1]);
    ::close(pipe[1]);
    std::string out;
    for (std::string some = test::read_some(pipe[0]); !some.empty(); some = test::read_some(pipe[0])) out += some;
    ::close(pipe[0]);
    if (status_of(pid) != 0) throw std::runtime_error("the command failed");
    return out;
}

}  // namespace tenon::service_test
