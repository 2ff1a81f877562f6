// Three files, one pipe.
#include "git_program.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tenon::gen {

namespace fs = std::filesystem;

std::optional<std::string> git_merge_file(const three_texts& sides) {
    std::string pattern = (fs::temp_directory_path() / "tenon-history-XXXXXX").string();
    const fs::path place = ::mkdtemp(pattern.data());
    const auto put = [&](const char* name, std::string_view text) {
        std::ofstream(place / name, std::ios::binary) << text;
        return " " + (place / name).string();
    };
    const std::string command =
        "git merge-file -p" + put("mine", sides.mine) + put("base", sides.base) + put("theirs", sides.theirs);
    FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
    std::string text;
    char buffer[4096];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, got);
    const int status = ::pclose(pipe);
    fs::remove_all(place);
    if (status != 0) return std::nullopt;
    return text;
}

}  // namespace tenon::gen
