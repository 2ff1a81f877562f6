// What the generated sources of a product, as they were and as they are, say about its renames.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "generator/rename/name_evidence.hpp"

namespace tenon::gen {

/// Keeps no view of what it learns from.
class product_names {
  public:
    /// `renames` must outlive it.
    explicit product_names(const std::vector<renamed_word>& renames, std::vector<renamed_table> tables = {});

    /// A generated file as it was and as it is now. `subject`: its entity (snake case), or empty.
    void learn(std::string_view path, std::string_view subject, std::string_view before, std::string_view after);

    const renamed_forms& forms() const { return forms_; }
    const name_evidence& everywhere() const { return all_; }
    /// Nothing when there is no such entity.
    const name_evidence* of_subject(std::string_view subject) const;
    /// The entity that a name is about: "task" of new_task, task and task_changes. Knows former names as well. Nothing
    /// when it is about none.
    const name_evidence* of_name(std::string_view name) const;
    /// Whether a name is an entity's own, or stands in a generated source of before or now: new_task, task_changes.
    bool is_generated(std::string_view name) const;
    /// By its former name; nothing when it is no entity's.
    const renamed_table* table(std::string_view was) const;

  private:
    struct text_hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    const std::vector<renamed_word>& renames_;
    renamed_forms forms_;
    std::vector<renamed_table> tables_;
    name_evidence all_;
    std::unordered_set<std::string, text_hash, std::equal_to<>> generated_;
    std::map<std::string, name_evidence, std::less<>> by_subject_;
};

}  // namespace tenon::gen
