// Create, then edit, change, regenerate, apply, and look; now and then undo.
#include "history.hpp"

#include <algorithm>
#include <stdexcept>

#include "compiler.hpp"
#include "generator/apply/undo.hpp"
#include "generator/merge/text_merge.hpp"
#include "git_program.hpp"
#include "product.hpp"
#include "spec_maker.hpp"
#include "user.hpp"

namespace tenon::gen {
namespace {

class broken : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

void hold(bool holds, const std::string& what) {
    if (!holds) throw broken(what);
}

using nodes = std::map<std::string, memory_node, std::less<>>;

bool has_crlf_or_open_end(const std::string& text) {
    return text.find('\r') != std::string::npos || !text.ends_with('\n');
}

/// Kinds that are merged by more than lines, or hold regions.
bool is_plain_kind(const std::string& path, const std::string& text) {
    const bool structured = path.ends_with(".json") || path.ends_with("yaml") || path.ends_with("CMakeLists.txt") ||
                            path.find(".env") != std::string::npos;
    return !structured && text.find("tenon:begin") == std::string::npos;
}

class history {
  public:
    explicit history(std::uint64_t seed) : dice_(seed), user_(dice_) {}

    history_report run() {
        try {
            spec_ = first_spec(dice_);
            step("create");
            product_.create(to_yaml(spec_));
            for (std::size_t rounds = 2 + dice_.below(2); rounds-- > 0;) round();
        } catch (const std::exception& wrong) {
            report_.broken = wrong.what();
        }
        return std::move(report_);
    }

    history_report run_compiled() {
        try {
            spec_ = first_spec(dice_);
            step("create");
            product_.create(to_yaml(spec_));
            for (int rounds = 6; rounds-- > 0;) round_of_names();
            compile();
        } catch (const std::exception& wrong) {
            report_.broken = wrong.what();
        }
        return std::move(report_);
    }

  private:
    void round_of_names() {
        for (const made_entity& entity : spec_.entities) {
            talk();
            step(user_.write_code(product_.disk, entity));
        }
        const made_spec old = spec_;
        step(change_names(spec_, dice_));
        const std::set<std::string> words = user::words_in(product_.disk);
        const auto planned = product_.generate(to_yaml(spec_));
        if (!planned) {
            step("refused");
            ++report_.refused;
            spec_ = old;
            return;
        }
        for (const plan_entry& e : planned->content.entries) {
            hold(!needs_attention(e), "not decided: " + e.path);
            report_.moves += e.action == plan_action::move ? 1 : 0;
        }
        product_.apply();
        ++report_.applied;
        nothing_is_lost(words);
        second_plan_is_empty();
        for (const made_entity& entity : spec_.entities) user_.follow(product_.disk, entity);
    }

    void compile() {
        step("compile");
        const std::string errors = compile_errors(product_.disk);
        hold(errors.empty(), "it does not compile: " + errors);
    }

    void talk() {
        std::vector<std::string> names;
        for (const made_entity& entity : spec_.entities) {
            names.push_back(entity.name);
            for (const made_field& field : entity.fields) names.push_back(field.name);
        }
        user_.talk_of(std::move(names));
    }

    void step(std::string what) { report_.steps.push_back(std::move(what)); }

    void round() {
        talk();
        for (std::size_t edits = dice_.below(10); edits-- > 0;) step(user_.edit(product_.disk));
        const made_spec old = spec_;
        for (std::size_t changes = 1 + dice_.below(2); changes-- > 0;) step(change_spec(spec_, dice_));
        const nodes before = product_.disk.nodes;
        const auto planned = product_.generate(to_yaml(spec_));
        if (!planned) {
            hold(product_.disk.nodes == before, "a refused evolution changed the project");
            step("refused");
            ++report_.refused;
            spec_ = old;
            return;
        }
        planning_writes_only_the_plan(before);
        merges_are_gits(*planned);
        const nodes saved = product_.disk.nodes;
        const std::set<std::string> words = user::words_in(product_.disk);
        step("apply");
        product_.apply();
        ++report_.applied;
        nothing_is_lost(words);
        strangers_are_untouched(before, *planned);
        untouched_files_are_fresh(*planned);
        if (has_pending(planned->content) && dice_.one_in(5)) undo_is_exact(saved);
        second_plan_is_empty();
    }

    void planning_writes_only_the_plan(const nodes& before) const {
        for (const auto& [path, node] : product_.disk.nodes) {
            const auto was = before.find(path);
            if (is_visible(path)) hold(was != before.end() && was->second == node, "planning changed " + path);
        }
        for (const auto& [path, node] : before) {
            if (is_visible(path)) hold(product_.disk.nodes.contains(path), "planning removed " + path);
        }
    }

    void merges_are_gits(const made_plan& planned) {
        const auto read = load_bases(product_.disk);
        hold(read.has_value(), "the bases cannot be read");
        const base_texts& bases = *read;
        for (const plan_entry& e : planned.content.entries) {
            report_.moves += e.action == plan_action::move ? 1 : 0;
            report_.conflicts += e.action == plan_action::conflict ? 1 : 0;
            if (e.action != plan_action::merge && e.reason != plan_reason::both_changed) continue;
            // With a name that changes, mine and base are renamed before they are merged.
            if (e.action == plan_action::move || !planned.files.renames.empty()) continue;
            std::string base = bases.find(e.path).value_or("");
            // Of a conflict that the user has settled, the base is what waited beside the file.
            if (sha256(base) != e.base) base = bases.find(waiting_name(e.path)).value_or("");
            hold(sha256(base) == e.base, "nobody has the base of " + e.path);
            const std::string mine = product_.disk.content(e.path);
            const std::string& theirs = planned.files.files.at(e.path).content;
            if (has_crlf_or_open_end(mine) || !is_plain_kind(e.path, mine + theirs + base)) continue;
            const auto ours = merge_lines({base, mine, theirs});
            hold(ours.has_value(), "cannot merge " + e.path);
            hold(ours->conflicts.empty() == (e.action == plan_action::merge), "not merged as git does: " + e.path);
            if (e.action == plan_action::merge) hold(sha256(ours->text) == e.after, "merged otherwise: " + e.path);
            if (++report_.merges % 8 == 1) git_agrees({base, mine, theirs}, *ours, e.path);
        }
    }

    static void git_agrees(const three_texts& sides, const merged_text& ours, const std::string& path) {
        const auto git = git_merge_file(sides);
        hold(git.has_value() == ours.conflicts.empty(), "git decides otherwise on " + path);
        if (git) hold(*git == ours.text, "git merges otherwise: " + path);
    }

    void nothing_is_lost(const std::set<std::string>& words) const {
        const std::set<std::string> now = user::words_in(product_.disk);
        for (const std::string& word : words) hold(now.contains(word), "a line of the user is gone: " + word);
    }

    /// Files that Tenon does not generate stay as they are, except those that it set beside others itself.
    void strangers_are_untouched(const nodes& before, const made_plan& planned) const {
        std::set<std::string> known;
        for (const plan_entry& e : planned.content.entries) {
            known.insert(e.path);
            if (e.beside) known.insert(e.beside->path);
            if (e.from) known.insert(e.from->path);
        }
        for (const auto& [path, node] : before) {
            if (node.kind != node_kind::file || !is_visible(path) || known.contains(path)) continue;
            const auto now = product_.disk.nodes.find(path);
            hold(now != product_.disk.nodes.end() && now->second == node,
                 "a file that is not Tenon's changed: " + path);
        }
    }

    bool was_touched(const std::string& path, const made_plan& planned) const {
        if (user_.touched().contains(path) || moved_from_touched_.contains(path)) return true;
        const auto e = std::find_if(planned.content.entries.begin(), planned.content.entries.end(),
                                    [&](const plan_entry& one) { return one.path == path; });
        return e != planned.content.entries.end() && e->from &&
               (user_.touched().contains(e->from->path) || moved_from_touched_.contains(e->from->path));
    }

    void untouched_files_are_fresh(const made_plan& planned) {
        for (const plan_entry& e : planned.content.entries) {
            if (e.from && was_touched(e.path, planned)) moved_from_touched_.insert(e.path);
        }
        for (const auto& [path, file] : planned.files.files) {
            if (file.owner != owner_class::generated || was_touched(path, planned)) continue;
            const auto now = product_.disk.nodes.find(path);
            hold(now != product_.disk.nodes.end(), "a generated file is missing: " + path);
            hold(now->second.content == file.content, "nobody touched it, and it is not as generated: " + path);
            const mode_t wanted = file.executable ? 0755 : 0644;
            hold(now->second.permissions == wanted, "its mode is not as generated: " + path);
        }
        for (const auto& [path, node] : product_.disk.nodes) {
            if (node.kind != node_kind::file || !is_visible(path) || path.starts_with("migrations/")) continue;
            const bool waits = path.find(".new") != std::string::npos;
            const bool seeded = path.starts_with("src/custom/");
            const bool known = planned.files.files.contains(path) || was_touched(path, planned);
            hold(known || waits || seeded, "nobody knows where it comes from: " + path);
        }
    }

    void undo_is_exact(const nodes& saved) {
        const nodes applied = product_.disk.nodes;
        step("undo");
        const auto undone = undo_last_apply(product_.disk);
        if (!undone && undone.error().kind == failure_kind::refused) return;  // The plan had nothing to apply.
        hold(undone.has_value(), "undo failed");
        for (const auto& [path, node] : saved) {
            if (node.kind != node_kind::file || path.starts_with(local_directory)) continue;
            const auto now = product_.disk.nodes.find(path);
            hold(now != product_.disk.nodes.end() && now->second == node, "undo did not bring back " + path);
        }
        for (const auto& [path, node] : product_.disk.nodes) {
            if (node.kind != node_kind::file || path.starts_with(local_directory)) continue;
            hold(saved.contains(path), "undo left " + path);
        }
        step("apply again");
        hold(product_.generate(to_yaml(spec_)).has_value(), "after an undo it cannot be generated");
        product_.apply();
        for (const auto& [path, node] : applied) {
            if (node.kind != node_kind::file || !is_visible(path)) continue;
            const auto now = product_.disk.nodes.find(path);
            hold(now != product_.disk.nodes.end() && now->second == node, "applied again it differs: " + path);
        }
    }

    void second_plan_is_empty() {
        const nodes before = product_.disk.nodes;
        const auto again = product_.generate(to_yaml(spec_));
        hold(again.has_value(), "the second time the spec is refused");
        for (const plan_entry& e : again->content.entries) {
            hold(!is_pending(e), "the second plan has " + std::string(to_string(e.action)) + " " +
                                     std::string(to_string(e.reason)) + " for " + e.path);
        }
        for (const auto& [path, node] : product_.disk.nodes) {
            const auto was = before.find(path);
            hold(was != before.end() && was->second == node, "generating again wrote " + path);
        }
    }

    dice dice_;
    user user_;
    product product_;
    made_spec spec_;
    history_report report_;
    std::set<std::string> moved_from_touched_;
};

}  // namespace

history_report run_history(std::uint64_t seed) {
    return history(seed).run();
}

history_report run_compiled_history(std::uint64_t seed) {
    return history(seed).run_compiled();
}

}  // namespace tenon::gen
