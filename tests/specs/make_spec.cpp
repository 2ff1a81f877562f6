// make_spec SEED: prints the spec of a seed, for those that compile it. With a command behind it, prints the smallest
// spec for which the command, given the name of a file, fails as well; with TENON and PREFIX as check_spec.sh has them:
// make_spec 7 "sh -c 'tests/specs/check_spec.sh \$0 /tmp/shrinking'".
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "checks.hpp"
#include "shrink.hpp"
#include "spec_maker.hpp"

namespace {

using namespace tenon::gen;

/// What a shell answers for a command that is not there, or that it may not run: no fault of a spec.
bool was_run(int status) {
    return status != -1 && (!WIFEXITED(status) || (WEXITSTATUS(status) != 126 && WEXITSTATUS(status) != 127));
}

/// Throws when the command cannot be run.
bool fails(const std::string& command, const spec_node& made) {
    if (!refusal_of(made).empty()) return false;
    const auto file =
        std::filesystem::temp_directory_path() / ("tenon-shrinking-" + std::to_string(::getpid()) + ".yaml");
    std::ofstream(file) << to_yaml(made);
    const int status = std::system((command + " " + file.string() + " >&2").c_str());  // NOLINT(cert-env33-c)
    std::filesystem::remove(file);
    if (!was_run(status)) throw std::runtime_error("the command cannot be run: " + command);
    return status != 0;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc < 2) return std::cerr << "usage: make_spec SEED [COMMAND]\n", 2;
    const spec_size small{4, 6, true};
    spec_node made = make_spec(std::strtoull(argv[1], nullptr, 10), small);
    if (argc > 2)
        made = shrink(
            made, [&](const spec_node& one) { return fails(argv[2], one); }, 40);
    std::cout << to_yaml(made);
    return refusal_of(made).empty() ? 0 : 3;
} catch (const std::exception& wrong) {
    return std::cerr << "make_spec: " << wrong.what() << "\n", 2;
}
