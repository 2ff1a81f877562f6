// .tenon/bases: what each generated file was last generated as, all of them in one text.
//
//   file src/domain/task.cpp
//    #include "domain/task.hpp"        each line behind a space, unless it is empty
//   end src/domain/task.cpp
//
// It lives in git, which merges it line by line as it merges the files themselves: the two lines around each section
// keep neighbours apart, and their order, by a hash, what two branches add. Where git cannot merge, both sides are
// read, and the next apply writes one text again. A Tenon before kept a file each below .tenon/base/: those are read as
// well, and the next apply takes them over.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/support/filesystem.hpp"

namespace tenon::gen {

inline constexpr std::string_view bases_path = ".tenon/bases";
/// Where a Tenon before kept a file each.
inline constexpr std::string_view former_base_directory = ".tenon/base/";

/// The name under which the text is kept that was written beside `path`: once the conflict is resolved, that is the
/// base.
std::string waiting_name(std::string_view path);

/// The texts by name: a file's path, or its `waiting_name`.
class base_texts {
  public:
    /// The text; nothing when there is none, or when a merge in git left two.
    std::optional<std::string> find(std::string_view name) const;
    /// One text, or none, or those of both sides of a merge that git could not make.
    std::vector<std::string> all(std::string_view name) const;
    /// Whether git could not merge the text, because one side has none.
    bool is_of_one_side(std::string_view name) const { return of_one_side_.find(name) != of_one_side_.end(); }
    bool contains(std::string_view name) const { return kept_.find(name) != kept_.end(); }
    /// Whether just this text is kept. Cheaper than `find`.
    bool is_just(std::string_view name, std::string_view text) const;

    /// Every name with a text, the first where there are two.
    std::map<std::string, std::string> texts() const;
    /// The files of a Tenon before that hold some of them.
    const std::vector<std::string>& former_files() const { return former_files_; }

  private:
    friend outcome<base_texts> load_bases(filesystem& project);
    friend outcome<base_texts> read_bases(std::string text);

    struct section {
        std::string_view lines;  ///< As they are written, or as they are in a file of a Tenon before.
        bool is_written = true;
    };

    outcome<void> add_written(std::string text);
    outcome<void> add_sections(std::string_view text);
    outcome<void> add_former(filesystem& project, const std::string& folder);
    void add_former_text(const std::string& name, std::string text);
    void add(std::string_view name, section one);
    std::string_view hold(std::string text);

    std::vector<std::shared_ptr<const std::string>> held_;
    std::map<std::string, std::vector<section>, std::less<>> kept_;
    std::set<std::string, std::less<>> of_one_side_;
    std::vector<std::string> former_files_;
};

/// `malformed` when .tenon/bases cannot be understood.
outcome<base_texts> load_bases(filesystem& project);

/// The same of the text of a .tenon/bases.
outcome<base_texts> read_bases(std::string text);

/// .tenon/bases with these texts.
std::string write_bases(const std::map<std::string, std::string_view>& texts);
std::string write_bases(const std::map<std::string, std::string>& texts);

}  // namespace tenon::gen
