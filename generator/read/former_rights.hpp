// What specs without `members:` and `access:` meant in earlier versions, as the lines that would say it now.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "generator/read/spec.hpp"

namespace tenon::gen {

struct former_rights {
    std::string founder, admin, newcomer;

    /// Requires: `roles` is not empty, and outlives this.
    explicit former_rights(std::span<const role_spec> roles);

    /// `members: {manage: …}`
    std::string members() const;
    /// Everybody read, newcomers and whoever has their rights created and changed, and whoever changed deleted, but for
    /// newcomers. With a rule for changes that names the creator the same may delete, and no creator.
    access_spec access(const std::optional<access_rule>& update) const;

  private:
    std::span<const role_spec> roles_;  ///< As many as there may be.
};

/// A rule as a spec has it: `member`, `[admin, creator]`, `nobody`.
std::string text_of(const access_rule& rule);

}  // namespace tenon::gen
