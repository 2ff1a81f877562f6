// What the names of one C++ text may stand for: by the namespaces that it opens and uses, its aliases, and what it
// declares. No compiler: it knows one file, not what that includes.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/impact/cpp_tokens.hpp"

namespace tenon::gen {

/// A name with its qualifiers: "http::tenant_call".
struct cpp_chain {
    std::vector<std::string_view> parts;
    std::size_t end = 0;     ///< The token behind it.
    bool is_global = false;  ///< Begins with "::".
};

class cpp_names {
  public:
    /// `tokens` must outlive it.
    explicit cpp_names(const std::vector<cpp_token>& tokens);

    /// The longest chain that begins at a token; without parts when none does: behind "." or "->", within another chain,
    /// at a sign.
    cpp_chain chain_at(std::size_t token) const;
    /// Every name in full that a chain may stand for, without "::" in front; the first is what it says itself.
    std::vector<std::string> meanings(const cpp_chain& chain) const;
    /// Whether this text declares something of that name itself: a type, an alias, a variable, a function.
    bool declares(std::string_view name) const { return declared_.contains(name); }
    const std::set<std::string_view>& declared() const { return declared_; }

  private:
    bool is(std::size_t token, std::string_view text) const;
    bool is_name(std::size_t token) const;
    void read_using(std::size_t at);
    void read_namespace(std::size_t at);
    void read_declaration(std::size_t at);

    const std::vector<cpp_token>& tokens_;
    std::map<std::string, std::vector<std::string>, std::less<>> aliases_;  ///< Of namespaces -> what they may mean.
    std::set<std::string> opened_;  ///< Namespaces whose names need no qualifier.
    std::set<std::string_view> declared_;
};

}  // namespace tenon::gen
