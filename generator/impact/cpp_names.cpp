// Scopes are taken to reach over the whole file: that finds what a block says for itself, too.
#include "generator/impact/cpp_names.hpp"

#include <algorithm>
#include <array>

namespace tenon::gen {
namespace {

std::string joined(const std::vector<std::string_view>& parts) {
    std::string out;
    for (const std::string_view part : parts) out.append(out.empty() ? "" : "::").append(part);
    return out;
}

/// Words that stand before a name that is used, not declared.
bool is_keyword_before_use(std::string_view word) {
    constexpr std::array words{
        std::string_view("alignas"), std::string_view("case"),      std::string_view("co_await"),
        std::string_view("co_return"), std::string_view("co_yield"), std::string_view("const"),
        std::string_view("constexpr"), std::string_view("consteval"), std::string_view("constinit"),
        std::string_view("delete"),    std::string_view("do"),        std::string_view("else"),
        std::string_view("explicit"),  std::string_view("extern"),    std::string_view("final"),
        std::string_view("friend"),    std::string_view("goto"),      std::string_view("inline"),
        std::string_view("mutable"),   std::string_view("new"),       std::string_view("noexcept"),
        std::string_view("operator"),  std::string_view("override"),  std::string_view("private"),
        std::string_view("protected"), std::string_view("public"),    std::string_view("return"),
        std::string_view("sizeof"),    std::string_view("static"),    std::string_view("throw"),
        std::string_view("thread_local"), std::string_view("typedef"), std::string_view("typename"),
        std::string_view("using"),     std::string_view("virtual"),   std::string_view("volatile")};
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_type_word(std::string_view word) {
    return word == "class" || word == "struct" || word == "union" || word == "enum" || word == "concept";
}

}  // namespace

cpp_names::cpp_names(const std::vector<cpp_token>& tokens) : tokens_(tokens) {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        if (!is_name(i)) continue;
        if (tokens_[i].text == "using") {
            read_using(i + 1);
        } else if (tokens_[i].text == "namespace" && !(i > 0 && is(i - 1, "using"))) {
            read_namespace(i + 1);
        } else {
            read_declaration(i);
        }
    }
}

bool cpp_names::is(std::size_t token, std::string_view text) const {
    const bool is_code = token < tokens_.size() && tokens_[token].kind < cpp_kind::literal;
    return is_code && tokens_[token].text == text;
}

bool cpp_names::is_name(std::size_t token) const {
    return token < tokens_.size() && tokens_[token].kind == cpp_kind::name;
}

cpp_chain cpp_names::chain_at(std::size_t token) const {
    cpp_chain out;
    if (!is_name(token)) return out;
    if (token > 0) {
        if (is(token - 1, ".") || is(token - 1, "->")) return out;
        if (is(token - 1, "::")) {
            const bool is_inner = token > 1 && ((is_name(token - 2) && !is_keyword_before_use(tokens_[token - 2].text)) ||
                                                is(token - 2, ">"));
            if (is_inner) return out;
            out.is_global = true;
        }
    }
    out.parts.push_back(tokens_[token].text);
    out.end = token + 1;
    for (; is(out.end, "::") && is_name(out.end + 1); out.end += 2) out.parts.push_back(tokens_[out.end + 1].text);
    return out;
}

std::vector<std::string> cpp_names::meanings(const cpp_chain& chain) const {
    std::string whole = joined(chain.parts);
    std::vector<std::string> out{whole};
    if (chain.is_global || chain.parts.front() == "tenon") return out;
    if (const auto alias = aliases_.find(chain.parts.front()); alias != aliases_.end() && chain.parts.size() > 1) {
        for (const std::string& space : alias->second) {
            out.push_back(space + whole.substr(chain.parts.front().size()));
        }
        return out;
    }
    for (const std::string& space : opened_) out.push_back(space + "::" + whole);
    return out;
}

void cpp_names::read_using(std::size_t at) {
    const bool is_directive = is(at, "namespace");
    const std::size_t first = at + (is_directive ? 1 : 0);
    const cpp_chain chain = chain_at(first + (is(first, "::") ? 1 : 0));
    if (chain.parts.empty()) return;
    if (is_directive) {
        for (std::string& space : meanings(chain)) opened_.insert(std::move(space));
    } else {
        declared_.insert(chain.parts.back());
    }
}

void cpp_names::read_namespace(std::size_t at) {
    const cpp_chain chain = chain_at(at);
    if (chain.parts.empty()) return;
    if (is(chain.end, "=")) {
        const std::size_t target = chain.end + 1;
        const cpp_chain to = chain_at(target + (is(target, "::") ? 1 : 0));
        if (!to.parts.empty()) aliases_.insert_or_assign(joined(chain.parts), meanings(to));
        return;
    }
    std::string space;
    for (const std::string_view part : chain.parts) {
        space.append(space.empty() ? "" : "::").append(part);
        opened_.insert(space);
    }
}

void cpp_names::read_declaration(std::size_t at) {
    if (at == 0) return;
    const std::string_view name = tokens_[at].text;
    if (is_name(at - 1)) {
        const std::string_view before = tokens_[at - 1].text;
        if (is_type_word(before) || !is_keyword_before_use(before)) declared_.insert(name);
        return;
    }
    std::size_t type = at;
    while (type > 0 && (is(type - 1, "&") || is(type - 1, "*"))) --type;
    const bool is_bound = type < at || is(at - 1, ">");
    if (!is_bound || type == 0) return;
    const bool has_type = is(type - 1, ">") || (is_name(type - 1) && !is_keyword_before_use(tokens_[type - 1].text)) ||
                          is(type - 1, "const");
    const bool ends = is(at + 1, ";") || is(at + 1, "=") || is(at + 1, ",") || is(at + 1, ")") || is(at + 1, "{") ||
                      is(at + 1, ":") || (is(at + 1, "(") && is(at - 1, ">"));
    if (has_type && ends) declared_.insert(name);
}

}  // namespace tenon::gen
