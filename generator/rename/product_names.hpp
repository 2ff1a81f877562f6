// What the generated sources of a product, as they were and as they are, say about its renames.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/rename/name_evidence.hpp"

namespace tenon::gen {

/// Keeps no view of what it learns from.
class product_names {
  public:
    explicit product_names(const std::vector<renamed_word>& renames);

    /// A generated file as it was and as it is now. `subject`: its entity (snake case), or empty.
    void learn(std::string_view path, std::string_view subject, std::string_view before, std::string_view after);

    const renamed_forms& forms() const { return forms_; }
    const name_evidence& everywhere() const { return all_; }
    /// Nothing when there is no such entity.
    const name_evidence* of_subject(std::string_view subject) const;
    /// The entity that a name is about: "task" of new_task, task and task_changes. Knows former names as well. Nothing
    /// when it is about none.
    const name_evidence* of_name(std::string_view name) const;

  private:
    const std::vector<renamed_word>& renames_;
    renamed_forms forms_;
    name_evidence all_;
    std::map<std::string, name_evidence, std::less<>> by_subject_;
};

}  // namespace tenon::gen
