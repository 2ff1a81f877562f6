// A text of a declaration with words of templates in it: "Leave {{tenant.article}} {{tenant.lower_title}}".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/render/template.hpp"

namespace tenon::gen {

class phrase {
  public:
    /// std::logic_error for a text that is no template: a mistake of whoever declared it.
    explicit phrase(std::string_view text);

    /// std::logic_error for a word that none of the scopes has.
    std::string in(const std::vector<const view*>& scopes) const;

  private:
    std::string plain_;
    std::optional<compiled_template> words_;
};

}  // namespace tenon::gen
