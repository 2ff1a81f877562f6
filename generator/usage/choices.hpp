// Options that take one of a few words. What a validator says has the form "MESSAGE; HINT" (see usage.hpp).
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "generator/support/text.hpp"

namespace tenon::gen {

inline std::string not_one_of(const std::string& word, const std::vector<std::string>& known) {
    return gen::quoted(word) + " is not possible here; " + did_you_mean(word, known, "possible are ");
}

/// Refuses other words.
inline CLI::Validator one_of(std::vector<std::string> known) {
    const auto why_wrong = [known = std::move(known)](const std::string& word) {
        const bool is_known = std::find(known.begin(), known.end(), word) != known.end();
        return is_known ? std::string() : not_one_of(word, known);
    };
    return CLI::Validator(why_wrong, "", "");
}

/// Refuses other words, and turns these into the numbers of their enumerators, which is how CLI11 reads them.
template <class Value>
CLI::Validator one_of(const std::map<std::string, Value>& meanings) {
    std::vector<std::string> known;
    for (const auto& [word, meaning] : meanings) known.push_back(word);
    CLI::Validator out("");
    out.operation([meanings, known](std::string& word) {
        const auto found = meanings.find(word);
        if (found == meanings.end()) return not_one_of(word, known);
        word = std::to_string(static_cast<int>(found->second));
        return std::string();
    });
    return out;
}

}  // namespace tenon::gen
