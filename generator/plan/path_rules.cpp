// The rules for paths, by component and never by prefix of text.
#include "generator/plan/path_rules.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "generator/plan/manifest.hpp"

namespace tenon::gen {
namespace {

constexpr std::size_t max_path_bytes = 1024;
constexpr std::size_t max_component_bytes = 200;  // Room for ".new.99" and for the name of a temporary file.
constexpr std::string_view temporary_suffix = ".tenon-tmp";

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::optional<std::string> why_component_refused(std::string_view part) {
    if (part.empty()) return "has an empty part";
    if (part == "." || part == "..") return "has the part '" + std::string(part) + "'";
    if (part.size() > max_component_bytes) return "has a part longer than 200 bytes";
    for (const char c : part) {
        if (c < ' ' || c == '\x7f') return "has a control character";
        if (static_cast<unsigned char>(c) > 0x7f) return "has a character outside ASCII";
        if (std::string_view("\\:*?\"<>|").find(c) != std::string_view::npos) {
            return std::string("has the character '") + c + "'";
        }
    }
    if (part.back() == '.' || part.back() == ' ' || part.front() == ' ') return "has a part with a stray dot or space";
    if (part.ends_with(temporary_suffix)) return "has the name of a temporary file of Tenon's";
    if (is_beside_path(part.substr(0, part.rfind(".new")), part))
        return "has the name of a file that waits in a conflict";
    if (lower(part) == ".git") return "leads into .git";
    return std::nullopt;
}

/// What is generated for Tenon's own use: the schema behind each migration, the permissions as last generated, and what
/// git must not do to all of it.
bool is_generated_record(std::string_view path) {
    if (path == ".tenon/access.json" || path == ".tenon/.gitattributes") return true;
    constexpr std::string_view schemas = ".tenon/schema/";
    return path.starts_with(schemas) && path.ends_with(".json") &&
           path.find('/', schemas.size()) == std::string_view::npos;
}

bool is_reserved(std::string_view path) {
    const std::string folded = lower(path);
    if (folded == former_plan_path || folded == former_conflicts_path || folded == ".tenon") return true;
    return folded.starts_with(".tenon/") && !is_generated_record(path);
}

/// Whether `pattern` fits all of `path`. Keeps the set of places in the pattern that may come next, so that no pattern
/// takes longer than its length times that of the path.
bool matches_whole(std::string_view pattern, std::string_view path) {
    std::vector<char> at(pattern.size() + 1, 0);
    const auto close = [&](std::vector<char>& places, bool starts_part) {
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (places[i] == 0 || pattern[i] != '*') continue;
            const bool deep = pattern.substr(i).starts_with("**");
            const bool parts = pattern.substr(i).starts_with("**/");
            // Stars may stand for nothing; "**/" only in front of a part.
            if (!parts || starts_part) places[i + (parts ? 3 : deep ? 2 : 1)] = 1;
        }
    };
    at[0] = 1;
    close(at, true);
    for (const char c : path) {
        std::vector<char> next(pattern.size() + 1, 0);
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (at[i] == 0) continue;
            const bool deep = pattern.substr(i).starts_with("**");
            if (deep || (pattern[i] == '*' && c != '/')) next[i] = 1;
            const bool same = pattern[i] == c || (pattern[i] == '?' && c != '/');
            if (pattern[i] != '*' && same) next[i + 1] = 1;
        }
        close(next, c == '/');
        at = std::move(next);
    }
    return at.back() != 0;
}

}  // namespace

std::optional<std::string> why_path_refused(std::string_view path) {
    if (path.empty()) return "is empty";
    if (path.front() == '/') return "is absolute";
    if (path.size() > max_path_bytes) return "is longer than 1024 bytes";
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        if (auto why = why_component_refused(path.substr(start, end - start))) return why;
        start = end + 1;
    }
    if (is_reserved(path)) return "is kept by Tenon for itself";
    return std::nullopt;
}

std::optional<std::string> why_paths_clash(const std::vector<std::string_view>& paths) {
    struct seen {
        std::string_view spelling;
        bool directory;
    };
    std::map<std::string, seen, std::less<>> all;
    for (const std::string_view path : paths) {
        for (std::size_t end = 0; end != path.size();) {
            end = std::min(path.find('/', end == 0 ? 0 : end + 1), path.size());
            const std::string_view part = path.substr(0, end);
            const bool directory = end != path.size();
            const auto [at, added] = all.emplace(lower(part), seen{part, directory});
            if (added) continue;
            const std::string both = "'" + std::string(at->second.spelling) + "' and '" + std::string(part) + "'";
            if (at->second.spelling != part) return both + " differ only by case";
            if (at->second.directory != directory) return "'" + std::string(part) + "' is a file and a directory";
            if (!directory) return "'" + std::string(part) + "' is there twice";
        }
    }
    return std::nullopt;
}

std::string beside_path(std::string_view path, int number) {
    std::string out = std::string(path) + ".new";
    return number == 1 ? out : out + "." + std::to_string(number);
}

bool is_beside_path(std::string_view path, std::string_view candidate) {
    if (!candidate.starts_with(path)) return false;
    candidate.remove_prefix(path.size());
    if (!candidate.starts_with(".new")) return false;
    candidate.remove_prefix(4);
    if (candidate.empty()) return true;
    int number = 0;
    const auto [end, code] = std::from_chars(candidate.data() + 1, candidate.data() + candidate.size(), number);
    return candidate.front() == '.' && code == std::errc{} && end == candidate.data() + candidate.size() && number > 1;
}

bool matches_glob(std::string_view pattern, std::string_view path) {
    if (pattern.ends_with('/')) return matches_glob(std::string(pattern) + "**", path);
    if (pattern.find('/') == std::string_view::npos) {
        const auto slash = path.rfind('/');
        if (matches_whole(pattern, slash == std::string_view::npos ? path : path.substr(slash + 1))) return true;
    }
    return matches_whole(pattern, path) || matches_whole(std::string(pattern) + "/**", path);
}

}  // namespace tenon::gen
