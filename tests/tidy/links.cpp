// Links of the documentation lead somewhere: to a file of the tree, and to a heading of it when they name one.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <regex>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {
namespace {

// As GitHub and most renderers make it: lower case, spaces to dashes, punctuation dropped.
std::string anchor_of(std::string_view heading) {
    std::string anchor;
    for (const char c : heading) {
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-') {
            anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        } else if (c == ' ') {
            anchor += '-';
        }
    }
    return anchor;
}

bool has_anchor(const source_file& file, const std::string& anchor) {
    static const std::regex heading(R"((^|\n)#+ ([^\n]+))");
    for (std::sregex_iterator i(file.text.begin(), file.text.end(), heading), end; i != end; ++i) {
        if (anchor_of(i->str(2)) == anchor) return true;
    }
    return file.text.find("id=\"" + anchor + "\"") != std::string::npos;
}

bool is_folder(const source_tree& tree, const std::string& path) {
    const auto next = tree.files.lower_bound(path + "/");
    return next != tree.files.end() && next->first.starts_with(path + "/");
}

// Without code: fenced blocks and `inline` may hold brackets of their own.
std::string without_code(std::string text) {
    static const std::regex code(R"(```[^]*?```|`[^`\n]*`)");
    std::string out;
    auto from = text.cbegin();
    for (std::sregex_iterator i(text.begin(), text.end(), code), end; i != end; ++i) {
        out.append(from, text.cbegin() + i->position());
        for (const char c : i->str()) out += c == '\n' ? '\n' : ' ';
        from = text.cbegin() + i->position() + i->length();
    }
    return out.append(from, text.cend());
}

}  // namespace

void check_links(const source_tree& tree, const source_file& file, findings& out) {
    if (!file.path.ends_with(".md") || file.under("templates")) return;
    static const std::regex link(R"(\]\(([^)\s]+)\))");
    const std::string text = without_code(file.text);
    for (std::sregex_iterator i(text.begin(), text.end(), link), end; i != end; ++i) {
        const std::string target = i->str(1);
        if (target.find("://") != std::string::npos || target.starts_with("mailto:")) continue;
        const std::size_t line = file.line_of(static_cast<std::size_t>(i->position()));
        const std::size_t hash = target.find('#');
        const std::string named = target.substr(0, hash);
        const auto folder = std::filesystem::path(file.path).parent_path();
        std::string path = named.empty() ? file.path : (folder / named).lexically_normal().generic_string();
        if (path.ends_with('/')) path.pop_back();
        const auto found = tree.files.find(path);
        if (found == tree.files.end() && !is_folder(tree, path)) {
            out.push_back({file.path, line, "dead-link", "no such file: " + target});
        } else if (found != tree.files.end() && hash != std::string::npos &&
                   !has_anchor(found->second, target.substr(hash + 1))) {
            out.push_back({file.path, line, "dead-link", "no such heading: " + target});
        }
    }
}

}  // namespace tenon::tidy
