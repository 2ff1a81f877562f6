// One path of a project: its sides are read, judged and, where both changed, merged.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "generator/plan/judge.hpp"
#include "generator/plan/make_plan.hpp"
#include "generator/rename/renaming.hpp"
#include "generator/support/filesystem.hpp"

namespace tenon::gen {

/// What is at a path, as far as judging needs it.
struct sight {
    std::optional<file_data> file;
    bool not_a_file = false;  ///< A link, a folder, or a file too large to be read; or behind a link.
    bool blocked = false;     ///< Nothing is there, and nothing can be: a file or link is where a folder has to be.
};

outcome<sight> look(filesystem& project, std::string_view path);

/// What all paths of one plan share.
struct plan_work {
    const tree& files;
    const manifest& before;
    const base_texts& bases;
    filesystem& project;
    const plan_wishes& wishes;
    plan made{};
    std::optional<product_names> names{};  ///< Made by the first `names_of`.
};

/// What the product's renames lead to. Reads what was last generated of every source.
outcome<const product_names*> names_of(plan_work& work);

/// The places of names that a rename left undecided.
std::vector<conflict_hunk> hunks_of(const std::vector<undecided_name>& names);

/// The first name beside `path` that is free, or already holds just the content that is to go there.
outcome<beside_file> free_place(filesystem& project, std::string_view path, const digest& content);

/// One path, its content in the tree and its line in the manifest (either may be missing).
struct path_to_judge {
    std::string_view path;
    const tree_file* file = nullptr;
    const manifest_entry* known = nullptr;
};

/// Adds the entry of the path to `work.made`; none when neither side has the file any more.
outcome<void> judge_path(plan_work& work, const path_to_judge& one);

}  // namespace tenon::gen
