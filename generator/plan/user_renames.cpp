// Compares files as git finds renames: by the share of lines that they have in common.
#include "generator/plan/user_renames.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string_view>

#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

constexpr std::size_t max_files_read = 5000;
constexpr std::uint64_t max_bytes_read = 1 << 20;
constexpr std::size_t alike_percent = 60;

using lines = std::vector<std::size_t>;  // Hashes, sorted; blank lines left out, they say nothing.

lines sorted_lines(std::string_view text) {
    lines out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.find_first_not_of(" \t") != std::string_view::npos) out.push_back(std::hash<std::string_view>()(line));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// Lines in common, in percent of the longer file; 0 when they are not more than `least`.
std::size_t likeness(const lines& a, const lines& b, std::size_t least) {
    const std::size_t longer = std::max({a.size(), b.size(), std::size_t{1}});
    if (std::min(a.size(), b.size()) * 100 / longer <= least) return 0;
    lines both;
    both.reserve(longer);
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    const std::size_t out = both.size() * 100 / longer;
    return out > least ? out : 0;
}

std::string_view extension_of(std::string_view path) {
    const std::string_view name = name_of(path);
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : name.substr(dot);
}

/// Files of the user's own that have one of `extensions`, and their lines.
class own_files {
  public:
    own_files(plan_work& work, std::set<std::string, std::less<>> extensions)
        : work_(work), extensions_(std::move(extensions)) {}

    outcome<void> find(const std::string& folder) {
        TRY_ASSIGN(const auto entries, work_.project.list(folder));
        for (const directory_entry& entry : entries) {
            const std::string path = folder.empty() ? entry.name : folder + "/" + entry.name;
            if (entry.kind == node_kind::directory && is_searched(path)) TRY(find(path));
            if (entry.kind == node_kind::file) TRY(look_at(path));
        }
        return {};
    }

    /// The file most like `text`, if one is.
    const std::string* most_like(const std::string& path, const std::string& text) const {
        const lines wanted = sorted_lines(text);
        const std::string* best = nullptr;
        std::size_t best_likeness = alike_percent - 1;
        for (const auto& [own, content] : found_) {
            if (extension_of(own) != extension_of(path)) continue;
            const std::size_t now = likeness(wanted, content, best_likeness);
            if (now == 0) continue;
            best = &own;
            best_likeness = now;
        }
        return best;
    }

  private:
    static bool is_searched(std::string_view folder) {
        const std::string_view name = name_of(folder);
        return !name.starts_with('.') && !name.starts_with("build") && name != "node_modules" &&
               folder != "third_party";
    }

    outcome<void> look_at(const std::string& path) {
        if (!extensions_.contains(extension_of(path))) return {};
        // The plan could not name a path that it would not read back.
        if (why_path_refused(path)) return {};
        const bool known = work_.files.files.contains(path) || work_.before.files.contains(path);
        if (known || found_.size() == max_files_read) return {};
        // One that is too long, or cannot be read, is no file that was generated.
        const auto file = work_.project.read(path, max_bytes_read);
        if (file && *file) found_.emplace_back(path, sorted_lines((*file)->content));
        return {};
    }

    plan_work& work_;
    std::set<std::string, std::less<>> extensions_;
    std::vector<std::pair<std::string, lines>> found_;
};

bool is_missing(const plan_work& work, const plan_entry& e) {
    return e.action == plan_action::respect && e.owner == owner_class::generated && work.files.files.contains(e.path);
}

}  // namespace

outcome<void> find_user_renames(plan_work& work) {
    const auto missing = [&](const plan_entry& e) { return is_missing(work, e); };
    std::set<std::string, std::less<>> extensions;
    for (const plan_entry& e : work.made.entries) {
        if (missing(e)) extensions.emplace(extension_of(e.path));
    }
    if (extensions.empty()) return {};
    own_files own(work, std::move(extensions));
    TRY(own.find(""));
    for (plan_entry& e : work.made.entries) {
        if (!missing(e)) continue;
        const auto base = work.bases.find(e.from ? e.from->path : e.path);
        const std::string& text = base ? *base : work.files.files.at(e.path).content;
        const std::string* place = own.most_like(e.path, text);
        if (place == nullptr) continue;
        e.reason = plan_reason::renamed_by_user;
        e.now_at = *place;
    }
    return {};
}

}  // namespace tenon::gen
