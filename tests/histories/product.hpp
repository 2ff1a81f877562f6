// The flow of `tenon generate` and `apply-plan` in memory.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "generator/apply/apply.hpp"
#include "generator/support/memory_filesystem.hpp"

namespace tenon::gen {

struct made_plan {
    tree files;
    plan content;
};

class product {
  public:
    memory_filesystem disk;

    /// Creates the project. False when the spec is refused.
    bool create(const std::string& spec_text);
    /// Reads, renders, migrates and plans, and saves the plan. Nothing when the spec or the evolution is refused; that
    /// is fine for an evolution that Tenon will not do. Anything else wrong is thrown.
    std::optional<made_plan> generate(const std::string& spec_text);
    void apply();

  private:
    std::optional<tree> render(const std::string& spec_text);

    std::string rendered_of_;  ///< The spec that `rendered_` was made of: most are asked for twice in a row.
    tree rendered_;
};

}  // namespace tenon::gen
