// The bases follow from the entries that are applied.
#include "generator/apply/base_store.hpp"

#include "generator/apply/journal.hpp"

namespace tenon::gen {
namespace {

/// What is to be kept of the content beside a file once the entry is applied.
digest waiting_text(const plan_entry& e) {
    return e.beside && keeps_waiting(e.owner) ? e.beside->after : absent;
}

class next_texts {
  public:
    next_texts(const base_texts& before, const content_source& contents)
        : contents_(contents), texts_(before.texts()) {}

    outcome<void> apply(const plan_entry& e) {
        if (e.from) {
            texts_.erase(e.from->path);
            texts_.erase(waiting_name(e.from->path));
        }
        TRY(set(e.path, keeps_base(e.owner) ? e.new_base : absent));
        return set(waiting_name(e.path), waiting_text(e));
    }

    std::map<std::string, std::string> take(const manifest& after) {
        std::erase_if(texts_, [&](const auto& one) { return !is_needed(one.first, after); });
        return std::move(texts_);
    }

  private:
    outcome<void> set(const std::string& name, const digest& wanted) {
        if (wanted == absent) {
            texts_.erase(name);
            return {};
        }
        TRY_ASSIGN(texts_[name], contents_(wanted));
        return {};
    }

    static bool is_needed(const std::string& name, const manifest& after) {
        const auto known = after.files.find(name);
        if (known != after.files.end()) return keeps_base(known->second.owner);
        const auto beside = after.files.find(name.substr(0, name.rfind(".new")));
        return beside != after.files.end() && keeps_waiting(beside->second.owner) && !beside->second.conflict.empty();
    }

    const content_source& contents_;
    std::map<std::string, std::string> texts_;
};

}  // namespace

std::map<std::string, digest> first_bases(const std::vector<plan_entry>& entries) {
    std::map<std::string, digest> bases;
    for (const plan_entry& e : entries) {
        if (keeps_base(e.owner) && e.new_base != absent) bases.emplace(e.path, e.new_base);
        if (waiting_text(e) != absent) bases.emplace(waiting_name(e.path), waiting_text(e));
    }
    return bases;
}

outcome<std::map<std::string, std::string>> next_bases(const base_texts& before, const std::vector<plan_entry>& applied,
                                                       const manifest& after, const content_source& contents) {
    next_texts next(before, contents);
    for (const plan_entry& e : applied) {
        if (is_pending(e)) TRY(next.apply(e));
    }
    return next.take(after);
}

outcome<void> want_bases(std::vector<change>& changes, filesystem& project, const base_texts& before,
                         const digest& wanted) {
    TRY(want_content(changes, project, bases_path, wanted));
    // Only once the one text is there: killed in between, each base is still in one of the two places.
    for (const std::string& path : before.former_files()) {
        if (may_write(path)) changes.push_back({change::kind::remove, path, absent, absent});
    }
    return {};
}

}  // namespace tenon::gen
