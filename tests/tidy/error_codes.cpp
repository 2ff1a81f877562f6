// Comments that name an error code name one that exists: the compiler does not read them.
#include <regex>
#include <set>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {
namespace {

constexpr const char* definition = "runtime/include/tenon/core/error.hpp";

std::set<std::string> defined_codes(const source_tree& tree) {
    std::set<std::string> codes;
    const auto file = tree.files.find(definition);
    if (file == tree.files.end()) return codes;
    const std::string& code = file->second.code;
    const std::size_t begin = code.find("enum class errc");
    if (begin == std::string::npos) return codes;
    const std::size_t open = code.find('{', begin);
    const std::string body = code.substr(open, code.find('}', open) - open);
    static const std::regex word("[a-z_]+");
    for (std::sregex_iterator i(body.begin(), body.end(), word), end; i != end; ++i) codes.insert(i->str());
    return codes;
}

}  // namespace

void check_error_codes(const source_tree& tree, findings& out) {
    const std::set<std::string> codes = defined_codes(tree);
    if (codes.empty()) return;
    static const std::regex mention(R"(\berrc::([a-z_]+))");
    for (const auto& [path, file] : tree.files) {
        for (std::sregex_iterator i(file.comments.begin(), file.comments.end(), mention), end; i != end; ++i) {
            if (codes.contains(i->str(1))) continue;
            out.push_back({path, file.line_of(static_cast<std::size_t>(i->position())), "error-code",
                           "there is no errc::" + i->str(1)});
        }
    }
}

}  // namespace tenon::tidy
