// The difference of two permission matrices, role by role.
#include "generator/impact/access_impacts.hpp"

#include <algorithm>
#include <set>

namespace tenon::gen {
namespace {

using row = std::map<std::string, decision>;

std::set<std::string> labels_of(const access_matrix& matrix) {
    std::set<std::string> out;
    for (const auto& [role, permissions] : matrix) {
        for (const auto& [label, allowed] : permissions) out.insert(label);
    }
    return out;
}

/// "task" of "task:read".
std::string noun_of(const std::string& label) {
    return label.substr(0, label.find(':'));
}

std::set<std::string> nouns_of(const std::set<std::string>& labels) {
    std::set<std::string> out;
    for (const std::string& label : labels) out.insert(noun_of(label));
    return out;
}

/// Takes a mark such as that of newcomers out of a matrix: its roles, several only where branches were merged.
std::string take_mark(access_matrix& matrix, std::string_view mark_label) {
    std::string out;
    for (auto& [role, permissions] : matrix) {
        const auto mark = permissions.find(std::string(mark_label));
        if (mark == permissions.end()) continue;
        if (mark->second == decision::allowed) out += (out.empty() ? "'" : " or '") + role + "'";
        permissions.erase(mark);
    }
    return out;
}

access_matrix with_new_names(const access_matrix& matrix, const std::map<std::string, std::string>& renamed) {
    access_matrix out;
    for (const auto& [role, permissions] : matrix) {
        row& to = out[role];
        for (const auto& [label, allowed] : permissions) {
            const auto colon = label.find(':');
            const auto found = renamed.find(label.substr(0, colon));
            const bool moves = colon != std::string::npos && found != renamed.end();
            to[moves ? found->second + label.substr(colon) : label] = allowed;
        }
    }
    return out;
}

decision in(const row& permissions, const std::string& label) {
    const auto found = permissions.find(label);
    return found == permissions.end() ? decision::denied : found->second;
}

impact grant(const std::string& role, const std::string& label, decision before, decision after) {
    const std::string what = "the role '" + role + "' ";
    if (before == decision::denied) {
        const std::string limit = after == decision::own ? ", on own records only" : "";
        return {"grant_added", severity::warning, what + "may now do " + label + limit};
    }
    if (after == decision::denied) return {"grant_removed", severity::breaking, what + "may no longer do " + label};
    if (after == decision::own) {
        return {"grant_narrowed", severity::breaking, what + "may do " + label + " on own records only"};
    }
    return {"grant_widened", severity::warning,
            what + "may now do " + label + " on every record, not only on own ones"};
}

class comparing {
  public:
    comparing(access_matrix before, access_matrix after)
        : old_newcomers_(take_mark(before, newcomers_label)),
          new_newcomers_(take_mark(after, newcomers_label)),
          old_founder_(take_mark(before, founder_label)),
          new_founder_(take_mark(after, founder_label)),
          before_(std::move(before)),
          after_(std::move(after)),
          old_labels_(labels_of(before_)),
          new_labels_(labels_of(after_)),
          old_nouns_(nouns_of(old_labels_)),
          new_nouns_(nouns_of(new_labels_)) {}

    std::vector<access_impact> run() {
        newcomers();
        founder();
        roles();
        permissions();
        return std::move(out_);
    }

  private:
    /// Records of earlier versions do not say what newcomers were.
    void newcomers() {
        if (old_newcomers_.empty() || old_newcomers_ == new_newcomers_) return;
        out_.push_back({{"newcomers_changed", severity::warning,
                         "new members become " + new_newcomers_ + ", no longer " + old_newcomers_},
                        {},
                        std::string(newcomers_label)});
    }

    /// The founder's role grants every role, and a tenant keeps at least one with it: tenants of before may have none.
    void founder() {
        if (old_founder_.empty() || old_founder_ == new_founder_) return;
        out_.push_back({{"founder_changed", severity::warning,
                         "the founder's role is " + new_founder_ + ", no longer " + old_founder_ +
                             ": its members may now give every role, and existing tenants may have nobody with it"},
                        {},
                        std::string(founder_label)});
    }

    void roles() {
        for (const auto& [role, permissions] : after_) {
            const auto known = before_.find(role);
            if (known != before_.end()) {
                grants(role, known->second, permissions);
                continue;
            }
            const auto has = std::count_if(permissions.begin(), permissions.end(),
                                           [](const auto& one) { return one.second != decision::denied; });
            const std::string rights = std::to_string(has) + " of " + std::to_string(permissions.size()) + " rights";
            out_.push_back({{"role_added", has > 0 ? severity::warning : severity::info,
                             "the role '" + role + "' is new, with " + rights},
                            role,
                            {}});
        }
        for (const auto& [role, permissions] : before_) {
            if (after_.contains(role)) continue;
            out_.push_back(
                {{"role_removed", severity::breaking,
                  "the role '" + role +
                      "' is gone: its members can do nothing until they have another one (docs/rights.md, 'Renaming or "
                      "dropping a role')"},
                 role,
                 {}});
        }
    }

    /// Of permissions that come or go with their entity, the roles are not listed one by one.
    void grants(const std::string& role, const row& before, const row& after) {
        for (const auto& [label, allowed] : after) {
            const decision was = in(before, label);
            if (was != allowed && old_nouns_.contains(noun_of(label)))
                out_.push_back({grant(role, label, was, allowed), role, label});
        }
        for (const auto& [label, was] : before) {
            if (was == decision::denied || after.contains(label) || !new_nouns_.contains(noun_of(label))) continue;
            out_.push_back({grant(role, label, was, decision::denied), role, label});
        }
    }

    void permissions() {
        for (const std::string& label : new_labels_) {
            if (old_labels_.contains(label)) continue;
            out_.push_back({{"permission_added", severity::info, "the right " + label + " is new"}, {}, label});
        }
        for (const std::string& label : old_labels_) {
            if (new_labels_.contains(label)) continue;
            out_.push_back(
                {{"permission_removed", severity::info, "the right " + label + " is gone: no role has it"}, {}, label});
        }
    }

    std::string old_newcomers_, new_newcomers_, old_founder_, new_founder_;
    access_matrix before_, after_;
    std::set<std::string> old_labels_, new_labels_;
    std::set<std::string> old_nouns_, new_nouns_;
    std::vector<access_impact> out_;
};

}  // namespace

std::vector<access_impact> compare_access(const access_matrix& before, const access_matrix& after,
                                          const std::map<std::string, std::string>& renamed) {
    return comparing(with_new_names(before, renamed), after).run();
}

}  // namespace tenon::gen
