// One wall clock: whatever reads another one cannot be stepped by a test, and keeps its promises on days that no test
// has seen. Also the database's and Redis's: they read their own where SQL or a script asks for the time.
#include <algorithm>
#include <regex>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {
namespace {

struct reader {
    std::regex what;
    bool in_literals = false;  ///< SQL and scripts; otherwise C++.
};

const std::vector<reader>& readers() {
    static const std::vector<reader> all = {
        {std::regex(R"(\b(system|high_resolution|utc|tai|gps|file)_clock\b)"), false},
        {std::regex(R"(\b(gettimeofday|timespec_get|localtime\w*|mktime|ftime|CLOCK_REALTIME\w*)\b)"), false},
        {std::regex(R"(\btime\s*\(\s*(nullptr|NULL|0|&\s*\w+)\s*\))"), false},
        {std::regex(R"(\bnow\s*\(\s*\))", std::regex::icase), true},
        {std::regex(R"('now')", std::regex::icase), true},
        {std::regex(R"(\b(unixepoch|julianday|datetime|timeofday)\s*\(\s*\))", std::regex::icase), true},
        {std::regex(R"(\b(CURRENT_(TIMESTAMP|DATE|TIME)|LOCALTIME(STAMP)?)\b)", std::regex::icase), true},
        {std::regex(R"(\b(statement|transaction|clock)_timestamp\b)", std::regex::icase), true},
        {std::regex(R"('TIME')"), true},
    };
    return all;
}

/// The seam itself, and what keeps to another clock on purpose (docs/architecture.md, "Time").
bool is_allowed(const std::string& path) {
    static const std::string places[] = {
        "runtime/src/core/wall_clock.cpp",
        "runtime/src/limits/database_texts.cpp",
        "runtime/src/limits/redis_scripts.hpp",
        "runtime/src/migrations/postgres.cpp",
    };
    return std::find(std::begin(places), std::end(places), path) != std::end(places);
}

}  // namespace

void check_clocks(const source_file& file, findings& out) {
    if (!(file.under("runtime") || file.under("templates")) || is_allowed(file.path)) return;
    for (const reader& each : readers()) {
        const std::string& where = each.in_literals ? file.text : file.code;
        for (std::sregex_iterator i(where.begin(), where.end(), each.what), end; i != end; ++i) {
            const auto at = static_cast<std::size_t>(i->position());
            const bool literal = file.code[at] == ' ' && file.comments[at] == ' ';
            if (each.in_literals && !literal) continue;
            out.push_back({file.path, file.line_of(at), "clock",
                           i->str() + " is another clock than instant::now(), which tests step"});
        }
    }
}

}  // namespace tenon::tidy
