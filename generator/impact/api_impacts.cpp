// Finds the blocks of openapi.yaml that differ, has them compared, and puts findings together that say the same.
#include "generator/impact/api_impacts.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "generator/impact/operation_diff.hpp"

namespace tenon::gen {
namespace {

/// "/v1/library/tasks/{id}" -> "/v1/library/tasks"; paths without parameters stay as they are.
std::string route_of(const std::string& path) {
    return path.substr(0, path.find("/{"));
}

class api_diff {
  public:
    api_diff(std::string_view before, std::string_view after, const renamed_operations& renamed)
        : before_(before), after_(after), renamed_(renamed) {}

    std::vector<api_finding> run() {
        moves();
        routes(before_, after_, true);
        routes(after_, before_, false);
        for (const auto& [path, block] : before_.paths()) {
            const auto other = after_.paths().find(path);
            if (other != after_.paths().end() && other->second != block)
                compare_paths(before_, after_, path, path, found_);
        }
        for (const auto& [name, block] : before_.components()) {
            const auto other = after_.components().find(name);
            if (other != after_.components().end() && other->second != block) component(name);
        }
        if (before_.security() != after_.security()) {
            add("authentication_required", severity::breaking, "every operation", "needs other credentials by default");
        }
        return std::move(found_);
    }

  private:
    void add(const char* kind, severity level, std::string where, std::string what) {
        found_.push_back({kind, level, std::move(where), {}, std::move(what)});
    }

    /// The operations below routes that only `from` has -> their route.
    std::map<std::string, std::string> lone_operations(const api_document& from, const api_document& other) const {
        std::set<std::string> kept;
        for (const auto& [path, block] : other.paths()) kept.insert(route_of(path));
        std::map<std::string, std::string> out;
        for (const auto& [path, block] : from.paths()) {
            if (kept.contains(route_of(path))) continue;
            for (const std::string& id : operation_ids(from, path)) out.emplace(id, route_of(path));
        }
        return out;
    }

    /// A route that is gone while its operations stand below another one, which is new, has moved.
    void moves() {
        const auto gone = lone_operations(before_, after_), fresh = lone_operations(after_, before_);
        for (const auto& [id, old_route] : gone) {
            const auto renamed = renamed_.find(id);
            const auto found = fresh.find(renamed == renamed_.end() ? id : renamed->second);
            if (found == fresh.end() || moved_from_.contains(old_route) || moved_to_.contains(found->second)) continue;
            moved_from_.emplace(old_route, found->second);
            moved_to_.emplace(found->second, old_route);
            found_.push_back({"operation_moved",
                              severity::breaking,
                              old_route,
                              {},
                              "moved to " + found->second + ", with everything below it",
                              found->second});
        }
        for (const auto& [path, block] : before_.paths()) {
            const std::string now = path_in(moved_from_, path);
            if (!now.empty() && after_.paths().contains(now)) compare_paths(before_, after_, path, now, found_);
        }
    }

    /// What a path is called on the other side of a move; empty when its route has not moved.
    static std::string path_in(const std::map<std::string, std::string>& moves, const std::string& path) {
        const std::string route = route_of(path);
        const auto found = moves.find(route);
        return found == moves.end() ? std::string() : found->second + path.substr(route.size());
    }

    /// Paths that only `from` has. A route that goes or comes with all that is below it is one finding.
    void routes(const api_document& from, const api_document& other, bool gone) {
        std::set<std::string> kept;
        for (const auto& [path, block] : other.paths()) kept.insert(route_of(path));
        for (const auto& [route, to] : gone ? moved_from_ : moved_to_) kept.insert(route);
        std::set<std::string> whole;
        for (const auto& [path, block] : from.paths()) {
            const std::string moved = path_in(gone ? moved_from_ : moved_to_, path);
            if (other.paths().contains(moved.empty() ? path : moved)) continue;
            const std::string route = route_of(path);
            if (kept.contains(route)) {
                list_operations(from, path, gone, found_);
            } else if (whole.insert(route).second) {
                add(gone ? "operation_removed" : "operation_added", gone ? severity::breaking : severity::info, route,
                    gone ? "is gone, with everything below it" : "is new");
            }
        }
    }

    void component(const std::string& name) {
        const auto slash = name.find('/');
        const std::string kind = name.substr(0, slash), bare = name.substr(slash + 1);
        if (kind == "parameters") {
            compare_parameters(before_, after_, before_.component(name), after_.component(name), "every operation",
                               found_);
        } else if (kind == "responses") {
            compare_answers(before_, after_, before_.component(name), after_.component(name), "the answer " + bare,
                            found_);
        } else if (kind == "schemas") {
            schema(name, bare);
        }
    }

    void schema(const std::string& name, const std::string& bare) {
        const auto used_before = before_.schema_usage().find(bare), used_after = after_.schema_usage().find(bare);
        if (used_before == before_.schema_usage().end() || used_after == after_.schema_usage().end()) return;
        schema_diff diff(before_, after_, found_);
        const YAML::Node &was = before_.component(name), &is = after_.component(name);
        if (used_before->second.request && used_after->second.request) diff.compare(was, is, flow::request, bare, {});
        if (used_before->second.response && used_after->second.response)
            diff.compare(was, is, flow::response, bare, {});
    }

    api_document before_, after_;
    const renamed_operations& renamed_;
    std::map<std::string, std::string> moved_from_, moved_to_;  ///< Old route -> new route, and back.
    std::vector<api_finding> found_;
};

/// The same difference in several schemas (NewTask and TaskChanges) is told once.
std::vector<api_finding> told_once(std::vector<api_finding> all) {
    using what = std::tuple<std::string, severity, std::string, std::string>;
    std::map<what, std::size_t> known;
    std::vector<api_finding> out;
    for (api_finding& one : all) {
        const auto [at, fresh] = known.emplace(what{one.kind, one.level, one.member, one.what}, out.size());
        if (fresh || one.member.empty()) {
            out.push_back(std::move(one));
        } else if (out[at->second].where.find(one.where) == std::string::npos) {
            out[at->second].where += ", " + one.where;
        }
    }
    return out;
}

}  // namespace

std::vector<api_finding> compare_api(std::string_view before, std::string_view after,
                                     const renamed_operations& renamed) {
    if (before == after) return {};
    try {
        return told_once(api_diff(before, after, renamed).run());
    } catch (const std::exception& wrong) {
        return {{"api_not_compared",
                 severity::warning,
                 "openapi.yaml",
                 {},
                 std::string("could not be compared with what it was: ") + wrong.what()}};
    }
}

}  // namespace tenon::gen
