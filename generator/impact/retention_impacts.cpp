// The difference of two records of bins.
#include "generator/impact/retention_impacts.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace tenon::gen {
namespace {

/// As the spec writes it: "90d".
std::string duration_in_words(std::int64_t seconds) {
    constexpr std::array<std::pair<std::int64_t, char>, 3> units{{{86'400, 'd'}, {3'600, 'h'}, {60, 'm'}}};
    for (const auto& [length, unit] : units) {
        if (seconds % length == 0) return std::to_string(seconds / length) + unit;
    }
    return std::to_string(seconds) + 's';
}

}  // namespace

std::vector<retention_impact> compare_retention(const bin_record& before, const bin_record& after,
                                                const std::map<std::string, std::string>& renamed) {
    bin_record old;
    for (const auto& [entity, seconds] : before) {
        const auto moved = renamed.find(entity);
        old.emplace(moved == renamed.end() ? entity : moved->second, seconds);
    }
    std::vector<retention_impact> out;
    for (const auto& [entity, seconds] : after) {
        const auto known = old.find(entity);
        if (known == old.end() || seconds == known->second) continue;
        const std::int64_t was = known->second;
        if (seconds == 0 || (was != 0 && seconds > was)) {
            const std::string now = seconds == 0 ? "for ever" : "for " + duration_in_words(seconds);
            out.push_back({{"retention_lengthened", severity::info,
                            "keeps what is in the bin of '" + entity + "' " + now + ", no longer only for " +
                                duration_in_words(was)},
                           entity});
            continue;
        }
        const std::string what =
            "deletes for good what has been in the bin of '" + entity + "' for " + duration_in_words(seconds);
        if (was == 0)
            out.push_back({{"retention_added", severity::destructive, what + "; the bin has kept everything"}, entity});
        else
            out.push_back(
                {{"retention_shortened", severity::destructive, what + ", no longer for " + duration_in_words(was)},
                 entity});
    }
    return out;
}

}  // namespace tenon::gen
