// Exchange, look, and put back.
#include "generator/apply/replace.hpp"

#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

class placing {
  public:
    placing(filesystem& project, const change& c, std::vector<std::string>& kept)
        : project_(project), c_(c), staged_(temporary_path(c.path)), aside_(aside_path(c.path)), kept_(kept) {}

    outcome<placed> put(bool again);
    outcome<placed> take();

  private:
    outcome<digest> at(std::string_view path) { return digest_on_disk(project_, path); }
    bool is_out_of_reach();
    outcome<exchanged> swap();
    outcome<exchanged> swap_in_steps();
    outcome<void> mend_steps();
    outcome<placed> create();
    outcome<placed> look_at_displaced(const digest& displaced);
    outcome<void> keep_permissions();
    outcome<void> keep_beside(const std::string& from);

    filesystem& project_;
    const change& c_;
    std::string staged_;  ///< Holds the new content; after the exchange what was there.
    std::string aside_;
    std::vector<std::string>& kept_;
};

/// A save that has lost its place to a later one stays, under a name of its own.
outcome<void> placing::keep_beside(const std::string& from) {
    for (int number = 1;; ++number) {
        const std::string name = beside_path(c_.path, number);
        TRY_ASSIGN(const rename_result moved, project_.rename_new(from, name));
        if (moved == rename_result::occupied) continue;
        if (moved == rename_result::done) kept_.push_back(name);
        return {};
    }
}

outcome<exchanged> placing::swap() {
    TRY_ASSIGN(const exchanged done, project_.exchange(staged_, c_.path));
    return done == exchanged::unsupported ? swap_in_steps() : outcome<exchanged>(done);
}

/// The same with three renames: for a moment nothing is at the path.
outcome<exchanged> placing::swap_in_steps() {
    TRY_ASSIGN(const rename_result taken, project_.rename_new(c_.path, aside_));
    if (taken == rename_result::missing) return exchanged::missing;
    TRY_ASSIGN(const rename_result put, project_.rename_new(staged_, c_.path));
    if (put == rename_result::done) {
        TRY(project_.rename_new(aside_, staged_));
        return exchanged::done;
    }
    // Saved anew in that moment: what was there before is the older save.
    TRY_ASSIGN(const digest older, at(aside_));
    TRY(older == c_.before ? project_.remove(aside_) : keep_beside(aside_));
    return exchanged::missing;
}

/// Ends a `swap_in_steps` that was killed.
outcome<void> placing::mend_steps() {
    TRY_ASSIGN(const digest waiting, at(aside_));
    if (waiting == absent) return {};
    TRY_ASSIGN(const node_info staged, project_.inspect(staged_));
    if (staged.kind == node_kind::absent) {
        TRY(project_.rename_new(aside_, staged_));
        return {};
    }
    TRY_ASSIGN(const rename_result back, project_.rename_new(aside_, c_.path));
    if (back == rename_result::done) return {};
    return waiting == c_.before ? project_.remove(aside_) : keep_beside(aside_);
}

outcome<placed> placing::create() {
    TRY_ASSIGN(const rename_result put, project_.rename_new(staged_, c_.path));
    if (put == rename_result::done) return placed::done;
    TRY_ASSIGN(const digest now, at(c_.path));
    if (now != c_.after) return placed::changed;
    TRY(project_.remove(staged_));
    return placed::done;
}

/// The new file gets the permissions that the old one had at the end.
outcome<void> placing::keep_permissions() {
    if (c_.permissions) return {};
    TRY_ASSIGN(const node_info was, project_.inspect(staged_));
    TRY_ASSIGN(const node_info now, project_.inspect(c_.path));
    if (was.kind != node_kind::file || now.kind != node_kind::file) return {};
    const mode_t wanted = c_.executable ? with_executable(was.permissions, *c_.executable) : was.permissions;
    if (wanted == now.permissions) return {};
    auto set = project_.set_permissions(c_.path, wanted);
    if (set) return {};
    TRY_ASSIGN(const digest since, at(c_.path));
    return since == c_.after ? set : outcome<void>{};
}

/// After the exchange: the new content is in place, `displaced` is what was there.
outcome<placed> placing::look_at_displaced(const digest& displaced) {
    if (displaced == c_.before) {
        TRY(keep_permissions());
        TRY(project_.remove(staged_));
        return placed::done;
    }
    TRY_ASSIGN(const exchanged back, swap());
    if (back == exchanged::missing) {
        // Deleted since, or saved in that moment.
        TRY_ASSIGN(const rename_result put, project_.rename_new(staged_, c_.path));
        if (put == rename_result::occupied) TRY(keep_beside(staged_));
        return placed::changed;
    }
    TRY_ASSIGN(const digest since, at(staged_));
    if (since == c_.after || since == absent) return placed::changed;
    // Saved once more while the new content was there: the later save belongs in place.
    TRY(swap());
    TRY_ASSIGN(const digest earlier, at(staged_));
    if (earlier != absent) TRY(keep_beside(staged_));
    return placed::changed;
}

/// Whether the folder has become a link, through which nothing is touched.
bool placing::is_out_of_reach() {
    const auto seen = project_.inspect(staged_);
    return !seen && seen.error().kind == failure_kind::refused;
}

outcome<placed> placing::put(bool again) {
    if (is_out_of_reach()) return placed::changed;
    if (again) TRY(mend_steps());
    TRY_ASSIGN(const digest staged, at(staged_));
    if (staged == absent) return again ? placed::done : placed::changed;
    if (staged != c_.after) return look_at_displaced(staged);
    TRY_ASSIGN(const digest now, at(c_.path));
    if (now == c_.after) {
        TRY(project_.remove(staged_));
        return placed::done;
    }
    if (now != c_.before) return placed::changed;
    if (now == absent) return create();
    TRY_ASSIGN(const exchanged done, swap());
    if (done != exchanged::done) return placed::changed;
    TRY_ASSIGN(const digest displaced, at(staged_));
    return look_at_displaced(displaced);
}

outcome<placed> placing::take() {
    if (is_out_of_reach()) return placed::changed;
    TRY_ASSIGN(digest taken, at(staged_));
    if (taken == absent) {
        TRY_ASSIGN(const digest now, at(c_.path));
        if (now == absent) return placed::done;
        if (now != c_.before) return placed::changed;
        TRY_ASSIGN(const rename_result moved, project_.rename_new(c_.path, staged_));
        if (moved == rename_result::missing) return placed::done;
        TRY_ASSIGN(taken, at(staged_));
    }
    if (taken == c_.before) {
        TRY(project_.remove(staged_));
        return placed::done;
    }
    TRY_ASSIGN(const rename_result back, project_.rename_new(staged_, c_.path));
    if (back == rename_result::occupied) TRY(keep_beside(staged_));
    return placed::changed;
}

}  // namespace

outcome<placed> put_in_place(filesystem& project, const change& c, bool again, std::vector<std::string>& kept) {
    return placing(project, c, kept).put(again);
}

outcome<placed> take_away(filesystem& project, const change& c, std::vector<std::string>& kept) {
    return placing(project, c, kept).take();
}

std::string aside_path(std::string_view path) {
    const std::string_view directory = directory_of(path);
    const std::string name = "." + std::string(name_of(path)) + ".was.tenon-tmp";
    return directory.empty() ? name : std::string(directory) + "/" + name;
}

}  // namespace tenon::gen
