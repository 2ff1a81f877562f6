// What all features declare, in the order of documents.
#include <algorithm>

#include "feature/feature.hpp"

namespace tenon::feature {

std::vector<declaration> documented_features() {
    std::vector<declaration> out = all_features();
    std::stable_sort(out.begin(), out.end(),
                     [](const declaration& a, const declaration& b) { return a.place < b.place; });
    return out;
}

std::vector<setting> settings_of(const std::vector<declaration>& features) {
    std::vector<setting> out;
    for (const declaration& each : features) out.insert(out.end(), each.settings.begin(), each.settings.end());
    return out;
}

std::vector<problem> problems_of(const std::vector<declaration>& features) {
    std::vector<problem> out;
    for (const declaration& each : features) out.insert(out.end(), each.problems.begin(), each.problems.end());
    std::sort(out.begin(), out.end(), [](const problem& a, const problem& b) { return a.code < b.code; });
    return out;
}

std::vector<setting> all_settings() {
    return settings_of(documented_features());
}

}  // namespace tenon::feature
