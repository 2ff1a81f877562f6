// What a line of a file is made of: names that a rename may change, and prose that it never does.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::gen {

/// How a file is read.
enum class text_kind {
    cpp,    ///< Identifiers, literals, SQL in raw strings.
    words,  ///< Configuration: keys, paths and values, '#' begins a comment.
    yaml,   ///< The same, with texts for people that nothing quotes.
    prose,  ///< Documents, and whatever else there is.
};

/// By the file's name.
text_kind text_kind_of(std::string_view path);

enum class token_kind {
    name,     ///< A C++ identifier, or a word of a configuration file.
    literal,  ///< A string with its quotes; also the file of an #include.
    sql,      ///< An identifier in SQL, without its quotes.
    prose,    ///< A comment, or a text for people.
    other,    ///< A number, a sign.
};

struct token {
    std::string_view text;
    token_kind kind = token_kind::other;
    /// What a name stands behind: "domain::" (qualified), "value." (a member, of an object with a name or without), "<"
    /// (before template arguments), or nothing.
    std::string relation{};
};

/// A line without its end ("\n", "\r\n" or nothing). Comments and strings over several lines are a token in each.
struct token_line {
    std::string_view text;
    std::string_view end;
    std::vector<token> tokens;  ///< In order; what is between them is white space and quotes.
};

/// Views into `text`, which must outlive them. Reads any text; one that is not of its kind gives odd tokens.
std::vector<token_line> token_lines(text_kind kind, std::string_view text);

/// A letter, a digit or '_'.
bool is_name_character(char c);

}  // namespace tenon::gen
