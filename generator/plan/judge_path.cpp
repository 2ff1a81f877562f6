// Reading the sides of a path, judging them, and settling what the verdict leaves open.
#include "generator/plan/judge_path.hpp"

#include <algorithm>

#include "generator/plan/combine.hpp"
#include "generator/plan/conflict_markers.hpp"
#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

using enum plan_action;
using enum plan_reason;

digest digest_of(const std::optional<file_data>& file) {
    return file ? sha256(file->content) : absent;
}

failure half_merged(std::string_view path, std::size_t line) {
    return {failure_kind::malformed, std::string(path) + ":" + std::to_string(line) + " has git's conflict markers",
            "resolve them first; what was generated for it on both branches is in " + std::string(bases_path) +
                ", which you may leave as git left it"};
}

class judging {
  public:
    judging(plan_work& work, const path_to_judge& one)
        : work_(work), one_(one), owner_(one.file != nullptr ? one.file->owner : one.known->owner) {}

    outcome<void> run();

  private:
    outcome<void> see();
    outcome<void> see_beside();
    void see_base();
    bool is_as_generated() const;
    void weigh();
    void weigh_digests();
    bool knows(const digest& content) const;
    verdict find_verdict() const;
    plan_entry start(const verdict& found) const;
    outcome<void> settle(plan_entry& entry);
    outcome<carried_text> carried();
    outcome<void> settle_names(plan_entry& entry);
    bool is_carried_once() const;
    outcome<void> settle_seeded(plan_entry& entry);
    outcome<void> settle_both_changed(plan_entry& entry);
    void settle_unowned(plan_entry& entry);
    void take(plan_entry& entry, std::string text, plan_reason reason);
    outcome<void> settle_beside(plan_entry& entry);
    outcome<void> find_hunks_beside(plan_entry& entry);
    bool wants_back() const;
    void add(plan_entry entry) { work_.made.entries.push_back(std::move(entry)); }

    plan_work& work_;
    const path_to_judge& one_;
    owner_class owner_;
    std::optional<file_data> mine_;
    std::optional<std::string> base_;
    bool from_two_branches_ = false;  ///< Git could not merge the base: it is that of one of them.
    bool not_a_file_ = false;
    bool blocked_ = false;
    std::optional<file_data> waiting_;    ///< The file beside, of a conflict that is still open.
    std::optional<std::string> written_;  ///< What Tenon wrote there.
    bool waiting_untouched_ = false;
    bool resolved_ = false;  ///< The file beside is gone: the user has taken from it what was wanted.
    three_sides sides_;
};

outcome<void> judging::see() {
    TRY_ASSIGN(sight seen, look(work_.project, one_.path));
    mine_ = std::move(seen.file);
    not_a_file_ = seen.not_a_file;
    blocked_ = seen.blocked;
    return {};
}

/// What waits beside the file: what was generated for it, or, of a seeded one, names that a rename left undecided.
outcome<void> judging::see_beside() {
    const bool has_conflict = owner_ != owner_class::frozen && one_.known != nullptr && !one_.known->conflict.empty();
    if (!has_conflict) return {};
    TRY_ASSIGN(sight beside, look(work_.project, one_.known->conflict));
    waiting_ = std::move(beside.file);
    if (!keeps_waiting(owner_)) return {};
    written_ = work_.bases.find(waiting_name(one_.path));
    waiting_untouched_ = waiting_ && written_ && waiting_->content == *written_;
    resolved_ = !waiting_ && written_;
    return {};
}

void judging::see_base() {
    if (!keeps_waiting(owner_)) return;
    std::vector<std::string> texts = work_.bases.all(one_.path);
    if (resolved_) texts = {*written_};
    // A vendored file has a base only where a Tenon before kept one.
    if (texts.empty()) return;
    from_two_branches_ = texts.size() > 1;
    const auto is_one = [&](const std::string& text) {
        return std::find(texts.begin(), texts.end(), text) != texts.end();
    };
    base_ = texts.front();
    if (!from_two_branches_ || !mine_) return;
    // Any of them will do to merge by: both came before what is there now. Nobody has touched the file when it is one
    // of them, or what git makes of them.
    const auto sides = sides_of(mine_->content);
    if (is_one(mine_->content) || (sides && is_one(sides->ours) && is_one(sides->theirs))) base_ = mine_->content;
}

/// The common case, told without a digest but a vendored file's: all three sides are the same bytes.
bool judging::is_as_generated() const {
    if (one_.file == nullptr || one_.known == nullptr || !keeps_waiting(owner_) || !mine_) return false;
    const manifest_entry& known = *one_.known;
    if (known.deleted || !known.conflict.empty() || known.owner != owner_) return false;
    const bool wants_mode = mine_->executable != one_.file->executable && mine_->executable == known.executable;
    if (wants_mode || mine_->content != one_.file->content) return false;
    if (owner_ == owner_class::generated) return work_.bases.is_just(one_.path, one_.file->content);
    return known.digests.size() == 1 && known.digests.front() == sha256(one_.file->content);
}

void judging::weigh() {
    sides_.owner = owner_;
    sides_.mine = digest_of(mine_);
    sides_.base = base_ ? sha256(*base_) : absent;
    sides_.theirs = one_.file != nullptr ? sha256(one_.file->content) : absent;
    sides_.mine_executable = mine_ && mine_->executable;
    sides_.theirs_executable = one_.file != nullptr && one_.file->executable;
    if (one_.known == nullptr) return;
    sides_.base_executable = one_.known->executable;
    // Of a seeded file nothing is remembered but that it was written.
    if (owner_ == owner_class::seeded) sides_.base = sides_.mine != absent ? sides_.mine : sha256({});
    if (keeps_digests(owner_)) weigh_digests();
    // It was vendored when it was last generated.
    if (owner_ == owner_class::generated && !base_ && knows(sides_.mine)) {
        base_ = mine_->content;
        sides_.base = sides_.mine;
    }
}

bool judging::knows(const digest& content) const {
    const auto& digests = one_.known->digests;
    return std::find(digests.begin(), digests.end(), content) != digests.end();
}

/// Nobody has touched the file when it is as it was generated on some branch, or what git makes of two of those.
void judging::weigh_digests() {
    const auto& digests = one_.known->digests;
    if (digests.empty() || resolved_) return;
    const auto sides = mine_ && owner_ == owner_class::vendored ? sides_of(mine_->content) : std::nullopt;
    const bool is_gits = sides && knows(sha256(sides->ours)) && knows(sha256(sides->theirs));
    if (knows(sides_.mine) || is_gits) {
        sides_.base = sides_.mine;
    } else {
        sides_.base = knows(sides_.theirs) ? sides_.theirs : digests.front();
    }
}

bool judging::wants_back() const {
    return sides_.mine == absent && one_.file != nullptr && owner_ != owner_class::frozen &&
           std::any_of(work_.wishes.restore.begin(), work_.wishes.restore.end(),
                       [&](const std::string& pattern) { return matches_glob(pattern, one_.path); });
}

verdict judging::find_verdict() const {
    if (not_a_file_) return {error, not_a_file};
    const bool replaced = owner_ == owner_class::frozen && work_.wishes.replaced.contains(std::string(one_.path));
    if (replaced && sides_.mine != absent && sides_.mine == sides_.base && sides_.mine != sides_.theirs) {
        // The new one may get the number and the name of the old one.
        return {one_.file != nullptr ? update : remove, migration_replaced};
    }
    verdict found = judge(sides_);
    if (found.action == create && blocked_) return {error, not_a_file};
    if (found.action == respect && wants_back()) return {create, restored};
    // A tombstone whose base copy is gone as well: no longer generated for a while, and now it is again.
    const bool tombstone = one_.known != nullptr && one_.known->deleted;
    if (found.action == create && tombstone)
        return wants_back() ? verdict{create, restored} : verdict{respect, deleted_by_user};
    const bool unrecorded = one_.known == nullptr || tombstone;
    const bool as_generated = found == verdict{unchanged, same_content};
    const bool edited = found == verdict{keep, edited_by_user};
    const bool vendored = owner_ == owner_class::vendored;
    const bool has_two_digests = vendored && one_.known != nullptr && one_.known->digests.size() > 1;
    if (as_generated && (unrecorded || has_two_digests)) found.reason = caught_up;
    if ((as_generated || edited) && from_two_branches_) found.reason = caught_up;
    if (vendored && (found == verdict{keep, edited_by_user} || found == verdict{conflict, both_changed}))
        found.reason = vendored_edited;
    return found;
}

plan_entry judging::start(const verdict& found) const {
    plan_entry entry;
    entry.path = one_.path;
    entry.action = found.action;
    entry.reason = found.reason;
    entry.owner = owner_;
    entry.executable = one_.file != nullptr ? sides_.theirs_executable : sides_.base_executable;
    entry.before = entry.after = sides_.mine;
    entry.before_mode = mine_ ? mine_->permissions : 0;
    if (owner_ != owner_class::seeded) entry.base = entry.new_base = sides_.base;
    if (found.action == create || found.action == update) entry.after = sides_.theirs;
    if (found.action == remove) entry.after = absent;
    const bool takes_theirs = found.action == create || found.action == update || found.action == unchanged;
    if (takes_theirs && owner_ != owner_class::seeded) entry.new_base = sides_.theirs;
    const bool forgets = found.action == remove || (found.action == respect && one_.file == nullptr);
    if (forgets) entry.new_base = absent;
    return entry;
}

outcome<void> judging::run() {
    TRY(see());
    TRY(see_beside());
    if (is_as_generated()) {
        plan_entry entry;
        entry.path = one_.path;
        entry.owner = owner_;
        entry.executable = one_.file->executable;
        entry.before_mode = mine_->permissions;
        entry.before = entry.base = entry.after = entry.new_base = digest();
        add(std::move(entry));
        return {};
    }
    see_base();
    weigh();
    const bool nobody_has_it = !mine_ && !not_a_file_ && one_.file == nullptr && !waiting_;
    // A base that only one side of a merge has may be one that the other has dropped.
    const bool has_base =
        owner_ == owner_class::frozen || (keeps_base(owner_) && base_ && !work_.bases.is_of_one_side(one_.path));
    if (nobody_has_it && !has_base) return {};
    plan_entry entry = start(find_verdict());
    TRY(settle(entry));
    add(std::move(entry));
    return {};
}

/// The file gets `text`, which is neither side's alone; what is generated now becomes the base.
void judging::take(plan_entry& entry, std::string text, plan_reason reason) {
    entry.new_base = sides_.theirs;
    entry.reason = reason;
    if (mine_ && text == mine_->content) {
        entry.action = keep;
        if (reason == both_merged) entry.reason = caught_up;
        return;
    }
    entry.action = merge;
    entry.after = sha256(text);
    if (entry.after != sides_.theirs) work_.made.contents.insert_or_assign(entry.after, std::move(text));
}

/// A name that changes is carried into what the user wrote, before that is merged.
outcome<carried_text> judging::carried() {
    if (work_.files.renames.empty()) return carried_text{*base_, mine_->content, mine_->content, {}};
    TRY_ASSIGN(const product_names* names, names_of(work_));
    return carry_renames(*names, {one_.path, one_.file->subject, *base_, mine_->content, one_.file->content});
}

outcome<void> judging::settle_both_changed(plan_entry& entry) {
    const conflict_policy policy = work_.wishes.on_conflict;
    TRY_ASSIGN(const carried_text text, carried());
    const std::string& mine = policy == conflict_policy::theirs ? text.other : text.mine;
    TRY_ASSIGN(combination made, combine(one_.path, {text.base, mine, one_.file->content}, policy));
    const bool decides = policy == conflict_policy::mine || policy == conflict_policy::theirs;
    if (made.clean && (text.undecided.empty() || decides)) {
        const plan_reason decided = policy == conflict_policy::mine ? mine_chosen : theirs_chosen;
        take(entry, std::move(made.text), text.undecided.empty() ? both_merged : decided);
    } else if (made.chosen) {
        take(entry, std::move(made.text), policy == conflict_policy::mine ? mine_chosen : theirs_chosen);
    } else {
        // Markers that git left in what nobody edited are gone by now: the generator has its own opinion. Of what
        // somebody did edit, only they can say how it is meant.
        const auto line = from_two_branches_ ? find_conflict_markers(mine_->content) : std::nullopt;
        if (line && !find_conflict_markers(one_.file->content)) return half_merged(one_.path, *line);
        entry.hunks = made.clean ? hunks_of(text.undecided) : std::move(made.hunks);
    }
    return {};
}

/// What is generated is as it was, but the user's lines may name what has another name now.
outcome<void> judging::settle_names(plan_entry& entry) {
    const conflict_policy policy = work_.wishes.on_conflict;
    TRY_ASSIGN(carried_text text, carried());
    const bool decides = policy == conflict_policy::mine || policy == conflict_policy::theirs;
    if (!text.undecided.empty() && !decides) {
        entry = start({conflict, both_changed});
        entry.hunks = hunks_of(text.undecided);
        return {};
    }
    std::string& mine = policy == conflict_policy::theirs ? text.other : text.mine;
    if (mine != mine_->content) take(entry, std::move(mine), both_merged);
    return {};
}

/// A seeded file stays as it is, but for the names of its entity: what it calls would be gone.
bool judging::is_carried_once() const {
    return owner_ == owner_class::seeded && mine_ && !waiting_ && one_.file != nullptr && one_.known != nullptr &&
           work_.files.renamed_subjects.contains(one_.file->subject);
}

outcome<void> judging::settle_seeded(plan_entry& entry) {
    const conflict_policy policy = work_.wishes.on_conflict;
    const bool decides = policy == conflict_policy::mine || policy == conflict_policy::theirs;
    TRY_ASSIGN(const product_names* names, names_of(work_));
    const tree_file& file = *one_.file;
    const carried_text made =
        carry_renames(*names, {one_.path, file.subject, std::nullopt, mine_->content, file.content});
    const std::string& text = policy == conflict_policy::theirs ? made.other : made.mine;
    if (text != mine_->content) {
        entry.action = merge;
        entry.reason = renamed;
        entry.after = sha256(text);
        if (entry.after != sides_.theirs) work_.made.contents.insert_or_assign(entry.after, text);
    }
    if (decides || made.undecided.empty()) return {};
    if (entry.action != merge) entry.action = conflict;
    entry.reason = both_changed;
    entry.hunks = hunks_of(made.undecided);
    const digest other = sha256(made.other);
    work_.made.contents.insert_or_assign(other, made.other);
    TRY_ASSIGN(entry.beside, free_place(work_.project, one_.path, other));
    return {};
}

/// Where there is no base to merge by: a file of the user's own, or an edited part of the runtime.
void judging::settle_unowned(plan_entry& entry) {
    if (work_.wishes.on_conflict == conflict_policy::mine) take(entry, mine_->content, mine_chosen);
    // For editors, by an earlier Tenon, when it was none of the project's files.
    const bool is_old_schema =
        one_.path == "spec.schema.json" && mine_->content.find("urn:tenon:schema:spec") != std::string::npos;
    if (is_old_schema || work_.wishes.on_conflict == conflict_policy::theirs)
        take(entry, one_.file->content, theirs_chosen);
    if (entry.action == conflict) entry.hunks = {{1, {}, mine_->content, one_.file->content}};
}

outcome<void> judging::settle(plan_entry& entry) {
    if (is_carried_once()) return settle_seeded(entry);
    const bool edited = entry.action == keep && entry.reason == edited_by_user && owner_ == owner_class::generated;
    if (edited && !waiting_ && !work_.files.renames.empty()) {
        TRY(settle_names(entry));
    } else if (entry.action == conflict && entry.reason == both_changed) {
        TRY(settle_both_changed(entry));
    } else if (entry.action == conflict) {
        settle_unowned(entry);
    }
    if (waiting_) return settle_beside(entry);
    if (entry.action == conflict) {
        TRY_ASSIGN(entry.beside, free_place(work_.project, one_.path, sides_.theirs));
    }
    const bool quiet =
        entry.reason == edited_by_user || entry.reason == vendored_edited || entry.reason == same_content;
    if (resolved_ && quiet && (entry.action == keep || entry.action == unchanged)) entry.reason = conflict_resolved;
    return {};
}

/// What the file beside holds now is what counts, edited or not.
outcome<void> judging::find_hunks_beside(plan_entry& entry) {
    if (!mine_) return {};
    const auto base = keeps_base(owner_) ? base_ : std::nullopt;
    TRY_ASSIGN(entry.hunks, conflict_hunks(one_.path, base, mine_->content, waiting_->content));
    return {};
}

/// A file still waits beside this one, of an earlier conflict.
outcome<void> judging::settle_beside(plan_entry& entry) {
    const std::string& place = one_.known->conflict;
    const digest now = digest_of(waiting_);
    const bool is_news = now != sides_.theirs;
    if (entry.action == conflict && is_news && !waiting_untouched_) {
        const bool said_already = written_ && *written_ == one_.file->content;
        if (!said_already) {
            TRY_ASSIGN(entry.beside, free_place(work_.project, one_.path, sides_.theirs));
            return {};
        }
    }
    if (entry.action == conflict && is_news && waiting_untouched_) {
        entry.beside = beside_file{place, now, sides_.theirs};
        return {};
    }
    if (entry.action == conflict || !waiting_untouched_) {
        // Somebody may be at work on it: nothing moves until the file beside is gone.
        entry = start({keep, conflict_open});
        entry.beside = beside_file{place, now, now};
        return find_hunks_beside(entry);
    }
    entry.beside = beside_file{place, now, absent};
    const bool quiet = entry.reason == edited_by_user || entry.reason == vendored_edited ||
                       entry.reason == same_content || entry.reason == caught_up;
    if (quiet && (entry.action == keep || entry.action == unchanged)) entry.reason = conflict_closed;
    return {};
}

}  // namespace

outcome<void> judge_path(plan_work& work, const path_to_judge& one) {
    return judging(work, one).run();
}

}  // namespace tenon::gen
