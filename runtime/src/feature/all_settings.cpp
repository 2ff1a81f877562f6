// The settings of all features, in the order of documents.
#include <algorithm>

#include "feature/feature.hpp"

namespace tenon::feature {

std::vector<setting> all_settings() {
    std::vector<declaration> features = all_features();
    std::stable_sort(features.begin(), features.end(),
                     [](const declaration& a, const declaration& b) { return a.place < b.place; });
    std::vector<setting> out;
    for (const declaration& each : features) out.insert(out.end(), each.settings.begin(), each.settings.end());
    return out;
}

}  // namespace tenon::feature
