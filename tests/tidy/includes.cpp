// Who may include whom: the stages of the generator know only what came before them, and the runtime's public headers
// stay light, because every generated file pays for them.
#include <array>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {
namespace {

struct boundary {
    std::string folder;
    std::string forbidden;  ///< A regular expression over what stands between the quotes or brackets.
    std::string reason;
};

const std::vector<boundary>& boundaries() {
    static const std::string heavy =
        "^(boost/|asio|nlohmann/|spdlog/|fmt/|libpq|pq|openssl/|sodium|sqlite3|re2/|prometheus/|curl/|hiredis|unicode/"
        ")";
    static const std::vector<boundary> all = {
        {"generator/resolve", "^yaml-cpp/", "resolve knows specs and models only"},
        {"generator/migrate", "^(yaml-cpp/|generator/read/(read|yaml))", "migrate knows models and SQL only"},
        {"generator/render", "^(yaml-cpp/|generator/read/(read|yaml))", "render knows models and templates only"},
        {"generator/rename", "^(generator/(read|resolve|migrate)/|generator/render/(?!tree\\.hpp)|yaml-cpp/)",
         "renames know texts and names, not the plan that they are part of"},
        {"generator/plan", "^(generator/(read|resolve|migrate)/|generator/render/(?!tree\\.hpp)|yaml-cpp/)",
         "a plan compares a tree with a folder; it does not know how the tree was made"},
        {"generator/apply", "^(generator/(read|resolve|migrate)/|generator/render/(?!tree\\.hpp)|yaml-cpp/)",
         "apply does not know where the plan came from"},
        {"tools/apply_plan", "^(generator/(read|resolve|migrate|render|cli)/|yaml-cpp/)",
         "apply-plan links plan and apply only"},
        {"runtime/include", heavy, "public headers stay light: every generated file includes them"},
        {"runtime", "^generator/", "the runtime does not know the generator"},
        {"templates", heavy, "generated code includes the runtime and the standard library only"},
        {"templates/src/domain",
         "^(tenon/(http|service|db|accounts|tenants|operation|auth|tenancy|app|paging)/|api/|storage/|access/|hooks/)",
         "the domain is plain C++"},
        {"templates/src/storage", "^(tenon/(http|service|operation|accounts|tenants|app|auth|tenancy)/|api/|hooks/)",
         "storage knows rows, not who asks"},
    };
    return all;
}

/// The folders of generator/, from the ground; each may include those before it.
constexpr std::array<std::string_view, 14> stages = {"support", "usage",   "read",   "resolve", "render",
                                                     "migrate", "merge",   "rename", "plan",    "apply",
                                                     "impact",  "explain", "settle", "cli"};

/// For each stage, all of those above it.
std::vector<boundary> stage_boundaries() {
    std::vector<boundary> out;
    std::string above;
    for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage) {
        const std::string name(*stage);
        if (!above.empty()) {
            out.push_back({"generator/" + name, "^generator/(" + above + ")/", name + " knows no later stage"});
        }
        above += (above.empty() ? "" : "|") + name;
    }
    return out;
}

void check_boundary(const source_file& file, const boundary& b, findings& out) {
    static const std::regex include(R"re(#\s*include\s*[<"]([^>"]+)[>"])re");
    if (!file.under(b.folder)) return;
    const std::regex forbidden(b.forbidden);
    for (std::sregex_iterator i(file.code.begin(), file.code.end(), include), end; i != end; ++i) {
        const std::string what = (*i)[1];
        if (std::regex_search(what, forbidden)) {
            out.push_back({file.path, file.line_of(static_cast<std::size_t>(i->position())), "boundary",
                           "must not include " + what + ": " + b.reason});
        }
    }
}

}  // namespace

void check_includes(const source_file& file, findings& out) {
    static const std::vector<boundary> order = stage_boundaries();
    for (const boundary& b : order) check_boundary(file, b, out);
    for (const boundary& b : boundaries()) check_boundary(file, b, out);
}

}  // namespace tenon::tidy
