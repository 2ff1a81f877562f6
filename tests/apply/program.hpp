// Runs tenon and apply-plan as a person does: in a directory of its own, seeing output and exit code.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace tenon::gen {

namespace fs = std::filesystem;

struct ran {
    int exit_code = -1;
    std::string out;
    std::string err;
};

inline std::string slurp(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline void spill(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

/// Path -> content (or "-> target" for links) of everything below a directory; shows any stray file.
inline std::map<std::string, std::string> snapshot(const fs::path& top) {
    std::map<std::string, std::string> all;
    for (const auto& item : fs::recursive_directory_iterator(top)) {
        const std::string path = fs::relative(item.path(), top).string();
        if (item.is_symlink()) {
            all[path] = "-> " + fs::read_symlink(item.path()).string();
        } else if (item.is_regular_file()) {
            all[path] = slurp(item.path());
        }
    }
    return all;
}

/// Paths whose content differs between two snapshots: short enough to print.
inline std::vector<std::string> differing(const std::map<std::string, std::string>& a,
                                          const std::map<std::string, std::string>& b) {
    std::vector<std::string> paths;
    for (const auto& [path, text] : a) {
        const auto other = b.find(path);
        if (other == b.end() || other->second != text) paths.push_back(path);
    }
    for (const auto& [path, text] : b) {
        if (!a.contains(path)) paths.push_back(path);
    }
    return paths;
}

inline const std::vector<std::string> no_paths;

class program_test : public testing::Test {
  protected:
    fs::path here;

    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "tenon-program-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        here = fs::path(name) / "work";
        fs::create_directory(here);
    }

    void TearDown() override { fs::remove_all(here.parent_path()); }

    /// Runs a shell command line in `here`; `$tenon` and `$apply` are the programs.
    ran run(const std::string& line) const {
        const fs::path out = here.parent_path() / "out";
        const fs::path err = here.parent_path() / "err";
        const std::string command = "cd '" + here.string() +
                                    "' && tenon='" TENON_PROGRAM "' apply='" APPLY_PLAN_PROGRAM "' && { " + line +
                                    "; } >'" + out.string() + "' 2>'" + err.string() + "' </dev/null";
        const int status = std::system(command.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, slurp(out), slurp(err)};
    }

    /// A project "shop" made from the starter spec.
    void make_shop() const {
        ASSERT_EQ(run("$tenon new shop").exit_code, 0);
        const ran made = run("$tenon generate shop/spec.yaml");
        ASSERT_EQ(made.exit_code, 0) << made.err;
    }

    void edit_spec(const std::string& from, const std::string& to) const {
        std::string text = slurp(here / "shop/spec.yaml");
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos);
        spill(here / "shop/spec.yaml", text.replace(at, from.size(), to));
    }

    void append(const std::string& path, const std::string& text) const {
        spill(here / path, slurp(here / path) + text);
    }
};

}  // namespace tenon::gen
