// One walk over the tokens of a statement. Brackets and SELECT begin queries; each has its tables, and sees those of
// the query around it.
#include "generator/rename/sql_names.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

#include "generator/support/among.hpp"

namespace tenon::gen {
namespace {

using word = sql_statement::word;
using query = sql_statement::query;

/// A quote of C++ around SQL: single names between quotes leave no such token.
bool is_border(const token& one) {
    return one.kind == token_kind::other && one.text.find('"') != std::string_view::npos;
}

/// Behind `::` or right before a literal (`date '2026-01-01'`): the name of a type.
bool names_a_type(std::string_view line, std::size_t begin, std::size_t end) {
    const std::size_t before = line.find_last_not_of(" \t", begin == 0 ? begin : begin - 1);
    if (begin > 0 && before != std::string_view::npos && before > 0 && line.substr(before - 1, 2) == "::") return true;
    const std::size_t behind = line.find_first_not_of(" \t", end);
    return behind != std::string_view::npos && behind > end && line[behind] == '\'';
}

word word_of(const token_line& line, token_place place) {
    const token& one = line.tokens[place.index];
    word out{place, one.text, {}, one.kind == token_kind::sql, one.relation == "."};
    const auto begin = static_cast<std::size_t>(one.text.data() - line.text.data());
    const std::string_view before = place.index == 0 ? std::string_view() : line.tokens[place.index - 1].text;
    const bool is_first = before.ends_with('"') && before.data() + before.size() == one.text.data();
    const bool is_quoted = begin > 0 && line.text[begin - 1] == '"' && !is_first;
    if (!out.is_name || is_quoted) return out;
    out.is_type = names_a_type(line.text, begin, begin + one.text.size());
    for (const char c : one.text) out.upper += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    return out;
}

/// Goes over the tokens of a text.
class cursor {
  public:
    cursor(const std::vector<token_line>& text, token_place at) : text_(text), at_(at) {}

    token_place place() const { return at_; }
    const token& operator*() const { return text_[at_.line].tokens[at_.index]; }

    bool back() {
        while (at_.index == 0) {
            if (at_.line == 0) return false;
            at_.index = text_[--at_.line].tokens.size();
        }
        --at_.index;
        return true;
    }
    bool on() {
        ++at_.index;
        while (at_.line < text_.size() && at_.index >= text_[at_.line].tokens.size()) at_ = {at_.line + 1, 0};
        return at_.line < text_.size();
    }

  private:
    const std::vector<token_line>& text_;
    token_place at_;
};

/// To the next token of the statement: past the quotes between two literals, not out of the last one.
template <class Step>
bool stays_inside(cursor& here, Step step) {
    if (!step(here)) return false;
    if (!is_border(*here)) return true;
    return step(here) && is_border(*here);
}

std::vector<word> words_around(const std::vector<token_line>& text, token_place at) {
    cursor start(text, at);
    token_place first = at;
    while (stays_inside(start, [](cursor& one) { return one.back(); })) first = start.place();
    std::vector<word> out;
    cursor here(text, first);
    do {
        if ((*here).kind == token_kind::prose || is_border(*here)) continue;
        out.push_back(word_of(text[here.place().line], here.place()));
    } while (stays_inside(here, [](cursor& one) { return one.on(); }));
    return out;
}

/// What may follow a table and is no alias.
bool follows_table(std::string_view upper) {
    constexpr std::array<std::string_view, 33> words{
        "WHERE",     "JOIN",  "LEFT",   "RIGHT", "INNER",  "FULL",       "CROSS",     "NATURAL", "OUTER",
        "ON",        "USING", "SET",    "GROUP", "ORDER",  "LIMIT",      "OFFSET",    "HAVING",  "UNION",
        "INTERSECT", "FOR",   "WHEN",   "FETCH", "EXCEPT", "VALUES",     "RETURNING", "SELECT",  "DEFAULT",
        "INDEXED",   "NOT",   "WINDOW", "AND",   "OR",     "TABLESAMPLE"};
    return is_among(upper, words);
}

bool ends_tables(std::string_view upper) {
    constexpr std::array<std::string_view, 14> words{"WHERE",  "GROUP",  "ORDER",  "HAVING",   "LIMIT",
                                                     "OFFSET", "WINDOW", "FETCH",  "FOR",      "SET",
                                                     "VALUES", "UNION",  "EXCEPT", "INTERSECT"};
    return is_among(upper, words);
}

/// What the walk knows between two brackets.
struct level {
    std::size_t query = 0;
    std::size_t first = 0;  ///< The one that ON CONFLICT and RETURNING are about.
    bool lists_tables = false;
    bool wants_table = false;
    bool wants_target = false;  ///< The table is that of INSERT INTO: brackets behind it hold columns.
    bool may_have_alias = false;
};

struct by_place {
    bool operator()(const word& one, token_place at) const { return one.place < at; }
    bool operator()(token_place at, const word& one) const { return at < one.place; }
};

/// Fills in the roles and queries of a statement's words.
class walk {
  public:
    walk(std::vector<word>& words, std::vector<query>& queries) : words_(words), queries_(queries) {
        levels_.push_back({add_query(std::nullopt), 0});
    }

    void run() {
        for (at_ = 0; at_ < words_.size(); ++at_) {
            words_[at_].role = step();
            words_[at_].query = levels_.back().query;
        }
    }

    std::set<std::string_view> aliases;
    bool has_with = false;

  private:
    bool next_is(std::string_view sign) const {
        return at_ + 1 < words_.size() && words_[at_ + 1].text == sign && !words_[at_ + 1].is_name;
    }
    std::string_view upper_before() const { return at_ == 0 ? std::string_view() : words_[at_ - 1].upper; }

    /// A type, a part of a time (`extract(year FROM …)`) or an order (`NULLS LAST`), which columns may be called as
    /// well.
    bool is_no_name(const word& one) const {
        if (one.is_dotted || one.upper.empty()) return false;
        const bool is_part = at_ >= 2 && words_[at_ - 1].text == "(" && words_[at_ - 2].upper == "EXTRACT";
        return one.is_type || is_part || upper_before() == "NULLS";
    }

    std::size_t add_query(std::optional<std::size_t> around) {
        queries_.push_back({around});
        return queries_.size() - 1;
    }

    sql_role step() {
        const word& one = words_[at_];
        level& here = levels_.back();
        if (!one.is_name) {
            sign(one.text);
            return sql_role::other;
        }
        if (here.wants_table) return table_name(one);
        if (here.may_have_alias && !one.is_dotted) {
            if (one.upper == "AS") return sql_role::other;
            here.may_have_alias = false;
            if (!follows_table(one.upper)) {
                queries_[here.query].sources.back().alias = one.text;
                return sql_role::other;
            }
        }
        if (!one.upper.empty() && !one.is_dotted && is_language(one.upper)) return sql_role::other;
        if (next_is(".")) return sql_role::qualifier;
        if (next_is("(") || is_no_name(one)) return sql_role::other;
        if (upper_before() == "AS") {
            aliases.insert(one.text);
            return sql_role::other;
        }
        return sql_role::column;
    }

    void sign(std::string_view text) {
        level& here = levels_.back();
        if (text == "(") {
            if (here.wants_table) add_source({});
            const std::size_t inner = add_query(here.query);
            levels_.push_back({inner, inner});
        } else if (text == ")") {
            if (levels_.size() > 1) levels_.pop_back();
        } else if (text == ";") {
            const std::size_t next = add_query(std::nullopt);
            levels_ = {{next, next}};
        } else if (text == "," && here.lists_tables) {
            here.may_have_alias = false;
            here.wants_table = true;
        } else if (text != ".") {
            here.may_have_alias = false;
        }
    }

    void add_source(sql_source one) {
        level& here = levels_.back();
        queries_[here.query].sources.push_back(one);
        here.wants_table = here.wants_target = false;
        here.may_have_alias = true;
    }

    sql_role table_name(const word& one) {
        level& here = levels_.back();
        const bool is_filler = one.upper == "ONLY" || one.upper == "LATERAL";
        if (is_filler || next_is(".")) return sql_role::other;
        const bool is_function = next_is("(") && !here.wants_target;
        const bool is_table = !is_function && one.upper != "SELECT";
        add_source({is_table ? one.text : std::string_view(), {}});
        // The brackets of a function are no query that gives rows.
        return is_table ? sql_role::table : sql_role::other;
    }

    void begin_query(bool is_main) {
        level& here = levels_.back();
        if (queries_[here.query].has_verb) here.query = add_query(queries_[here.query].around);
        queries_[here.query].has_verb = true;
        here.lists_tables = here.may_have_alias = false;
        if (is_main) here.first = here.query;
    }

    /// Whether the word is one of the language that decides something here.
    bool is_language(std::string_view upper) {
        level& here = levels_.back();
        if (upper == "SELECT" || upper == "INSERT" || upper == "DELETE") {
            begin_query(upper != "SELECT");
        } else if (upper == "UPDATE") {
            if (upper_before() == "DO" || upper_before() == "FOR") return true;
            begin_query(true);
            here.wants_table = true;
        } else if (upper == "INTO") {
            here.wants_table = here.wants_target = true;
        } else if (upper == "FROM") {
            if (queries_[here.query].has_verb && upper_before() != "DISTINCT")
                here.wants_table = here.lists_tables = true;
        } else if (upper == "JOIN") {
            here.wants_table = true;
        } else if (upper == "USING") {
            here.wants_table = !next_is("(");
        } else if (upper == "CONFLICT" || upper == "RETURNING") {
            here.lists_tables = false;
            here.query = here.first;
        } else if (upper == "WITH") {
            has_with = true;
        } else if (ends_tables(upper)) {
            here.lists_tables = false;
        } else {
            constexpr std::array<std::string_view, 8> rest{"BY", "AS", "ON", "AND", "OR", "DO", "ASC", "DESC"};
            return is_among(upper, rest);
        }
        return true;
    }

    std::vector<word>& words_;
    std::vector<query>& queries_;
    std::size_t at_ = 0;
    std::vector<level> levels_;
};

}  // namespace

sql_statement::sql_statement(const std::vector<token_line>& text, token_place at) : words_(words_around(text, at)) {
    walk over(words_, queries_);
    over.run();
    aliases_ = std::move(over.aliases);
    has_with_ = over.has_with;
}

bool sql_statement::contains(token_place at) const {
    return std::binary_search(words_.begin(), words_.end(), at, by_place{});
}

sql_name sql_statement::name_at(token_place at) const {
    const auto found = std::lower_bound(words_.begin(), words_.end(), at, by_place{});
    sql_name out{found->role, {}, aliases_.contains(found->text), has_with_};
    const bool is_qualified = found->role == sql_role::column && found->is_dotted;
    // "excluded" is the row that INSERT could not add: the statement has but one table there.
    const bool has_qualifier = is_qualified && found - words_.begin() >= 2 && (found - 2)->upper != "EXCLUDED";
    if (has_qualifier) out.qualifier = (found - 2)->text;
    for (std::optional<std::size_t> one = found->query; one; one = queries_[*one].around) {
        if (!queries_[*one].sources.empty()) out.scopes.push_back(queries_[*one].sources);
    }
    return out;
}

}  // namespace tenon::gen
