// Two generations of a synthetic tree with a user in between.
#include "planned_project.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <stdexcept>

#include "generator/apply/apply.hpp"
#include "program_run.hpp"

namespace tenon::gen {
namespace {

namespace fs = std::filesystem;

const plan_origin origin{"0.1.0", sha256("spec")};

std::string numbered(const std::string& folder, int i) {
    return "src/" + folder + "/part" + std::to_string(i % 4) + "/file" + std::to_string(i) + ".txt";
}

std::string lines(const std::string& first, const std::string& last) {
    return first + "\n2\n3\n4\n5\n6\n7\n" + last + "\n";
}

/// Files of each kind. Every call of every kind is met with 8 as well, in a quarter of the time.
int per_kind() {
    return is_soak() ? 16 : 8;
}

tree generation(int number) {
    const std::string version = std::to_string(number);
    tree t;
    const auto add = [&](const std::string& path, std::string content, owner_class owner = owner_class::generated) {
        t.files[path] = {std::move(content), owner, false, "test"};
    };
    for (int i = 0; i < per_kind(); ++i) {
        const std::string tag = std::to_string(i);
        for (int j = 0; j < 2; ++j) add(numbered("update" + std::to_string(j), i), lines(version + tag, "8"));
        add(numbered("same", i), lines("1", "8" + tag));
        add(numbered("merge", i), lines("1" + tag, "8 of " + version));
        add(numbered("conflict", i), lines("1 of " + version + tag, "8"));
        add(numbered("kept", i), lines("1", "8" + tag));
        add(numbered("deleted", i), lines(version, "8" + tag));
        add(numbered("mode", i), lines("1", "mode " + tag));
        t.files[numbered("mode", i)].executable = number == 2;
        const std::string named = number == 1 ? "invoice" : "bill";
        add(numbered(named, i), lines("1 " + named, "8"));
        if (number == 2) t.files[numbered(named, i)].former = numbered("invoice", i);
        if (number == 1) add(numbered("removed", i), lines("1", tag));
        if (number == 1) add(numbered("orphan", i), lines("1", "orphan " + tag));
        if (number == 2) add(numbered("created", i), lines("1", "new " + tag));
        if (number == 2) add("fresh/" + tag + "/deep/file.txt", lines(tag, "8"));
        if (number == 2) add("src/custom/hook" + tag + ".cpp", "seeded " + tag + "\n", owner_class::seeded);
    }
    if (number == 2) t.renames = {{"invoice", "bill"}};
    add("migrations/0001_a.sql", "one\n", owner_class::frozen);
    if (number == 2) add("migrations/0002_b.sql", "two\n", owner_class::frozen);
    return t;
}

void edit_as_user(const fs::path& folder) {
    for (int i = 0; i < per_kind(); ++i) {
        const std::string tag = std::to_string(i);
        write_file(folder / numbered("merge", i), lines("1 of mine", "8 of 1"));
        write_file(folder / numbered("conflict", i), lines("1 of mine" + tag, "8"));
        write_file(folder / numbered("kept", i), lines("mine", "8" + tag));
        write_file(folder / numbered("orphan", i), lines("mine", tag));
        if (i % 2 == 0) write_file(folder / numbered("invoice", i), lines("1 invoice", "8 of mine"));
        fs::remove(folder / numbered("deleted", i));
        write_file(folder / ("notes/mine" + tag + ".txt"), "not Tenon's\n");
        ::chmod((folder / numbered("update0", i)).c_str(), i % 2 == 0 ? 0600 : 0755);
    }
}

template <class T>
void must(const outcome<T>& done) {
    if (!done) throw std::runtime_error(done.error().message);
}

}  // namespace

void make_planned_project(const fs::path& folder) {
    fs::create_directories(folder);
    const auto project = open_directory(folder.string());
    must(project);
    filesystem& disk = **project;
    const tree first = generation(1);
    const auto created = make_plan(first, {}, disk, origin);
    must(created);
    must(apply_in_place(*created, first, disk));
    edit_as_user(folder);
    const auto known = load_manifest(disk);
    must(known);
    const tree second = generation(2);
    const auto planned = make_plan(second, *known, disk, origin);
    must(planned);
    using enum plan_action;
    for (const auto wanted : {create, move, update, merge, conflict, remove, keep, orphan, respect}) {
        const auto has = [&](const plan_entry& e) { return e.action == wanted; };
        if (std::none_of(planned->entries.begin(), planned->entries.end(), has)) {
            throw std::runtime_error("the plan has nothing to " + std::string(to_string(wanted)));
        }
    }
    must(save_plan(*planned, second, disk));
}

void recover_project(const fs::path& folder) {
    const auto project = open_directory(folder.string());
    must(project);
    must((*project)->lock());
    must(recover(**project));
}

void regenerate_project(const fs::path& folder) {
    const auto project = open_directory(folder.string());
    must(project);
    filesystem& disk = **project;
    must(disk.lock());
    must(recover(disk));
    const tree second = generation(2);
    for (bool applied = false;; applied = true) {
        const auto known = load_manifest(disk);
        must(known);
        const auto planned = make_plan(second, *known, disk, origin);
        must(planned);
        if (!has_pending(*planned)) return;
        if (applied) throw std::runtime_error("something is pending after an apply");
        must(save_plan(*planned, second, disk));
        const auto saved = load_plan(disk);
        must(saved);
        must(apply_saved_plan(**saved, {}, disk));
    }
}

}  // namespace tenon::gen
