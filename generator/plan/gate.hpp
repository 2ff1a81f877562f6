// `--fail-on`: which changes a reviewer or CI wants to see before they happen.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/plan/plan.hpp"

namespace tenon::gen {

/// A word that `--fail-on` takes, and what it stands for.
struct gate_word {
    std::string_view name;
    std::string_view meaning;
};

/// All of them, in the order in which help and documentation list them.
const std::vector<gate_word>& gate_words();

/// The words of "a,b" and of several such texts; a failure names the first unknown one, with the nearest known.
outcome<std::vector<std::string>> parse_gates(const std::vector<std::string>& texts);

/// What of `p` the words object to, a line each; empty when nothing.
std::vector<std::string> caught_by(const std::vector<std::string>& gates, const plan& p);

/// `caught` as a message, and what to do about it.
std::string gate_message(const std::vector<std::string>& caught);
inline constexpr std::string_view gate_hint = "look at it, and run without --fail-on if it is meant";

}  // namespace tenon::gen
