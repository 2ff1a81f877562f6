// The words that renames change: where they stand in a text, and what may come instead of them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/render/tree.hpp"

namespace tenon::gen {

class renamed_forms {
  public:
    explicit renamed_forms(const std::vector<renamed_word>& renames);

    bool empty() const { return changes_.empty(); }
    /// Whether an old or a new word is in it, as a part of its own: "invoice" in create_invoice and InvoiceStatus, not
    /// in invoiced.
    bool touches(std::string_view text) const { return with_classes(text) != text; }
    /// `text` with a sign for each old or new word, the same for all that a rename has made of one another: a line of
    /// the former generation and what became of it are equal then.
    std::string with_classes(std::string_view text) const;
    /// Every way to replace old words in a name by new ones, but none at all. At most 64.
    std::set<std::string> candidates(std::string_view name) const;

  private:
    struct known_word {
        std::string text;
        std::size_t kind = 0;  ///< Words that became one another have the same.
    };

    void learn(const std::string& was, const std::string& is);
    const known_word* word_at(std::string_view text, std::size_t at) const;
    void extend(std::string_view name, std::size_t at, const std::string& so_far, std::set<std::string>& out) const;

    std::vector<known_word> words_;                         ///< The longest first.
    std::map<std::string, std::set<std::string>> changes_;  ///< Old word -> new ones.
};

/// Whether `word` is a part of its own in a name: "task" in new_task and TaskStatus, not in multitasking.
bool has_part(std::string_view name, std::string_view word);

}  // namespace tenon::gen
