// Looks at each path of the tree and the manifest, judges it, and settles where conflicting content goes.
#include "generator/plan/make_plan.hpp"

#include <set>

#include "generator/plan/judge.hpp"
#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

/// What is on disk at a path, as far as judging needs it.
struct sight {
    digest content = absent;
    bool executable = false;
    bool not_a_file = false;
};

/// `expected` saves hashing: a file with just these bytes has `expected_digest`.
outcome<sight> look(filesystem& project, std::string_view path, const std::string* expected,
                    const digest& expected_digest) {
    auto file = project.read(path, max_file_bytes);
    if (!file) {
        TRY_ASSIGN(const node_info info, project.inspect(path));
        if (info.kind == node_kind::file || info.kind == node_kind::absent) return std::move(file).error();
        return sight{absent, false, true};
    }
    if (!*file) return sight{};
    const std::string& content = (*file)->content;
    const bool same = expected != nullptr && content == *expected;
    return sight{same ? expected_digest : sha256(content), (*file)->executable, false};
}

/// The first name beside `path` that is free, or already holds just the content that is to go there.
outcome<beside_file> free_place(filesystem& project, std::string_view path, const digest& content) {
    for (int number = 1;; ++number) {
        beside_file place{beside_path(path, number), absent, content};
        TRY_ASSIGN(const sight there, look(project, place.path, nullptr, absent));
        if (there.not_a_file || (there.content != absent && there.content != content)) continue;
        place.before = there.content;
        return place;
    }
}

class judging {
  public:
    judging(filesystem& project, std::string_view path, const tree_file* file, const manifest_entry* known)
        : project_(project), path_(path), file_(file), known_(known) {}

    /// Nothing when there is nothing to say: neither side has the file any more.
    outcome<std::optional<plan_entry>> run();

  private:
    outcome<void> see();
    plan_entry start(const verdict& found) const;
    outcome<void> settle(plan_entry& entry);
    outcome<void> settle_open_conflict(plan_entry& entry);

    filesystem& project_;
    std::string_view path_;
    const tree_file* file_;
    const manifest_entry* known_;
    three_sides sides_;
    bool not_a_file_ = false;
    digest waiting_ = absent;  ///< What is in the file beside, of a conflict that is still open.
};

outcome<void> judging::see() {
    const bool expected_known = file_ != nullptr;
    sides_.theirs = expected_known ? sha256(file_->content) : absent;
    sides_.theirs_executable = expected_known && file_->executable;
    sides_.owner = expected_known ? file_->owner : known_->owner;
    TRY_ASSIGN(const sight mine, look(project_, path_, expected_known ? &file_->content : nullptr, sides_.theirs));
    sides_.mine = mine.content;
    sides_.mine_executable = mine.executable;
    not_a_file_ = mine.not_a_file;
    if (known_ == nullptr) return {};
    sides_.base = known_->base;
    sides_.base_executable = known_->executable;
    if (!known_->conflict) return {};
    TRY_ASSIGN(const sight beside, look(project_, known_->conflict->path, nullptr, absent));
    waiting_ = beside.content;
    // The file beside is gone: the user has taken from it what was wanted, so what it held is the base now.
    if (waiting_ == absent) sides_.base = known_->conflict->content;
    return {};
}

plan_entry judging::start(const verdict& found) const {
    plan_entry entry;
    entry.path = path_;
    entry.action = found.action;
    entry.reason = found.reason;
    entry.owner = sides_.owner;
    entry.executable = file_ != nullptr ? sides_.theirs_executable : sides_.base_executable;
    entry.before = sides_.mine;
    entry.base = sides_.base;
    return entry;
}

outcome<std::optional<plan_entry>> judging::run() {
    TRY(see());
    if (not_a_file_) {
        plan_entry entry = start({plan_action::error, plan_reason::not_a_file});
        entry.before = entry.after = absent;
        return std::optional(std::move(entry));
    }
    if (sides_.mine == absent && sides_.theirs == absent && waiting_ == absent && sides_.owner != owner_class::frozen) {
        return std::optional<plan_entry>{};
    }
    const verdict found = judge(sides_);
    plan_entry entry = start(found);
    if (found.reason == plan_reason::seeded_once && entry.base == absent) entry.base = sides_.mine;
    TRY(settle(entry));
    const bool writes = entry.action == plan_action::create || entry.action == plan_action::update;
    entry.after = writes ? sides_.theirs : sides_.mine;
    if (entry.action == plan_action::remove) entry.after = absent;
    return std::optional(std::move(entry));
}

outcome<void> judging::settle(plan_entry& entry) {
    if (waiting_ != absent) return settle_open_conflict(entry);
    if (entry.action != plan_action::conflict) return {};
    TRY_ASSIGN(entry.beside, free_place(project_, path_, sides_.theirs));
    return {};
}

outcome<void> judging::settle_open_conflict(plan_entry& entry) {
    const open_conflict& open = *known_->conflict;
    const bool untouched = waiting_ == open.content;
    if (entry.action == plan_action::conflict && sides_.theirs != open.content) {
        if (untouched) {
            entry.beside = beside_file{open.path, waiting_, sides_.theirs};
        } else {
            TRY_ASSIGN(entry.beside, free_place(project_, path_, sides_.theirs));
        }
        return {};
    }
    if (entry.action == plan_action::conflict || !untouched) {
        // Somebody may be at work on it: nothing moves until the file beside is gone.
        entry.action = plan_action::keep;
        entry.reason = plan_reason::conflict_open;
        return {};
    }
    entry.beside = beside_file{open.path, waiting_, absent};
    if (entry.action == plan_action::keep || entry.action == plan_action::unchanged) {
        entry.reason = plan_reason::conflict_closed;
    }
    return {};
}

}  // namespace

outcome<void> check_tree(const tree& t) {
    std::vector<std::string_view> paths;
    paths.reserve(t.files.size());
    for (const auto& [path, file] : t.files) {
        if (const auto why = why_path_refused(path)) {
            return failure{failure_kind::refused, "the path '" + path + "' of " + file.origin + " " + *why};
        }
        paths.push_back(path);
    }
    if (const auto why = why_paths_clash(paths)) {
        return failure{failure_kind::refused, "two generated files cannot be together: " + *why};
    }
    return {};
}

outcome<known_manifest> load_manifest(filesystem& project) {
    TRY_ASSIGN(auto file, project.read(manifest_path, max_file_bytes));
    if (!file) return known_manifest{};
    TRY_ASSIGN(auto content, read_manifest(file->content));
    return known_manifest{std::move(content), sha256(file->content)};
}

outcome<plan> make_plan(const tree& t, const known_manifest& before, filesystem& project, const plan_origin& origin) {
    TRY(check_tree(t));
    plan made{origin.generator_version, origin.spec, before.bytes, {}};
    made.entries.reserve(t.files.size());
    auto file = t.files.begin();
    auto known = before.content.files.begin();
    // Both are sorted: one walk over their union.
    while (file != t.files.end() || known != before.content.files.end()) {
        const bool has_file =
            file != t.files.end() && (known == before.content.files.end() || file->first <= known->first);
        const bool has_known =
            known != before.content.files.end() && (file == t.files.end() || known->first <= file->first);
        judging one(project, has_file ? file->first : known->first, has_file ? &file->second : nullptr,
                    has_known ? &known->second : nullptr);
        TRY_ASSIGN(auto entry, one.run());
        if (entry) made.entries.push_back(std::move(*entry));
        if (has_file) ++file;
        if (has_known) ++known;
    }
    return made;
}

}  // namespace tenon::gen
