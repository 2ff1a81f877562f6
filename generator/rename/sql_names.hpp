// What a name in SQL stands for: a table, a column of which tables, or something of the statement's own.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/rename/tokens.hpp"

namespace tenon::gen {

/// Where a token is in a text.
struct token_place {
    std::size_t line = 0;
    std::size_t index = 0;

    friend auto operator<=>(const token_place&, const token_place&) = default;
};

/// What rows come from.
struct sql_source {
    std::string_view table{};  ///< Empty: the rows of a subquery, a function or a WITH query.
    std::string_view alias{};

    /// Whether `title` in `name.title` is a column of it.
    bool is_called(std::string_view name) const { return alias.empty() ? table == name : alias == name; }
};

enum class sql_role {
    table,
    qualifier,  ///< What stands before a dot.
    column,
    other,  ///< A word of the language, a function, an alias where it is given.
};

struct sql_name {
    sql_role role = sql_role::other;
    std::string_view qualifier{};                   ///< Of a column; empty: it has none.
    bool is_alias = false;                          ///< The statement calls a column of its result so.
    bool has_with = false;                          ///< A table may be the rows of a WITH query.
    std::vector<std::vector<sql_source>> scopes{};  ///< The tables that are in reach, the nearest query's first.
};

/// The statement around a token of the kind `sql`: the whole literal, and the literals that directly follow one
/// another. Any text is read; one that is no statement gives names without tables.
class sql_statement {
  public:
    /// `text` must outlive it.
    sql_statement(const std::vector<token_line>& text, token_place at);

    bool contains(token_place at) const;
    /// Of a token that it contains.
    sql_name name_at(token_place at) const;

    struct word {
        token_place place;
        std::string_view text;
        std::string upper;  ///< Of a name without quotes, which may be a word of the language; else empty.
        bool is_name = false;
        bool is_dotted = false;  ///< Behind a dot.
        bool is_type = false;    ///< Stands where types do.
        sql_role role = sql_role::other;
        std::size_t query = 0;
    };
    /// One SELECT, INSERT, UPDATE or DELETE, or what stands in brackets.
    struct query {
        std::optional<std::size_t> around{};
        bool has_verb = false;
        std::vector<sql_source> sources{};
    };

  private:
    std::vector<word> words_;
    std::vector<query> queries_;
    std::set<std::string_view> aliases_;
    bool has_with_ = false;
};

}  // namespace tenon::gen
