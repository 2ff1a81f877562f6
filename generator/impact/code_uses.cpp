// Looks each name and each call of a member up in the table of what changed.
#include "generator/impact/code_uses.hpp"

#include <algorithm>
#include <array>

#include "generator/impact/cpp_words.hpp"
#include "generator/rename/tokens.hpp"
#include "generator/support/among.hpp"

namespace tenon::gen {
namespace {

const changed_name* find_change(name_kind kind, std::string_view was) {
    for (const changed_name& one : changed_names()) {
        if (one.kind == kind && one.was == was) return &one;
    }
    return nullptr;
}

/// What changed and has the name in it: "tenon::http::route" of "tenon::http::route::any_handler".
const changed_name* find_around(std::string_view full) {
    for (auto end = full.rfind("::"); end != std::string_view::npos; end = full.rfind("::")) {
        full = full.substr(0, end);
        if (const changed_name* found = find_change(name_kind::name, full)) return found;
    }
    return nullptr;
}

/// "tenon/http/call.hpp" of a line that includes it; empty for any other line.
std::string_view included(const token_line& line) {
    if (line.tokens.size() < 3 || line.tokens[0].text != "#" || line.tokens[1].text != "include") return {};
    const std::string_view open = line.tokens[2].text.substr(0, 1);
    if (open != "<" && open != "\"") return {};
    const auto from = static_cast<std::size_t>(line.tokens[2].text.data() - line.text.data()) + 1;
    const auto to = line.text.find(open == "<" ? '>' : '"', from);
    return to == std::string_view::npos ? std::string_view() : line.text.substr(from, to - from);
}

void find_includes(std::vector<code_use>& all, const std::vector<cpp_line>& lines) {
    for (const auto& [number, line] : lines) {
        const changed_name* what = find_change(name_kind::header, included(line));
        if (what != nullptr) all.push_back({number, what});
    }
}

constexpr std::array<std::string_view, 6> hooks{"before_create", "after_create",  "before_update",
                                                "after_update",  "before_delete", "after_delete"};
constexpr std::array<std::string_view, 3> calls{"open_call", "user_call", "tenant_call"};

class use_finder {
  public:
    explicit use_finder(const std::vector<cpp_line>& lines) : words_(cpp_words(lines)), scope_(words_) {}

    void find(std::vector<code_use>& all) {
        find_services();
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const changed_name* what = name_change(i);
            if (what == nullptr) what = member_change(i);
            if (what == nullptr) what = hooks_change(i);
            if (what != nullptr) all.push_back({words_[i].line, what});
        }
    }

  private:
    bool is(std::size_t at, std::string_view text) const { return at < words_.size() && words_[at].text == text; }

    /// What one of its meanings is, if that changed.
    const changed_name* name_change(std::size_t at) const {
        const auto name = name_at(words_, at);
        if (!name) return nullptr;
        for (const name_scope::meaning& one : scope_.meanings(*name)) {
            if (is_first_of_hook(at)) {
                if (const auto* hook = find_change(name_kind::hook_parameter, one.full)) return hook;
            }
            if (reads_request(name->end)) {
                if (const auto* reader = find_change(name_kind::request_reader, one.full)) return reader;
            }
            const changed_name* plain = find_change(name_kind::name, one.full);
            if (plain == nullptr && !one.by_using_namespace) plain = find_around(one.full);
            if (plain == nullptr) continue;
            if (!one.by_using_namespace || !name->is_short() || is_told_by_space(*plain, name->text)) return plain;
        }
        return nullptr;
    }

    /// Whether a short name is this one, and not the one that replaced it or any that has nothing to do with it.
    bool is_told_by_space(const changed_name& what, std::string_view name) const {
        const bool moved = what.now.starts_with("tenon::") && what.now.ends_with("::" + std::string(name));
        if (!moved) return name.find('_') != std::string_view::npos;
        return !scope_.uses_namespace(what.now.substr(0, what.now.size() - name.size() - 2));
    }

    bool is_first_of_hook(std::size_t at) const {
        std::size_t before = at;
        while (before > 0 && (is(before - 1, "::") || is(before - 1, "const"))) --before;
        return before > 1 && is(before - 1, "(") && is_among(words_[before - 2].text, hooks);
    }

    /// "(call.request())" begins at `at`, or "(call.request(),".
    bool reads_request(std::size_t at) const {
        if (!is(at, "(")) return false;
        const std::size_t member = past_access(at + 2);
        return member > 0 && is(member, "request") && is(member + 1, "(") && is(member + 2, ")") &&
               (is(member + 3, ")") || is(member + 3, ","));
    }

    /// Past "." or "->" at a place; 0 where there is neither.
    std::size_t past_access(std::size_t at) const {
        if (is(at, ".")) return at + 1;
        return is(at, "-") && is(at + 1, ">") ? at + 2 : 0;
    }

    bool is_call(const std::string& object) const {
        return std::any_of(calls.begin(), calls.end(),
                           [&](std::string_view type) { return scope_.objects_of(type).contains(object); });
    }
    bool is_context(const std::string& object) const { return scope_.objects_of("context").contains(object); }

    /// "auto& all = call.services()": `all` is one, like whatever is declared as `services&`.
    void find_services() {
        services_ = scope_.objects_of("services");
        for (std::size_t i = 0; i + 2 < words_.size(); ++i) {
            if (!words_[i].is_name || !is(i + 1, "=")) continue;
            if (const std::size_t end = past_services(i + 2); end > 0 && is(end, ";"))
                services_.emplace(words_[i].text);
        }
    }

    /// Past "call.services()" at a place; 0 where it is something else.
    std::size_t past_services(std::size_t at) const {
        if (at >= words_.size() || !words_[at].is_name) return 0;
        const std::string object(words_[at].text);
        if (!is_call(object) && !is_context(object)) return 0;
        const std::size_t member = past_access(at + 1);
        return member > 0 && is(member, "services") && is(member + 1, "(") && is(member + 2, ")") ? member + 3 : 0;
    }

    /// Of the function that is called on the object at a place.
    const changed_name* called_on(std::size_t object_end, name_kind kind) const {
        const std::size_t member = past_access(object_end);
        if (member == 0 || member >= words_.size() || !is(member + 1, "(")) return nullptr;
        return find_change(kind, words_[member].text);
    }

    const changed_name* member_change(std::size_t at) const {
        if (!words_[at].is_name) return nullptr;
        const std::string object(words_[at].text);
        if (const std::size_t end = past_services(at)) {
            if (const auto* what = called_on(end, name_kind::service_member)) return what;
        }
        if (services_.contains(object)) {
            if (const auto* what = called_on(at + 1, name_kind::service_member)) return what;
        }
        if (is_call(object)) return called_on(at + 1, name_kind::call_member);
        return is_context(object) ? called_on(at + 1, name_kind::context_member) : nullptr;
    }

    bool ends(std::size_t at, std::string_view end) const {
        return at < words_.size() && words_[at].text.ends_with(end);
    }

    /// "shop::hooks::task_hooks& shop::hooks::of_tasks() {", at its last name, and the static object that begins it.
    const changed_name* hooks_change(std::size_t at) const {
        if (gives_hooks(at)) return find_change(name_kind::hooks_in_use, "of_tasks");
        if (at < 4 || !is(at, "static") || !gives_hooks(at - 4)) return nullptr;
        std::size_t type = at + 1;
        while (is(type + 1, "::")) type += 2;
        const bool is_object = ends(type, "_hooks_in_use") && is(type + 1, "<");
        return is_object ? find_change(name_kind::hooks_in_use, "task_hooks_in_use") : nullptr;
    }

    bool gives_hooks(std::size_t at) const {
        if (at < 4 || at >= words_.size() || !words_[at].text.starts_with("of_")) return false;
        if (!is(at - 1, "::") || !is(at - 2, "hooks")) return false;
        std::size_t first = at - 2;
        while (first > 1 && is(first - 1, "::")) first -= 2;
        const bool has_type = first > 1 && is(first - 1, "&") && ends(first - 2, "_hooks");
        return has_type && is(at + 1, "(") && is(at + 2, ")") && is(at + 3, "{");
    }

    std::vector<cpp_word> words_;
    name_scope scope_;
    std::set<std::string> services_;
};

std::string sentence(const changed_name& what) {
    const std::string was(what.was), now(what.now);
    switch (what.kind) {
        case name_kind::header:
            return "the header <" + was + "> is gone; instead: " + now;
        case name_kind::name:
            return was + " is gone; instead: " + now;
        case name_kind::call_member:
            return "a call has no " + was + "(); instead: " + now;
        case name_kind::service_member:
            return "call.services() has no " + was + "(); instead: " + now;
        case name_kind::context_member:
            return "an operation's context has no " + was + "(); instead: " + now;
        case name_kind::hook_parameter:
            return "a hook is not given a " + was + "; instead: " + now;
        case name_kind::hooks_in_use:
            return "the hooks in use are made when the service starts; instead: " + now;
        case name_kind::request_reader:
            return was + " does not take a request; instead: " + now;
    }
    return {};
}

std::string_view impact_kind_of(name_kind kind) {
    if (kind == name_kind::header) return "header_removed";
    const bool changed =
        kind == name_kind::hook_parameter || kind == name_kind::request_reader || kind == name_kind::hooks_in_use;
    return changed ? "signature_changed" : "name_removed";
}

}  // namespace

std::vector<code_use> find_code_uses(std::string_view text) {
    // Every changed name has the namespace or the folder in it, members belong to types that have, and hooks in use
    // are called so.
    const bool may_have = text.find("tenon") != std::string_view::npos || text.find("_hooks_in_use") != text.npos;
    if (!may_have) return {};
    std::vector<code_use> all;
    const std::vector<cpp_line> lines = compiled_lines(text);
    find_includes(all, lines);
    use_finder(lines).find(all);
    std::stable_sort(all.begin(), all.end(), [](const code_use& a, const code_use& b) { return a.line < b.line; });
    return all;
}

std::vector<impact> code_impacts(const std::map<std::string, std::string>& sources) {
    std::vector<impact> all;
    for (const auto& [path, text] : sources) {
        for (const code_use& one : find_code_uses(text)) {
            impact told{std::string(impact_kind_of(one.what->kind)), severity::breaking, sentence(*one.what), 0};
            told.path = path;
            told.line = one.line;
            all.push_back(std::move(told));
        }
    }
    return all;
}

}  // namespace tenon::gen
