// Takes each text from where it is: made by the plan, or on disk.
#include "generator/plan/own_sources.hpp"

#include <algorithm>
#include <array>

#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

constexpr std::uint64_t max_bytes_read = 1 << 20;
constexpr std::size_t max_files_read = 5000;

bool is_cpp(std::string_view path) {
    constexpr std::array<std::string_view, 5> ends{".cpp", ".hpp", ".h", ".cc", ".hh"};
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return path.ends_with(end); });
}

bool is_of_the_user(const plan_entry& e) {
    constexpr std::array<plan_action, 3> kept{plan_action::keep, plan_action::merge, plan_action::move};
    return !needs_attention(e) && std::find(kept.begin(), kept.end(), e.action) != kept.end();
}

class source_reader {
  public:
    source_reader(const plan& p, const tree& t, const known_manifest& before, filesystem& project)
        : plan_(p), files_(t.files), known_(before.content.files), project_(project) {}

    outcome<std::map<std::string, std::string>> run() {
        for (const plan_entry& e : plan_.entries) {
            const bool vendored = e.path.starts_with("third_party/");
            if (is_cpp(e.path) && !vendored && is_of_the_user(e)) read_entry(e);
        }
        for (const char* folder : {"src", "tests"}) TRY(read_folder(folder));
        return std::move(found_);
    }

  private:
    void read_entry(const plan_entry& e) {
        const auto file = files_.find(e.path);
        // Moved as it was generated.
        if (file != files_.end() && e.after == sha256(file->second.content)) return;
        if (const auto made = plan_.contents.find(e.after); made != plan_.contents.end()) {
            found_.emplace(e.path, made->second);
            return;
        }
        const bool from_there = e.action == plan_action::move && e.before == absent && e.from;
        read_from_disk(e.path, from_there ? e.from->path : e.path);
    }

    outcome<void> read_folder(const std::string& folder) {
        TRY_ASSIGN(const auto entries, project_.list(folder));
        for (const directory_entry& entry : entries) {
            const std::string path = folder + "/" + entry.name;
            if (entry.kind == node_kind::directory) TRY(read_folder(path));
            const bool unknown = entry.kind == node_kind::file && is_cpp(path) && !files_.contains(path) &&
                                 !known_.contains(path) && !why_path_refused(path);
            if (unknown && found_.size() < max_files_read) read_from_disk(path, path);
        }
        return {};
    }

    void read_from_disk(const std::string& path, const std::string& place) {
        auto file = project_.read(place, max_bytes_read);
        if (file && *file) found_.emplace(path, std::move((*file)->content));
    }

    const plan& plan_;
    const std::map<std::string, tree_file>& files_;
    const std::map<std::string, manifest_entry>& known_;
    filesystem& project_;
    std::map<std::string, std::string> found_;
};

}  // namespace

outcome<std::map<std::string, std::string>> own_sources(const plan& p, const tree& t, const known_manifest& before,
                                                        filesystem& project) {
    return source_reader(p, t, before, project).run();
}

}  // namespace tenon::gen
