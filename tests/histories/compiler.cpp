// The sources in a folder of their own, a compiler a core.
#include "compiler.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace tenon::gen {
namespace {

namespace fs = std::filesystem;

/// Whether CMake would compile it in a layer.
bool is_compiled(const std::string& path, const std::string& orphans) {
    const bool in_layer = path.starts_with("src/") && !path.starts_with("src/app/") && path.ends_with(".cpp");
    return in_layer && orphans.find("/" + path + "\n") == std::string::npos;
}

std::string output_of(const std::string& command) {
    FILE* pipe = ::popen(command.c_str(), "r");
    std::string text;
    char buffer[4096];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, got);
    if (::pclose(pipe) != 0 && text.empty()) text = "the compiler failed";
    return text;
}

}  // namespace

std::string compile_errors(const memory_filesystem& disk) {
    std::string pattern = (fs::temp_directory_path() / "tenon-compiled-XXXXXX").string();
    const fs::path place = ::mkdtemp(pattern.data());
    std::string sources;
    for (const auto& [path, text] : disk.files()) {
        if (!path.starts_with("src/")) continue;
        fs::create_directories((place / path).parent_path());
        std::ofstream(place / path, std::ios::binary) << text;
        if (is_compiled(path, disk.content("orphans.cmake"))) sources += path + "\n";
    }
    std::ofstream(place / "sources") << sources;
    const std::string cores = std::to_string(std::max(1U, std::thread::hardware_concurrency()));
    const std::string errors =
        output_of("cd '" + place.string() + "' && xargs -P " + cores +
                  " -n 1 '" HISTORY_COMPILER "' -std=c++20 -fsyntax-only -w -I src -I '" HISTORY_RUNTIME
                  "' <sources 2>&1 | head -c 4000");
    fs::remove_all(place);
    return errors;
}

}  // namespace tenon::gen
