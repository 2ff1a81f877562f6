// Compares a pattern with the tokens of a text, part by part.
#include "generator/impact/name_pattern.hpp"

#include <algorithm>

namespace tenon::gen {
namespace {

constexpr std::size_t none = 0;  // No match ends at the first token.

bool is_sign(const searched_text& text, std::size_t token, std::string_view sign) {
    return token < text.tokens.size() && text.tokens[token].kind == cpp_kind::sign && text.tokens[token].text == sign;
}

std::string_view name_at(const searched_text& text, std::size_t token) {
    const bool is_name = token < text.tokens.size() && text.tokens[token].kind == cpp_kind::name;
    return is_name ? text.tokens[token].text : std::string_view();
}

/// Past what may stand before a type.
std::size_t past_qualifiers(const searched_text& text, std::size_t token) {
    while (name_at(text, token) == "const" || name_at(text, token) == "typename" || is_sign(text, token, "::")) ++token;
    return token;
}

const former_object* object_of(std::string_view name, std::span<const former_object> objects) {
    const auto found = std::find_if(objects.begin(), objects.end(), [&](const auto& one) { return one.name == name; });
    return found == objects.end() ? nullptr : &*found;
}

/// Whether a name of the text is `full`, or, `within`, something inside of it.
bool is_meant(const searched_text& text, const cpp_chain& chain, const std::string& full, bool within) {
    const std::vector<std::string> meanings = text.names.meanings(chain);
    const auto fits = [&](const std::string& meaning) {
        return meaning == full || (within && meaning.starts_with(full) && meaning.substr(full.size()).starts_with("::"));
    };
    if (fits(meanings.front())) return true;
    if (std::none_of(meanings.begin(), meanings.end(), fits)) return false;
    const bool is_other = std::any_of(meanings.begin(), meanings.end(),
                                      [&](const std::string& meaning) { return text.present.contains(meaning); });
    // `open` without more is the system's.
    const bool is_alone = chain.parts.size() == 1;
    return !is_other && !(is_alone && (text.taken.contains(chain.parts[0]) || chain.parts[0] == "open"));
}

}  // namespace

name_pattern::name_pattern(std::string_view code, std::span<const former_object> objects) {
    const std::vector<cpp_token> tokens = cpp_tokens(code);
    const cpp_names names(tokens);
    for (std::size_t i = 0; i < tokens.size();) {
        const cpp_chain chain = names.chain_at(i);
        const former_object* object = object_of(tokens[i].text, objects);
        const bool begins = i == 0 || tokens[i - 1].text == "(";
        if (chain.parts.size() > 1) {
            std::string full;
            for (const std::string_view step : chain.parts) full.append(full.empty() ? "" : "::").append(step);
            i = chain.end;
            parts_.push_back({i < tokens.size() ? part_kind::whole : part_kind::within, full});
            continue;
        }
        const bool is_start = i + 1 < tokens.size() && tokens[i + 1].text == "*";
        if (tokens[i].kind != cpp_kind::name) {
            parts_.push_back({part_kind::sign, std::string(tokens[i].text)});
        } else if (object != nullptr && begins) {
            parts_.push_back({part_kind::object, std::string(object->name)});
            if (!object->made_by.empty()) parts_.back().made_by.emplace_back(object->made_by, objects);
        } else {
            parts_.push_back({is_start ? part_kind::start : part_kind::word, std::string(tokens[i].text)});
        }
        i += is_start ? 2 : 1;
    }
}

std::size_t name_pattern::match(const part& one, const searched_text& text, std::size_t token) const {
    const std::string_view name = name_at(text, token);
    switch (one.kind) {
        case part_kind::sign: {
            const bool same = is_sign(text, token, one.text) || (one.text == "." && is_sign(text, token, "->"));
            return same ? token + 1 : none;
        }
        case part_kind::word:
            return name == one.text ? token + 1 : none;
        case part_kind::start:
            return name.starts_with(one.text) ? token + 1 : none;
        case part_kind::object: {
            const auto variables = text.variables.find(one.text);
            const bool is_inner = token > 0 && (is_sign(text, token - 1, ".") || is_sign(text, token - 1, "->"));
            const bool is_one = !is_inner && variables != text.variables.end() && variables->second.contains(name);
            if (is_one) return token + 1;
            const auto made = one.made_by.empty() ? std::nullopt : one.made_by.front().find_at(text, token);
            return made ? made->end : none;
        }
        case part_kind::whole:
        case part_kind::within: {
            const cpp_chain chain = text.names.chain_at(token);
            const bool meant = !chain.parts.empty() && is_meant(text, chain, one.text, one.kind == part_kind::within);
            return meant ? chain.end : none;
        }
    }
    return none;
}

std::optional<name_match> name_pattern::find_at(const searched_text& text, std::size_t token) const {
    name_match out{token, token};
    bool named = false;
    for (const part& one : parts_) {
        const bool is_full = one.kind == part_kind::whole || one.kind == part_kind::within;
        if (is_full && &one != &parts_.front()) out.end = past_qualifiers(text, out.end);
        const std::size_t end = match(one, text, out.end);
        if (end == none) return std::nullopt;
        if (one.kind != part_kind::sign && !named) out.told = out.end;
        named = named || is_full;
        out.end = end;
    }
    return out;
}

std::map<std::string_view, std::set<std::string_view>> find_variables(const std::vector<cpp_token>& tokens,
                                                                      const cpp_names& names,
                                                                      std::span<const former_object> objects) {
    std::map<std::string_view, std::set<std::string_view>> out;
    const auto is = [&](std::size_t i, std::string_view text) { return i < tokens.size() && tokens[i].text == text; };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const cpp_chain chain = names.chain_at(i);
        if (chain.parts.empty()) continue;
        std::size_t name = chain.end;
        while (is(name, "&") || is(name, "*") || is(name, "const")) ++name;
        if (name >= tokens.size() || tokens[name].kind != cpp_kind::name) continue;
        const std::vector<std::string> meanings = names.meanings(chain);
        for (const former_object& object : objects) {
            const bool is_one = std::any_of(meanings.begin(), meanings.end(), [&](const std::string& meaning) {
                return std::find(object.classes.begin(), object.classes.end(), meaning) != object.classes.end();
            });
            if (is_one) out[object.name].insert(tokens[name].text);
        }
    }
    return out;
}

}  // namespace tenon::gen
