// A new project is written in a sibling directory and renamed into place: it is there whole, or not at all.
#include "generator/apply/apply.hpp"
#include "generator/apply/base_store.hpp"
#include "generator/apply/contents.hpp"

namespace tenon::gen {
namespace {

/// Removes a directory that a killed run left, with all that is in it. Links are removed, not followed.
outcome<void> remove_all(filesystem& parent, const std::string& path) {
    TRY_ASSIGN(const node_info info, parent.inspect(path));
    if (info.kind != node_kind::directory) return parent.remove(path);
    TRY_ASSIGN(const auto entries, parent.list(path));
    for (const directory_entry& entry : entries) {
        TRY(remove_all(parent, path + "/" + entry.name));
    }
    TRY(parent.remove_directory(path));
    return {};
}

class builder {
  public:
    builder(filesystem& parent, std::string place) : parent_(parent), place_(std::move(place)) {}

    outcome<void> write(std::string_view path, std::string_view content, bool executable) {
        const std::string full = place_ + "/" + std::string(path);
        const std::string_view directory = directory_of(full);
        if (directory != made_) {
            TRY(parent_.make_directories(directory));
            made_ = directory;
        }
        return parent_.write(full, content, {executable, std::nullopt});
    }

    outcome<void> write_all(const plan& p, tree_contents& contents) {
        for (const plan_entry& e : p.entries) {
            TRY(write(e.path, contents.at(e.after), e.executable));
        }
        std::map<std::string, std::string_view> bases;
        for (const auto& [name, content] : first_bases(p.entries)) bases.emplace(name, contents.at(content));
        TRY(write(bases_path, write_bases(bases), false));
        const std::string plan_text = write_plan(p);
        TRY(write(plan_path, plan_text, false));
        TRY(write(local_ignore_path, local_ignore_text, false));
        TRY(write(applied_path, applied_text(sha256(plan_text)), false));
        return write(manifest_path, write_manifest(next_manifest({}, p, p.entries)), false);
    }

  private:
    filesystem& parent_;
    std::string place_;
    std::string made_;
};

}  // namespace

std::string building_place(const std::string& name) {
    return "." + name + ".tenon-new";
}

outcome<void> create_project(const plan& p, const tree& t, filesystem& parent, const std::string& name) {
    for (const plan_entry& e : p.entries) {
        if (e.action != plan_action::create) {
            return failure{failure_kind::refused, "'" + name + "' is not a new project: it has '" + e.path + "'"};
        }
    }
    const std::string place = building_place(name);
    TRY(parent.make_directories(place));
    TRY_ASSIGN(const auto leftovers, parent.list(place));
    for (const directory_entry& entry : leftovers) {
        TRY(remove_all(parent, place + "/" + entry.name));
    }
    tree_contents contents(p, t);
    auto done = builder(parent, place).write_all(p, contents);
    if (done) done = parent.barrier();
    if (done) done = parent.rename(place, name);
    if (!done) (void)remove_all(parent, place);
    return done;
}

}  // namespace tenon::gen
