// Base copies follow from the entries that are applied.
#include "generator/apply/base_store.hpp"

namespace tenon::gen {
namespace {

/// What is to be kept of the content beside a file once the entry is applied.
digest waiting_copy(const plan_entry& e) {
    return e.beside ? e.beside->after : absent;
}

outcome<void> forget(std::vector<change>& changes, filesystem& project, const std::string& path) {
    TRY(want_content(changes, project, base_copy_path(path), absent));
    return want_content(changes, project, waiting_copy_path(path), absent);
}

outcome<void> append_base_changes(std::vector<change>& changes, filesystem& project, const plan_entry& e,
                                  const manifest& before) {
    if (e.from) {
        TRY(forget(changes, project, e.from->path));
    }
    const auto known = before.files.find(e.path);
    const bool had_waiting = known != before.files.end() && !known->second.conflict.empty();
    const bool had_base = known != before.files.end() && keeps_base(known->second.owner);
    if (!keeps_base(e.owner)) {
        if (had_base) TRY(forget(changes, project, e.path));
        return {};
    }
    TRY(want_content(changes, project, base_copy_path(e.path), e.new_base));
    if (had_waiting || waiting_copy(e) != absent) {
        TRY(want_content(changes, project, waiting_copy_path(e.path), waiting_copy(e)));
    }
    return {};
}

}  // namespace

std::map<std::string, digest> base_copies(const std::vector<plan_entry>& entries) {
    std::map<std::string, digest> copies;
    for (const plan_entry& e : entries) {
        if (!keeps_base(e.owner)) continue;
        if (e.new_base != absent) copies.emplace(base_copy_path(e.path), e.new_base);
        if (waiting_copy(e) != absent) copies.emplace(waiting_copy_path(e.path), waiting_copy(e));
    }
    return copies;
}

outcome<std::vector<change>> base_changes(filesystem& project, const std::vector<plan_entry>& entries,
                                          const manifest& before) {
    std::vector<change> changes;
    for (const plan_entry& e : entries) {
        if (!is_pending(e)) continue;
        const std::size_t first = changes.size();
        TRY(append_base_changes(changes, project, e, before));
        for (std::size_t i = first; i < changes.size(); ++i) {
            if (changes[i].path != base_copy_path(spec_path)) changes[i].of = e.path;
        }
    }
    return changes;
}

}  // namespace tenon::gen
