// The table of docs/plan-format.md, row by row.
#include "generator/plan/judge.hpp"

namespace tenon::gen {
namespace {

using enum plan_action;
using enum plan_reason;

verdict judge_seeded(const three_sides& s) {
    if (s.mine != absent) return {s.theirs == absent ? orphan : keep, seeded_once};
    if (s.base == absent) return {create, new_file};
    return {respect, deleted_by_user};
}

verdict judge_frozen(const three_sides& s) {
    if (s.base == absent) {
        if (s.mine == absent) return {create, new_file};
        return s.mine == s.theirs ? verdict{unchanged, caught_up} : verdict{error, frozen_edited};
    }
    if (s.mine == absent) return {error, frozen_missing};
    if (s.mine != s.base) return {error, frozen_edited};
    if (s.theirs == absent) return {keep, frozen_once};
    return s.theirs == s.base ? verdict{unchanged, same_content} : verdict{error, frozen_rewritten};
}

verdict judge_gone(const three_sides& s) {
    if (s.mine == absent) return {respect, deleted_by_user};
    if (s.mine == s.base) return {remove, no_longer_generated};
    return {orphan, edited_by_user};
}

verdict judge_same(const three_sides& s) {
    if (s.base != s.theirs) return {unchanged, caught_up};
    const bool user_changed_mode = s.mine_executable != s.base_executable;
    if (s.mine_executable != s.theirs_executable && !user_changed_mode) return {update, mode_changed};
    return {unchanged, same_content};
}

}  // namespace

verdict judge(const three_sides& s) {
    if (s.owner == owner_class::seeded) return judge_seeded(s);
    if (s.owner == owner_class::frozen) return judge_frozen(s);
    if (s.theirs == absent) return judge_gone(s);
    if (s.mine == absent) return s.base == absent ? verdict{create, new_file} : verdict{respect, deleted_by_user};
    if (s.mine == s.theirs) return judge_same(s);
    if (s.base == absent) return {conflict, unowned};
    if (s.mine == s.base) return {update, generated_changed};
    if (s.theirs == s.base) return {keep, edited_by_user};
    return {conflict, both_changed};
}

}  // namespace tenon::gen
