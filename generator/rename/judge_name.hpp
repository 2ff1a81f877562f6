// What one name in a text becomes.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/rename/product_names.hpp"

namespace tenon::gen {

/// What a token becomes.
struct name_fate {
    std::string text;
    std::string other{};  ///< Not decided between the two; empty: decided.
};

/// Where a token is in a text.
struct token_place {
    std::size_t line = 0;
    std::size_t index = 0;
};

/// Judges by the evidence: of the file, of its entity's files, of the product. A member counts as one of its object's
/// entity, which the object's declaration or name tells.
class name_judge {
  public:
    /// All must outlive it. `subject`: the file's entity, or empty. `own`: names that the user's lines declare.
    name_judge(const product_names& names, const name_evidence& file, std::string_view subject,
               const std::set<std::string, std::less<>>& own);

    /// `is_users`: a plain word between quotes is the user's own, whatever else is called so.
    name_fate of(const std::vector<token_line>& text, token_place at, bool is_users) const;

  private:
    name_fate of_name(const token& one) const;
    name_fate of_member(const std::vector<token_line>& text, token_place at) const;
    name_fate of_literal(const token& one) const;
    name_fate by_words(const token& one) const;

    const product_names& names_;
    const std::set<std::string, std::less<>>& own_;
    std::vector<const name_evidence*> near_;
};

}  // namespace tenon::gen
