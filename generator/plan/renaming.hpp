// Carries a rename into text that was written under the old name, so that it can be merged with text under the new one.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/render/tree.hpp"

namespace tenon::gen {

/// The identifiers of a text: runs of letters, digits and '_'.
std::set<std::string_view> identifiers_of(std::string_view text);

/// Identifiers of the whole product, asked for rarely, and then often.
using name_lookup = std::function<bool(std::string_view)>;

/// Decides, from one file as it was and as it is generated now, which identifiers changed their name. An old word
/// counts within an identifier only as a part of its own ("invoice" in create_invoice and InvoiceStatus, not in
/// invoiced), and an identifier changes only where the generated text bears it out. What both texts use for different
/// things (a product "Task" renamed to "Job" beside the library's own task) is told apart by its line.
class renaming {
  public:
    /// `base`: as last generated (or the user's text, of a file without a base). `theirs`: as generated now.
    /// `is_named`: whether an identifier exists in the product now; for names from other files. All must outlive this.
    renaming(const std::vector<renamed_word>& words, std::string_view base, std::string_view theirs,
             name_lookup is_named);

    /// Whether it changes anything in `base`.
    bool changes_base() const { return changes_base_; }
    std::string apply(std::string_view text) const;

  private:
    /// An identifier that both texts use, at one place: [begin, end) of a line.
    struct doubtful {
        std::string_view line;
        std::size_t begin = 0, end = 0;
        std::size_t index = 0;  ///< From 0, in its line.
    };
    using decision = std::function<bool(const doubtful&)>;
    enum class fate { keep, replace, doubtful };

    std::string with_words(std::string_view identifier) const;
    fate fate_of(std::string_view identifier, const std::string& renamed) const;
    std::string line_with(std::string_view line, const decision& replaces) const;
    void learn(std::string_view base, std::string_view theirs);
    void learn_line(std::string_view line, const std::set<std::string_view>& there);
    bool seems_renamed(const doubtful& one) const;

    std::vector<renamed_word> words_;    ///< Identifier-like ones, the longest first.
    std::vector<renamed_word> phrases_;  ///< With '-' or spaces.
    std::set<std::string_view> theirs_;
    name_lookup is_named_;
    std::map<std::string_view, std::string> lines_;  ///< Lines of the base that are still generated -> as what.
    std::map<std::string, int> votes_;  ///< What stands around a doubtful identifier -> replaced more often than not.
    bool changes_base_ = false;
};

}  // namespace tenon::gen
