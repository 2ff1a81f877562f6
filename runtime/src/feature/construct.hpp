// What a spec says to switch a feature on, as data: the reader, the editors' schema and the reference are made of it.
#pragma once

#include <string_view>
#include <vector>

#include "feature/settings.hpp"

namespace tenon::feature {

/// A key of a construct: a value, or more keys.
struct option {
    std::string_view name;
    form what = form::text;  ///< `rate` and `secret` are for variables.
    std::string_view default_text = {};
    std::string_view meaning;  ///< A phrase without a full stop.
    std::int64_t min = 0, max = 0;
    std::vector<std::string_view> words = {};
    bool required = false;
    std::vector<option> inner = {};  ///< Where there are some, the value is a map of these.
};

/// A key at the top of a spec: a map of its options, or `true` or `false`.
struct construct {
    std::string_view key = {};      ///< Empty: every product has the feature.
    std::string_view meaning = {};  ///< A phrase without a full stop.
    std::vector<option> options = {};
};

}  // namespace tenon::feature
