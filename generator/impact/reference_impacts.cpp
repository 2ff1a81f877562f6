// The difference of two records of refs.
#include "generator/impact/reference_impacts.hpp"

#include <utility>

namespace tenon::gen {
namespace {

reference_record with_new_names(const reference_record& before, const present_names& names) {
    const auto now = [](const std::map<std::string, std::string>& renamed, const std::string& was) {
        const auto found = renamed.find(was);
        return found == renamed.end() ? was : found->second;
    };
    reference_record out;
    for (auto [reference, rule] : before) {
        const auto dot = reference.find('.');
        const std::string moved = now(names.entities, reference.substr(0, dot)) + reference.substr(dot);
        rule.target = now(names.entities, rule.target);
        out.emplace(moved, rule);
    }
    for (const auto& [was, is] : names.fields) {
        // `was:` stays in the spec when the rename is long done.
        if (out.contains(is)) continue;
        auto node = out.extract(was);
        if (node.empty()) continue;
        node.key() = is;
        out.insert(std::move(node));
    }
    return out;
}

/// What became of records that refer to a deleted one.
std::string until_now(on_delete_rule rule) {
    const std::string out = "; until now ";
    if (rule == on_delete_rule::cascade) return out + "that went along";
    return out + (rule == on_delete_rule::set_null ? "the ref was emptied" : "that was refused (409)");
}

class comparing_rules {
  public:
    comparing_rules(const reference_record& before, const reference_record& after, const present_names& names)
        : before_(with_new_names(before, names)), after_(after), known_(names.known) {}

    std::vector<reference_impact> run() {
        for (const auto& [reference, is] : after_) {
            // Nobody deletes users, and nothing follows from it.
            if (is.target == "user") continue;
            const auto found = before_.find(reference);
            if (found != before_.end() && found->second.target == is.target)
                changed(reference, found->second, is);
            else
                added(reference, is);
        }
        return std::move(out_);
    }

  private:
    void add(const std::string& reference, const char* kind, severity level, std::string what) {
        out_.push_back({{kind, level, std::move(what)}, reference});
    }

    static std::string takes_along(const std::string& reference, const reference_rule& is) {
        return "whoever may delete '" + is.target + "' now deletes with it, without a right to, each '" +
               noun_of(reference) + "' that names it in '" + field_of(reference) + "'";
    }

    void changed(const std::string& reference, const reference_rule& was, const reference_rule& is) {
        const std::string noun = noun_of(reference), field = field_of(reference);
        if (is.rule != was.rule) {
            const std::string before = until_now(was.rule);
            const std::string deleting = "deleting '" + is.target + "' ";
            if (is.rule == on_delete_rule::cascade)
                add(reference, "deletion_cascades", severity::destructive, takes_along(reference, is) + before);
            else if (is.rule == on_delete_rule::restrict_)
                add(reference, "deletion_refused", severity::breaking,
                    deleting + "is refused (409) while a record of '" + noun + "' names it in '" + field + "'" +
                        before);
            else
                add(reference, "deletion_empties", severity::warning,
                    deleting + "empties '" + field + "' of each '" + noun + "' that names it" + before);
        }
        const std::string below = "'" + field + "' of '" + noun + "' below the record itself is ";
        if (is.tree && !was.tree) add(reference, "tree_added", severity::breaking, below + "refused (422) now");
        if (!is.tree && was.tree) add(reference, "tree_removed", severity::info, below + "no longer refused");
    }

    /// Nothing names anything by it yet: nothing is lost, and people may do what they could not all the same.
    void added(const std::string& reference, const reference_rule& is) {
        if (is.rule != on_delete_rule::cascade || !known_.contains(noun_of(reference)) || !known_.contains(is.target))
            return;
        add(reference, "deletion_cascades", severity::warning, takes_along(reference, is) + "; that ref is new");
    }

    static std::string noun_of(const std::string& reference) { return reference.substr(0, reference.find('.')); }
    static std::string field_of(const std::string& reference) { return reference.substr(reference.find('.') + 1); }

    reference_record before_;
    const reference_record& after_;
    const std::set<std::string>& known_;
    std::vector<reference_impact> out_;
};

}  // namespace

std::vector<reference_impact> compare_references(const reference_record& before, const reference_record& after,
                                                 const present_names& names) {
    return comparing_rules(before, after, names).run();
}

}  // namespace tenon::gen
