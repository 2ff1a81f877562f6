// What one name in a text becomes.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/rename/declared_names.hpp"
#include "generator/rename/judged_text.hpp"
#include "generator/rename/product_names.hpp"

namespace tenon::gen {

/// What a token becomes.
struct name_fate {
    std::string text;
    std::string other{};  ///< Not decided between the two; empty: decided.
};

/// What lines of the user's declare.
struct own_names {
    std::set<std::string, std::less<>> variables{};  ///< Members as well.
    declared_types types{};
};

/// Judges by the evidence: of the file, of its entity's files, of the product. A member counts as one of its object's
/// entity, which a generated type or the object's name tells; a column as one of its statement's table. What may be the
/// user's own is not decided.
class name_judge {
  public:
    /// All must outlive it. `subject`: the file's entity, or empty.
    name_judge(const product_names& names, const name_evidence& file, std::string_view subject, const own_names& own);

    /// `is_users`: a plain word between quotes is the user's own, whatever else is called so.
    name_fate of(const judged_text& text, token_place at, bool is_users) const;

  private:
    name_fate of_name(const token& one) const;
    name_fate of_member(const judged_text& text, token_place at) const;
    name_fate of_some_member(const token& one) const;
    name_fate of_sql(const judged_text& text, token_place at) const;
    name_fate of_column(const token& one, const sql_name& what) const;
    name_fate of_literal(const token& one) const;
    name_fate by_words(const token& one) const;

    const product_names& names_;
    const own_names& own_;
    std::vector<const name_evidence*> near_;
};

}  // namespace tenon::gen
