// Which files move, and with what content.
#include "generator/plan/judge_move.hpp"

#include "generator/plan/combine.hpp"
#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

using enum plan_action;
using enum plan_reason;

class moving {
  public:
    moving(plan_work& work, std::string_view path, const std::string& former)
        : work_(work), path_(path), former_(former), file_(work.files.files.find(std::string(path))->second) {}

    outcome<void> run();

  private:
    outcome<void> see();
    outcome<void> see_base();
    outcome<void> take_names_over();
    plan_entry start() const;
    bool wants_back() const;
    outcome<void> settle(plan_entry& entry);
    outcome<void> settle_both_changed(plan_entry& entry);
    outcome<void> settle_undecided(plan_entry& entry);
    void set_in_conflict(plan_entry& entry);
    void set_content(plan_entry& entry, std::string text);
    digest keep(std::string text);

    plan_work& work_;
    std::string_view path_;
    const std::string& former_;
    const tree_file& file_;
    std::optional<file_data> here_;   ///< At the new path: the user moved it.
    std::optional<file_data> there_;  ///< At the former path.
    std::optional<std::string> old_base_;
    std::string mine_;                 ///< The user's text, under the new names.
    std::optional<std::string> base_;  ///< The last generated text, under the new names.
    std::vector<undecided_name> undecided_;
    std::string other_;  ///< The user's text, with the other names where they are undecided.
};

outcome<void> moving::see() {
    TRY_ASSIGN(sight here, look(work_.project, path_));
    TRY_ASSIGN(sight there, look(work_.project, former_));
    here_ = std::move(here.file);
    there_ = std::move(there.file);
    return keeps_base(file_.owner) ? see_base() : outcome<void>{};
}

outcome<void> moving::see_base() {
    old_base_ = work_.bases.find(former_);
    const std::string& beside = work_.before.files.at(former_).conflict;
    if (beside.empty()) return {};
    // A conflict that was resolved since: what was written beside is the base.
    auto written = work_.bases.find(waiting_name(former_));
    TRY_ASSIGN(const node_info info, work_.project.inspect(beside));
    if (info.kind == node_kind::absent && written) old_base_ = std::move(written);
    return {};
}

outcome<void> moving::take_names_over() {
    const std::string& raw = here_ ? here_->content : there_->content;
    if (old_base_ && raw == *old_base_) {
        mine_ = file_.content;
        base_ = file_.content;
        return {};
    }
    TRY_ASSIGN(const product_names* names, names_of(work_));
    std::optional<std::string_view> base;
    if (old_base_) base = *old_base_;
    carried_text made = carry_renames(*names, {path_, file_.subject, base, raw, file_.content});
    if (old_base_) base_ = std::move(made.base);
    const bool others = work_.wishes.on_conflict == conflict_policy::theirs;
    mine_ = std::move(others ? made.other : made.mine);
    if (work_.wishes.on_conflict == conflict_policy::mine || others) return {};
    undecided_ = std::move(made.undecided);
    other_ = std::move(made.other);
    return {};
}

bool moving::wants_back() const {
    for (const std::string& pattern : work_.wishes.restore) {
        if (matches_glob(pattern, path_)) return true;
    }
    return false;
}

plan_entry moving::start() const {
    plan_entry entry;
    entry.path = path_;
    entry.owner = file_.owner;
    entry.executable = file_.executable;
    entry.from = moved_file{former_, absent, 0};
    if (there_) entry.from = moved_file{former_, sha256(there_->content), there_->permissions};
    if (here_) {
        entry.before = sha256(here_->content);
        entry.before_mode = here_->permissions;
    }
    if (old_base_) entry.base = sha256(*old_base_);
    return entry;
}

/// The digest of a text that is neither on disk nor in the tree.
digest moving::keep(std::string text) {
    digest name = sha256(text);
    work_.made.contents.insert_or_assign(name, std::move(text));
    return name;
}

void moving::set_content(plan_entry& entry, std::string text) {
    entry.after = text == file_.content ? sha256(text) : keep(std::move(text));
    if (!here_) {
        entry.action = plan_action::move;
        entry.reason = renamed;
        return;
    }
    const bool writes = entry.after != entry.before;
    entry.action = writes ? merge : plan_action::keep;
    entry.reason = writes ? both_merged : caught_up;
    if (file_.owner == owner_class::seeded) entry.reason = seeded_once;
}

void moving::set_in_conflict(plan_entry& entry) {
    set_content(entry, here_ ? here_->content : mine_);
    if (here_) entry.action = conflict;
    entry.reason = both_changed;
    entry.new_base = base_ ? keep(*base_) : absent;
}

outcome<void> moving::settle_both_changed(plan_entry& entry) {
    const conflict_policy policy = work_.wishes.on_conflict;
    if (base_) {
        TRY_ASSIGN(combination made, combine(path_, {*base_, mine_, file_.content}, policy));
        if (made.clean && !undecided_.empty()) return settle_undecided(entry);
        if (made.clean || made.chosen) {
            set_content(entry, std::move(made.text));
            return {};
        }
        entry.hunks = std::move(made.hunks);
    } else if (policy == conflict_policy::mine || policy == conflict_policy::theirs) {
        set_content(entry, policy == conflict_policy::mine ? mine_ : file_.content);
        return {};
    } else {
        TRY_ASSIGN(entry.hunks, conflict_hunks(path_, std::nullopt, mine_, file_.content));
    }
    set_in_conflict(entry);
    TRY_ASSIGN(entry.beside, free_place(work_.project, path_, sha256(file_.content)));
    return {};
}

/// The file moves as it is but for the names that are certain; beside it is what it would be otherwise.
outcome<void> moving::settle_undecided(plan_entry& entry) {
    entry.hunks = hunks_of(undecided_);
    const bool seeded = file_.owner == owner_class::seeded;
    if (seeded) keep(other_);
    set_in_conflict(entry);
    TRY_ASSIGN(entry.beside, free_place(work_.project, path_, sha256(seeded ? other_ : file_.content)));
    return {};
}

outcome<void> moving::settle(plan_entry& entry) {
    if (file_.owner == owner_class::seeded) {
        entry.base = absent;
        if (here_) {
            // The user has moved it, and says what it is called.
            set_content(entry, here_->content);
            return {};
        }
        if (!undecided_.empty()) return settle_undecided(entry);
        set_content(entry, mine_);
        return {};
    }
    entry.new_base = sha256(file_.content);
    if (mine_ == file_.content || (base_ && mine_ == *base_)) {
        set_content(entry, file_.content);
    } else if (base_ && *base_ == file_.content) {
        set_content(entry, mine_);
    } else {
        return settle_both_changed(entry);
    }
    if (!undecided_.empty()) return settle_undecided(entry);
    return {};
}

outcome<void> moving::run() {
    TRY(see());
    plan_entry entry = start();
    if (here_ || there_) {
        TRY(take_names_over());
        TRY(settle(entry));
    } else if (wants_back()) {
        entry.action = create;
        entry.reason = restored;
        entry.after = sha256(file_.content);
        if (file_.owner != owner_class::seeded) entry.new_base = entry.after;
    } else {
        entry.action = respect;
        entry.reason = deleted_by_user;
        entry.base = absent;
    }
    work_.made.entries.push_back(std::move(entry));
    return {};
}

bool may_move(const plan_work& work, const std::string& path, const tree_file& file) {
    if (file.former.empty() || file.former == path || file.owner == owner_class::frozen) return false;
    const auto known = work.before.files.find(file.former);
    return known != work.before.files.end() && known->second.owner == file.owner && !work.before.files.contains(path) &&
           !work.files.files.contains(file.former);
}

}  // namespace

outcome<planned_moves> find_moves(const plan_work& work) {
    planned_moves moves;
    for (const auto& [path, file] : work.files.files) {
        if (!may_move(work, path, file)) continue;
        TRY_ASSIGN(const sight here, look(work.project, path));
        TRY_ASSIGN(const sight there, look(work.project, file.former));
        const bool both = here.file && there.file;
        const bool fits = !here.not_a_file && !here.blocked && !there.not_a_file;
        if (both || !fits || moves.gone.contains(file.former)) continue;
        moves.former.emplace(path, file.former);
        moves.gone.insert(file.former);
    }
    return moves;
}

outcome<void> judge_move(plan_work& work, std::string_view path, const std::string& former) {
    return moving(work, path, former).run();
}

}  // namespace tenon::gen
