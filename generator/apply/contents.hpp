// Where the bytes behind a digest come from while a plan is applied or saved.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "generator/apply/changes.hpp"
#include "generator/plan/bases.hpp"
#include "generator/plan/plan.hpp"
#include "generator/render/tree.hpp"

namespace tenon::gen {

/// Contents held in memory: those of a rendered tree, those that the plan made of it, and whatever is added.
class tree_contents {
  public:
    /// Refers to `t` and `p`, which must outlive this. Only what the plan needs is looked for in the tree.
    tree_contents(const plan& p, const tree& t);
    digest add(std::string text);
    content_source source() const;
    /// Requires: the content is known.
    std::string_view at(const digest& wanted) const;

  private:
    std::map<digest, std::string> own_;
    std::map<digest, const std::string*> known_;
};

/// Contents on disk: staged ones, and what the files of the plan already hold; plus texts held in memory, such as the
/// files' bases.
class project_contents {
  public:
    project_contents(filesystem& project, const base_texts& bases, const std::vector<plan_entry>& entries);
    digest add(std::string text);
    /// The content may be found in the file at `path`.
    void add_place(const digest& content, std::string path) { places_.emplace(content, std::move(path)); }
    content_source source() const;

  private:
    void add_bases(const base_texts& bases, const std::string& path);

    filesystem& project_;
    std::map<digest, std::string> own_;
    std::multimap<digest, std::string> places_;
};

}  // namespace tenon::gen
