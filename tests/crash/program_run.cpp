// posix_spawn with the shim preloaded.
#include "program_run.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "folder.hpp"

#include "tests/child_process.hpp"

namespace tenon::gen {

program_run::program_run(const std::vector<std::string>& arguments, const std::string& fault) {
    std::vector<std::string> environment{"PATH=/usr/bin:/bin", "LC_ALL=C"};
    if (!fault.empty()) {
        environment.push_back("LD_PRELOAD=" FAULT_SHIM);
        environment.push_back("TENON_FAULT=" + fault);
    }
    std::vector<char*> argv;
    for (const std::string& one : arguments) argv.push_back(const_cast<char*>(one.c_str()));
    argv.push_back(nullptr);
    std::vector<char*> envp;
    for (const std::string& one : environment) envp.push_back(const_cast<char*>(one.c_str()));
    envp.push_back(nullptr);
    posix_spawn_file_actions_t quiet;
    ::posix_spawn_file_actions_init(&quiet);
    ::posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const int code = ::posix_spawn(&id_, argv[0], &quiet, nullptr, argv.data(), envp.data());
    ::posix_spawn_file_actions_destroy(&quiet);
    if (code != 0) throw std::runtime_error("cannot start " + arguments[0]);
}

ending program_run::wait() {
    if (!ended_) status_ = test::status_of_child(id_);
    ended_ = true;
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : -WTERMSIG(status_);
}

bool program_run::wait_until_stopped() {
    status_ = test::status_of_child(id_, WUNTRACED);
    ended_ = !WIFSTOPPED(status_);
    return !ended_;
}

void program_run::go_on() const {
    ::kill(id_, SIGCONT);
}

ending run(const std::vector<std::string>& arguments, const std::string& fault) {
    return program_run(arguments, fault).wait();
}

long count_calls(const std::vector<std::string>& arguments) {
    const scratch_folder place;
    const auto file = place.path() / "count";
    const ending end = run(arguments, "count:" + file.string());
    if (end != 0 && end != 3) throw std::runtime_error("the run to be counted ended with " + std::to_string(end));
    return std::stol(read_file(file));
}

bool is_soak() {
    return std::getenv("TENON_SOAK") != nullptr;
}

}  // namespace tenon::gen
