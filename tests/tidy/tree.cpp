// Reading the tree that is judged, and telling code from comments.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {
namespace fs = std::filesystem;

bool source_file::is_header() const {
    return path.ends_with(".hpp");
}
bool source_file::is_cpp() const {
    return is_header() || path.ends_with(".cpp");
}
bool source_file::under(std::string_view folder) const {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}
std::size_t source_file::line_of(std::size_t offset) const {
    return 1 +
           static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

namespace {

// Where the token that starts at `i` ends: a comment, a literal, or one character of code.
enum class token { code, comment, literal };

std::size_t end_of_quoted(std::string_view text, std::size_t i) {
    const char quote = text[i];
    for (++i; i < text.size() && text[i] != quote && text[i] != '\n'; ++i) {
        if (text[i] == '\\') ++i;
    }
    return std::min(i + 1, text.size());
}

std::size_t end_of_raw_string(std::string_view text, std::size_t quote) {
    const std::size_t open = text.find('(', quote);
    if (open == std::string_view::npos) return text.size();
    const std::string close = ")" + std::string(text.substr(quote + 1, open - quote - 1)) + "\"";
    const std::size_t end = text.find(close, open);
    return end == std::string_view::npos ? text.size() : end + close.size();
}

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::pair<token, std::size_t> next_token(std::string_view text, std::size_t i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("//")) return {token::comment, std::min(text.find('\n', i), text.size())};
    if (rest.starts_with("/*")) {
        const std::size_t end = text.find("*/", i + 2);
        return {token::comment, end == std::string_view::npos ? text.size() : end + 2};
    }
    if (rest.starts_with("#include")) return {token::code, std::min(text.find('\n', i), text.size())};
    if (rest[0] == '"') {
        const bool raw = i > 0 && text[i - 1] == 'R';
        return {token::literal, raw ? end_of_raw_string(text, i) : end_of_quoted(text, i)};
    }
    // A digit separator (1'000) is no quote.
    if (rest[0] == '\'' && (i == 0 || !is_word(text[i - 1]))) return {token::literal, end_of_quoted(text, i)};
    return {token::code, i + 1};
}

}  // namespace

std::string separate(std::string_view cpp, bool keep_comments) {
    std::string out(cpp);
    for (std::size_t i = 0; i < cpp.size();) {
        const auto [kind, end] = next_token(cpp, i);
        const bool keep = keep_comments ? kind == token::comment : kind == token::code;
        for (std::size_t k = i; k < end && !keep; ++k) {
            const bool quote = !keep_comments && kind == token::literal && (k == i || k + 1 == end);
            if (out[k] != '\n' && !quote) out[k] = ' ';
        }
        i = end;
    }
    return out;
}

namespace {

// Tags of a template become plain text of the same length: a word where a value stands, space where a section does.
std::string without_tags(std::string text) {
    for (std::size_t i = text.find("{{"); i != std::string::npos; i = text.find("{{", i + 1)) {
        const std::size_t end = text.find("}}", i);
        if (end == std::string::npos) break;
        const bool value = is_word(text[i + 2]) || text[i + 2] == '.';
        text.replace(i, end + 2 - i, end + 2 - i, value ? 'x' : ' ');
    }
    return text;
}

}  // namespace

void source_tree::add(std::string path, std::string text) {
    source_file file;
    file.path = path;
    file.text = std::move(text);
    if (file.is_cpp()) {
        file.code = separate(file.under("templates") ? without_tags(file.text) : file.text, false);
        file.comments = separate(file.text, true);
    }
    files.emplace(std::move(path), std::move(file));
}

namespace {

std::string output_of(const std::string& command) {
    const auto close = [](std::FILE* f) { return pclose(f); };
    std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
    std::string out;
    std::array<char, 65536> buffer{};
    while (pipe) {
        const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe.get());
        if (n == 0) break;
        out.append(buffer.data(), n);
    }
    return out;
}

std::vector<std::string> tracked_files(const fs::path& root) {
    const std::string list = output_of("git -C '" + root.string() + "' ls-files -z 2>/dev/null");
    std::vector<std::string> paths;
    for (std::size_t begin = 0; begin < list.size();) {
        const std::size_t end = list.find('\0', begin);
        paths.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return paths;
}

bool is_skipped_folder(const std::string& name) {
    return name == ".git" || name == ".tenon" || name == "third_party" || name == "node_modules" ||
           name.starts_with("build");
}

std::vector<std::string> walked_files(const fs::path& root) {
    std::vector<std::string> paths;
    for (auto i = fs::recursive_directory_iterator(root); i != fs::recursive_directory_iterator(); ++i) {
        if (i->is_directory() && is_skipped_folder(i->path().filename().string())) {
            i.disable_recursion_pending();
        } else if (i->is_regular_file()) {
            paths.push_back(fs::relative(i->path(), root).generic_string());
        }
    }
    return paths;
}

}  // namespace

source_tree load(const std::string& root, tree_kind kind) {
    if (!fs::is_directory(root)) throw std::runtime_error("no such folder: " + root);
    std::vector<std::string> paths;
    if (kind == tree_kind::repository) paths = tracked_files(root);
    if (paths.empty()) paths = walked_files(root);
    source_tree tree;
    for (const std::string& path : paths) {
        std::ifstream in(fs::path(root) / path, std::ios::binary);
        if (!in) continue;  // Tracked, but deleted in the work tree.
        std::string text{std::istreambuf_iterator<char>(in), {}};
        if (text.find('\0') == std::string::npos) tree.add(path, std::move(text));
    }
    return tree;
}

}  // namespace tenon::tidy
