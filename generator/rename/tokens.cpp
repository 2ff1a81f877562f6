// Two small readers, for C++ with SQL in it and for configuration files; documents are prose line by line.
#include "generator/rename/tokens.hpp"

#include <algorithm>
#include <array>

namespace tenon::gen {
namespace {

constexpr std::string_view blanks = " \t\r\n";

bool starts_statement(std::string_view text) {
    struct verb {
        std::string_view first;
        std::string_view then;
    };
    constexpr std::array<verb, 5> verbs{
        {{"SELECT ", ""}, {"INSERT INTO ", ""}, {"UPDATE ", " SET "}, {"DELETE FROM ", ""}, {"WITH ", " AS "}}};
    const std::string_view begun = text.substr(std::min(text.find_first_not_of(blanks), text.size()));
    return std::any_of(verbs.begin(), verbs.end(), [&](const verb& one) {
        return begun.starts_with(one.first) && begun.find(one.then) != std::string_view::npos;
    });
}

/// Collects tokens over the whole text; `split` then gives each line its own.
class reader {
  public:
    explicit reader(std::string_view text) : text_(text) {}
    virtual ~reader() = default;

    std::vector<token> run() {
        while (at_ < text_.size()) {
            const std::size_t before = at_;
            if (blanks.find(text_[at_]) != std::string_view::npos) {
                ++at_;
            } else {
                step();
            }
            at_ = std::max(at_, before + 1);
        }
        return std::move(tokens_);
    }

  protected:
    virtual void step() = 0;

    bool sees(std::string_view what) const { return text_.substr(at_).starts_with(what); }
    std::size_t end_of_line(std::size_t from) const { return std::min(text_.find('\n', from), text_.size()); }

    void take(std::size_t end, token_kind kind, std::string relation = {}) {
        add(at_, end, kind, std::move(relation));
        at_ = end;
    }
    void add(std::size_t begin, std::size_t end, token_kind kind, std::string relation = {}) {
        if (end > begin) tokens_.push_back({text_.substr(begin, end - begin), kind, std::move(relation)});
    }
    /// Past a quoted string that starts at `from` and ends on its line.
    std::size_t past_string(std::size_t from) const {
        const char quote = text_[from];
        for (std::size_t i = from + 1; i < text_.size() && text_[i] != '\n'; ++i) {
            if (text_[i] == '\\') {
                ++i;
            } else if (text_[i] == quote) {
                return i + 1;
            }
        }
        return end_of_line(from);
    }
    std::size_t past_name(std::size_t from) const {
        while (from < text_.size() && is_name_character(text_[from])) ++from;
        return from;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<token> tokens_;
};

class cpp_reader final : public reader {
  public:
    using reader::reader;

  private:
    void step() override {
        if (sees("//")) return take(end_of_line(at_), token_kind::prose);
        if (sees("/*")) return take(past("*/", at_ + 2), token_kind::prose);
        if (text_[at_] == '"') return take_string(at_);
        if (text_[at_] == '\'') return take(past_string(at_), token_kind::other);
        const bool digit = text_[at_] >= '0' && text_[at_] <= '9';
        if (digit) return take_number();
        if (!is_name_character(text_[at_])) return take(at_ + 1, token_kind::other);
        const std::size_t end = past_name(at_);
        const std::string_view name = text_.substr(at_, end - at_);
        const bool is_prefix = name == "R" || name == "LR" || name == "uR" || name == "UR" || name == "u8R";
        if (is_prefix && end < text_.size() && text_[end] == '"') return take_raw(end);
        take(end, token_kind::name, relation_of(end));
    }

    std::size_t past(std::string_view what, std::size_t from) const {
        const auto found = text_.find(what, std::min(from, text_.size()));
        return found == std::string_view::npos ? text_.size() : found + what.size();
    }

    void take_number() {
        std::size_t end = at_;
        while (end < text_.size() && (is_name_character(text_[end]) || text_[end] == '.' || text_[end] == '\'')) ++end;
        take(end, token_kind::other);
    }

    std::string relation_of(std::size_t end) const {
        const std::size_t n = tokens_.size();
        const auto is = [&](std::size_t back, std::string_view what) {
            return n >= back && tokens_[n - back].kind == token_kind::other && tokens_[n - back].text == what;
        };
        const auto name = [&](std::size_t back) {
            const bool named = n >= back && tokens_[n - back].kind == token_kind::name;
            return named ? std::string(tokens_[n - back].text) : std::string();
        };
        if (is(1, ":") && is(2, ":")) return name(3) + "::";
        if (is(1, ".")) return name(2) + ".";
        if (is(1, ">") && is(2, "-")) return name(3) + ".";
        return end < text_.size() && text_[end] == '<' ? "<" : "";
    }

    void take_string(std::size_t from) {
        const std::size_t end = past_string(from);
        if (starts_statement(text_.substr(from + 1, end - from - 1)) || goes_on_with_sql())
            return take_sql(from + 1, end - 1, end);
        take(end, token_kind::literal);
    }

    /// `quote`: of the opening one of R"sql(…)sql".
    void take_raw(std::size_t quote) {
        const auto open = text_.find('(', quote);
        if (open == std::string_view::npos || open - quote > 17) return take(quote, token_kind::name);
        const std::string_view tag = text_.substr(quote + 1, open - quote - 1);
        const std::size_t end = past(")" + std::string(tag) + "\"", open);
        const std::size_t inner = end - std::min(end - open - 1, tag.size() + 2);
        if (tag == "sql" || tag == "SQL" || goes_on_with_sql() ||
            starts_statement(text_.substr(open + 1, inner - open - 1))) {
            return take_sql(open + 1, inner, end);
        }
        take(end, token_kind::literal);
    }

    /// Whether a literal that begins here is one with the SQL before it: "SELECT a " "FROM b".
    bool goes_on_with_sql() const {
        const std::string_view between = text_.substr(end_of_sql_, at_ - end_of_sql_);
        return end_of_sql_ > 0 && between.find_first_not_of(blanks) == std::string_view::npos;
    }

    void take_sql(std::size_t from, std::size_t to, std::size_t end) {
        add(at_, from, token_kind::other);
        for (at_ = from; at_ < to;) {
            const std::size_t before = at_;
            step_in_sql(to);
            at_ = std::min(std::max(at_, before + 1), to);
        }
        add(to, end, token_kind::other);
        at_ = end;
        end_of_sql_ = end;
    }

    void step_in_sql(std::size_t to) {
        const char c = text_[at_];
        if (blanks.find(c) != std::string_view::npos) return;
        if (sees("--")) return take(std::min(end_of_line(at_), to), token_kind::prose);
        if (c == '\'') return take(std::min(past_string(at_), to), token_kind::prose);
        const bool dotted = !tokens_.empty() && tokens_.back().text == ".";
        const bool escaped = sees("\\\"");
        if (c == '"' || escaped) {
            const std::size_t begin = at_ + (escaped ? 2 : 1);
            const std::size_t end = std::min(past_name(begin), to);
            add(begin, end, token_kind::sql, dotted ? "." : "");
            at_ = end + (escaped ? 2 : 1);
        } else if (is_name_character(c)) {
            take(std::min(past_name(at_), to), token_kind::sql, dotted ? "." : "");
        } else {
            take(at_ + 1, token_kind::other);
        }
    }

    std::size_t end_of_sql_ = 0;
};

class word_reader final : public reader {
  public:
    word_reader(std::string_view text, bool is_yaml) : reader(text), is_yaml_(is_yaml) {}

  private:
    void step() override {
        const char c = text_[at_];
        const bool after_blank = at_ == 0 || blanks.find(text_[at_ - 1]) != std::string_view::npos;
        if (c == '#' && after_blank) return take(end_of_line(at_), token_kind::prose);
        if (starts_prose() || (is_yaml_ && is_line_of_prose())) return take(end_of_line(at_), token_kind::prose);
        if (c == '"' || c == '\'') return take(past_string(at_), token_kind::literal);
        const std::size_t end = past_word();
        take(std::max(end, at_ + 1), end > at_ ? token_kind::name : token_kind::other);
    }

    /// The value of a key that is for people, or several words that no quotes or brackets hold.
    bool starts_prose() const {
        if (tokens_.size() < 2 || tokens_.back().text != ":") return false;
        const std::string_view key = tokens_[tokens_.size() - 2].text;
        const std::string_view line = text_.substr(0, at_);
        if (line.find('\n', static_cast<std::size_t>(key.data() - text_.data())) != std::string_view::npos)
            return false;
        constexpr std::array<std::string_view, 4> for_people{"description", "summary", "title", "name"};
        for (const std::string_view word : for_people) {
            if (key == word || key == "\"" + std::string(word) + "\"") return true;
        }
        const std::string_view value = text_.substr(at_, end_of_line(at_) - at_);
        const bool plain = std::string_view("\"'[{&*|>").find(value.front()) == std::string_view::npos;
        return plain && value.find(' ') != std::string_view::npos;
    }

    /// Several words on a line of their own, or behind the dash of a list: no key, no quotes, no brackets.
    bool is_line_of_prose() const {
        const auto start = text_.rfind('\n', at_);
        const std::string_view line = text_.substr(start == std::string_view::npos ? 0 : start + 1);
        const std::string_view before = line.substr(0, at_ - static_cast<std::size_t>(line.data() - text_.data()));
        if (before.find_first_not_of(" -") != std::string_view::npos) return false;
        const std::string_view rest = text_.substr(at_, end_of_line(at_) - at_);
        const bool plain = is_name_character(rest.front()) && rest.find(": ") == std::string_view::npos;
        return plain && !rest.ends_with(':') && rest.find(' ') != std::string_view::npos;
    }

    std::size_t past_word() const {
        std::size_t end = at_;
        bool open = false;
        for (; end < text_.size(); ++end) {
            const char c = text_[end];
            const bool next_is_word = end + 1 < text_.size() && is_name_character(text_[end + 1]);
            if (c == '{' && end > at_ && text_[end - 1] == '/') {
                open = true;
            } else if (c == '}' && open) {
                open = false;
            } else if (!is_name_character(c) && std::string_view("-./$#").find(c) == std::string_view::npos &&
                       !(c == ':' && end > at_ && next_is_word)) {
                break;
            }
        }
        return end;
    }

    bool is_yaml_;
};

std::vector<token> tokens_of(text_kind kind, std::string_view text) {
    if (kind == text_kind::cpp) return cpp_reader(text).run();
    if (kind == text_kind::words || kind == text_kind::yaml) return word_reader(text, kind == text_kind::yaml).run();
    return {};
}

std::vector<token_line> split(std::string_view text) {
    std::vector<token_line> lines;
    while (!text.empty()) {
        const auto newline = text.find('\n');
        const std::size_t whole = newline == std::string_view::npos ? text.size() : newline + 1;
        std::size_t length = newline == std::string_view::npos ? whole : newline;
        if (length > 0 && length < whole && text[length - 1] == '\r') --length;
        lines.push_back({text.substr(0, length), text.substr(length, whole - length), {}});
        text.remove_prefix(whole);
    }
    return lines;
}

}  // namespace

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

text_kind text_kind_of(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    if (name.ends_with(".cpp") || name.ends_with(".hpp")) return text_kind::cpp;
    if (name.ends_with(".yaml") || name.ends_with(".yml")) return text_kind::yaml;
    constexpr std::array<std::string_view, 5> configuration{".json", ".cmake", ".sh", "Dockerfile", "CMakeLists.txt"};
    const bool is_words = name.starts_with(".env") || std::any_of(configuration.begin(), configuration.end(),
                                                                  [&](auto end) { return name.ends_with(end); });
    return is_words ? text_kind::words : text_kind::prose;
}

std::vector<token_line> token_lines(text_kind kind, std::string_view text) {
    std::vector<token_line> lines = split(text);
    std::size_t line = 0;
    for (const token& one : tokens_of(kind, text)) {
        const auto begin = [&](std::size_t i) { return static_cast<std::size_t>(lines[i].text.data() - text.data()); };
        const auto from = static_cast<std::size_t>(one.text.data() - text.data());
        const std::size_t to = from + one.text.size();
        while (line + 1 < lines.size() && begin(line + 1) <= from) ++line;
        for (std::size_t i = line; i < lines.size() && begin(i) < to; ++i) {
            const std::size_t first = std::max(from, begin(i));
            const std::size_t last = std::min(to, begin(i) + lines[i].text.size());
            if (first < last) lines[i].tokens.push_back({text.substr(first, last - first), one.kind, one.relation});
        }
    }
    return lines;
}

}  // namespace tenon::gen
