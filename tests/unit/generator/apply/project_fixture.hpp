// A project in memory, regenerated and applied the way the command line does it.
#pragma once

#include <gtest/gtest.h>

#include "generator/apply/apply.hpp"
#include "generator/support/memory_filesystem.hpp"

namespace tenon::gen {

/// A tree from path -> content; all files are `generated`.
inline tree tree_of(const std::map<std::string, std::string>& files) {
    tree t;
    for (const auto& [path, content] : files) t.files[path] = {content, owner_class::generated, false, "test"};
    return t;
}

inline const plan_origin test_origin{"0.1.0", sha256("spec")};

/// What `tenon generate` does in a directory that is a project: recover, plan, save.
inline outcome<plan> regenerate(const tree& t, filesystem& project, const plan_wishes& wishes = {}) {
    TRY(recover(project));
    TRY_ASSIGN(const known_manifest known, load_manifest(project));
    TRY_ASSIGN(plan p, make_plan(t, known, project, test_origin, wishes));
    TRY(save_plan(p, t, project));
    return p;
}

/// What `apply-plan --apply` does.
inline outcome<applied_plan> apply_saved(filesystem& project, const std::vector<std::string>& only = {}) {
    TRY(recover(project));
    TRY_ASSIGN(const auto saved, load_plan(project));
    if (!saved) return failure{failure_kind::refused, "no plan"};
    TRY_ASSIGN(const auto stale, stale_paths(saved->content, project));
    if (!stale.empty()) return failure{failure_kind::stale, stale.front()};
    return apply_saved_plan(*saved, only, project);
}

class project_test : public testing::Test {
  protected:
    memory_filesystem disk;

    void create(const tree& t) {
        auto p = make_plan(t, {}, disk, test_origin);
        ASSERT_TRUE(p) << p.error().message;
        auto done = apply_in_place(*p, t, disk);
        ASSERT_TRUE(done) << done.error().message;
    }

    plan must_regenerate(const tree& t, const plan_wishes& wishes = {}) {
        auto p = regenerate(t, disk, wishes);
        EXPECT_TRUE(p) << p.error().message;
        return p ? *p : plan{};
    }

    void must_apply(const std::vector<std::string>& only = {}) {
        auto done = apply_saved(disk, only);
        ASSERT_TRUE(done) << done.error().message;
    }

    static const plan_entry* entry_of(const plan& p, std::string_view path) {
        for (const plan_entry& e : p.entries) {
            if (e.path == path) return &e;
        }
        return nullptr;
    }

    static std::string fate(const plan& p, std::string_view path) {
        const plan_entry* e = entry_of(p, path);
        if (e == nullptr) return "(none)";
        return std::string(to_string(e->action)) + " " + std::string(to_string(e->reason));
    }

    /// No temporary file, journal or staged content is left, and bases are there for just the generated files.
    void expect_tidy() {
        for (const auto& [path, node] : disk.nodes) {
            EXPECT_EQ(path.find("tenon-tmp"), std::string::npos) << path;
            EXPECT_FALSE(path.starts_with(".tenon/local/journal")) << path;
            EXPECT_FALSE(path.starts_with(".tenon/local/stage")) << path;
        }
        auto known = load_manifest(disk);
        ASSERT_TRUE(known);
        EXPECT_TRUE(known->bases.former_files().empty());
        for (const auto& [path, content] : known->bases.texts()) {
            std::string file = path;
            auto line = known->content.files.find(file);
            if (line == known->content.files.end() && file.ends_with(".new")) {
                line = known->content.files.find(file.substr(0, file.size() - 4));
                ASSERT_NE(line, known->content.files.end()) << path;
                EXPECT_NE(line->second.conflict, "") << path;
            }
            ASSERT_NE(line, known->content.files.end()) << path;
            EXPECT_TRUE(keeps_base(line->second.owner) || line->second.conflict == path) << path;
        }
    }

    std::map<std::string, std::string> bases() {
        const auto read = load_bases(disk);
        EXPECT_TRUE(read) << read.error().message;
        return read ? read->texts() : std::map<std::string, std::string>{};
    }

    std::string base_of(const std::string& path) {
        const auto all = bases();
        const auto found = all.find(path);
        return found == all.end() ? "(absent)" : found->second;
    }

    void set_base(const std::string& path, const std::string& text) {
        auto all = bases();
        all[path] = text;
        disk.put(bases_path, write_bases(all));
    }

    /// The records as a Tenon before had them: a file for each base, and no digests but those of migrations.
    void make_former() {
        const auto known = load_manifest(disk);
        ASSERT_TRUE(known);
        disk.nodes.erase(std::string(bases_path));
        for (const auto& [path, text] : known->bases.texts()) disk.put(std::string(former_base_directory) + path, text);
        manifest m = known->content;
        for (auto& [path, line] : m.files) {
            if (line.owner != owner_class::vendored) continue;
            line.owner = owner_class::generated;
            line.digests.clear();
            disk.put(std::string(former_base_directory) + path, disk.content(path));
        }
        std::string text = write_manifest(m);
        text.replace(text.find(": 3"), 3, ": 2");
        disk.put(manifest_path, text);
    }
};

}  // namespace tenon::gen
