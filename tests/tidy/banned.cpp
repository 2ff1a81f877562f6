// Calls that this code base does without.
#include <regex>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {
namespace {

struct ban {
    std::regex what;
    std::string message;
    bool allowed_in_main = false;
};

const std::vector<ban>& bans() {
    static const std::vector<ban> all = {
        {std::regex(R"(\b_?exit\s*\()"), "exit belongs into main; return an error instead", true},
        {std::regex(R"(\busing\s+namespace\s+std\b(?!::))"), "name what you use of std", false},
        {std::regex(R"(\bwhile\s*\((?![^;{}]*\bnow\(\))[^;{}]*\)\s*std::this_thread::(sleep_for|sleep_until|yield)\b)"),
         "waits without a deadline; tests have test::wait_until", false},
        {std::regex(R"(\bwaitpid\s*\((?![^;]*\bWNOHANG\b))"),
         "waits without a deadline; tests have test::status_of_child", false},
        {std::regex(R"(\b(f|s|v|vf|vs|d)?printf\s*\()"), "printf checks nothing; use fmt or a stream", false},
    };
    return all;
}

}  // namespace

void check_banned(const source_file& file, findings& out) {
    static const std::regex main_function(R"(\bint\s+main\s*\()");
    const bool has_main = std::regex_search(file.code, main_function);
    for (const ban& b : bans()) {
        if (b.allowed_in_main && has_main) continue;
        for (std::sregex_iterator i(file.code.begin(), file.code.end(), b.what), end; i != end; ++i) {
            out.push_back({file.path, file.line_of(static_cast<std::size_t>(i->position())), "banned", b.message});
        }
    }
}

}  // namespace tenon::tidy
