// The words of a C++ text without comments and literals, and what each file makes of short names.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/rename/tokens.hpp"

namespace tenon::gen {

struct cpp_line {
    std::size_t number = 0;  ///< From 1.
    token_line line;
};

/// Without what `#if 0` leaves out. Views into `text`.
std::vector<cpp_line> compiled_lines(std::string_view text);

struct cpp_word {
    std::string_view text;  ///< An identifier, a keyword, a number, "::", or one sign; a literal is its sign `"`.
    std::size_t line = 0;   ///< From 1.
    bool is_name = false;   ///< An identifier that is no keyword.
};

/// Without the lines of includes. Views into the text of the lines.
std::vector<cpp_word> cpp_words(const std::vector<cpp_line>& lines);

/// A name as it is written: "tenon::http::route", "http::route".
struct written_name {
    std::size_t begin = 0;  ///< The first of its words.
    std::size_t end = 0;    ///< Past the last.
    std::string text;
    bool absolute = false;  ///< Begins with "::".

    bool is_short() const { return end - begin == 1; }
};

/// The name that begins at a word; nothing where none does: inside of one, behind "." or "->".
std::optional<written_name> name_at(const std::vector<cpp_word>& words, std::size_t at);

/// What short names of one text stand for.
class name_scope {
  public:
    explicit name_scope(const std::vector<cpp_word>& words);

    /// What it may be in full, the written form first; `by_using_namespace` tells for the others.
    struct meaning {
        std::string full;
        bool by_using_namespace = false;
    };
    std::vector<meaning> meanings(const written_name& name) const;

    bool uses_namespace(std::string_view space) const { return spaces_.contains(std::string(space)); }
    /// Whether it declares something of this short name itself, be it a type or a variable.
    bool declares(std::string_view name) const { return declared_.contains(std::string(name)); }
    /// The objects that are declared as `type`, by reference or pointer: "call" of `const user_call& call`.
    const std::set<std::string>& objects_of(std::string_view type) const;

  private:
    void read_using(const std::vector<cpp_word>& words, std::size_t at);
    void read_declaration(const std::vector<cpp_word>& words, std::size_t at);
    std::string expanded(std::string name) const;

    std::map<std::string, std::string> short_;  ///< Aliases and using-declarations.
    std::set<std::string> spaces_;              ///< Of using-directives.
    std::set<std::string> declared_;
    std::map<std::string, std::set<std::string>, std::less<>> objects_;
};

}  // namespace tenon::gen
