// The house rules as a program: what a rule sees of the tree, and what it says.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::tidy {

/// One text file. `code` has the length and the line breaks of `text`, but blanks for comments and for what stands
/// inside quotes; `comments` is the reverse. Both are filled for C++ only.
struct source_file {
    std::string path;
    std::string text;
    std::string code;
    std::string comments;

    bool is_header() const;
    bool is_cpp() const;
    bool under(std::string_view folder) const;
    /// 1-based line of an offset into `text`.
    std::size_t line_of(std::size_t offset) const;
};

struct source_tree {
    std::map<std::string, source_file> files;  ///< By path, '/'-separated, relative to the tree's root.

    void add(std::string path, std::string text);
};

struct finding {
    std::string path;
    std::size_t line = 0;
    std::string rule;
    std::string message;
};

using findings = std::vector<finding>;

/// What is judged: this repository, or a project that the generator wrote.
enum class tree_kind { repository, project };

/// Every finding of every rule, sorted by path and line.
findings check(const source_tree& tree, tree_kind kind);

/// The tracked files of a git work tree, or all files of a folder when it is none; build folders, binary files and
/// `.tenon/` are left out. Throws std::runtime_error when `root` is no folder.
source_tree load(const std::string& root, tree_kind kind);

/// Blanks comments and the inside of literals (`keep_comments` false), or everything but comments (true).
std::string separate(std::string_view cpp, bool keep_comments);

// The rules, one file each.
void check_budgets(const source_file& file, findings& out);                         // budgets.cpp
void check_first_line(const source_file& file, tree_kind kind, findings& out);      // first_line.cpp
void check_banned(const source_file& file, findings& out);                          // banned.cpp
void check_clocks(const source_file& file, findings& out);                          // clocks.cpp
void check_text(const source_file& file, tree_kind kind, findings& out);            // text.cpp
void check_coroutines(const source_file& file, findings& out);                      // coroutines.cpp
void check_includes(const source_file& file, findings& out);                        // includes.cpp
void check_links(const source_tree& tree, const source_file& file, findings& out);  // links.cpp
void check_error_codes(const source_tree& tree, findings& out);                     // error_codes.cpp

}  // namespace tenon::tidy
