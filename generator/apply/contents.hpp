// Where the bytes behind a digest come from while a plan is applied or saved.
#pragma once

#include <map>
#include <string>

#include "generator/apply/changes.hpp"
#include "generator/plan/manifest.hpp"
#include "generator/plan/plan.hpp"
#include "generator/render/tree.hpp"

namespace tenon::gen {

/// Contents held in memory: those of a rendered tree, and whatever is added.
class tree_contents {
  public:
    /// Refers to `t`, which must outlive this.
    explicit tree_contents(const tree& t);
    digest add(std::string text);
    content_source source() const;
    /// Requires: the content is known.
    std::string_view at(const digest& wanted) const;

  private:
    std::map<digest, std::string> own_;
    std::map<digest, const std::string*> known_;
};

/// Contents on disk: staged ones, files that are already as generated, and base copies; plus texts held in memory.
class project_contents {
  public:
    project_contents(filesystem& project, const plan& p, const manifest& m);
    digest add(std::string text);
    content_source source() const;

  private:
    filesystem& project_;
    std::map<digest, std::string> own_;
    std::map<digest, std::string> places_;
};

}  // namespace tenon::gen
