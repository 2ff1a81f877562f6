// SQL texts whose type says whom they may be run for. Written with PostgreSQL's $1, $2 …, run on both databases.
#pragma once

#include <cstddef>
#include <string_view>

namespace tenon::db {

namespace detail {
// Reached only during constant evaluation, where calling it is the compile error that names the mistake.
void a_tenant_statement_must_name_the_tenant_as_dollar_1();

constexpr bool names_parameter_1(std::string_view text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const bool one = text[i] == '$' && text[i + 1] == '1';
        const bool ends = i + 2 == text.size() || text[i + 2] < '0' || text[i + 2] > '9';
        if (one && ends) return true;
    }
    return false;
}
}  // namespace detail

template <std::size_t Size>
class tenant_text;

/// A literal that speaks of one tenant's rows: it must use $1, which the session itself binds to its tenant; the
/// caller's parameters start at $2. A literal without $1 does not compile.
class tenant_sql {
  public:
    consteval tenant_sql(const char* text) : text_(text) {
        if (!detail::names_parameter_1(text)) detail::a_tenant_statement_must_name_the_tenant_as_dollar_1();
    }
    constexpr std::string_view text() const { return text_; }

  private:
    template <std::size_t Size>
    friend class tenant_text;
    template <std::size_t Size>
    constexpr tenant_sql(const tenant_text<Size>&, std::string_view checked) : text_(checked) {}

    std::string_view text_;
};

/// The same, put together from literals while it is compiled, so that what statements share stands once:
/// `constexpr tenant_text find_sql("SELECT ", columns, " FROM …")`. Has to be a constant of namespace scope.
template <std::size_t Size>
class tenant_text {
  public:
    template <std::size_t... Sizes>
    consteval explicit tenant_text(const char (&... literals)[Sizes]) : text_{} {
        char* end = text_;
        ((end = append(end, literals, Sizes - 1)), ...);
        if (!detail::names_parameter_1(std::string_view(text_, Size - 1)))
            detail::a_tenant_statement_must_name_the_tenant_as_dollar_1();
    }
    constexpr operator tenant_sql() const { return tenant_sql(*this, std::string_view(text_, Size - 1)); }

  private:
    static constexpr char* append(char* end, const char* literal, std::size_t length) {
        for (std::size_t i = 0; i < length; ++i) *end++ = literal[i];
        return end;
    }

    char text_[Size];
};
template <std::size_t... Sizes>
tenant_text(const char (&... literals)[Sizes]) -> tenant_text<(Sizes + ...) - sizeof...(Sizes) + 1>;

/// A literal over the tables that belong to no tenant (users, refresh tokens, migrations).
class system_sql {
  public:
    consteval system_sql(const char* text) : text_(text) {}
    constexpr std::string_view text() const { return text_; }

  private:
    std::string_view text_;
};

}  // namespace tenon::db
