// Shared by the merge tests: a merge that must be clean, and one that must not.
#pragma once

#include <gtest/gtest.h>

#include "generator/merge/merge.hpp"

namespace tenon::gen {

inline merged_text merge_of(std::string_view path, std::string_view base, std::string_view mine,
                            std::string_view theirs) {
    auto out = merge_files(path, {base, mine, theirs});
    EXPECT_TRUE(out.has_value());
    return out ? std::move(*out) : merged_text{};
}

/// The text of a merge that has no conflicts.
inline std::string clean(std::string_view path, std::string_view base, std::string_view mine, std::string_view theirs) {
    const merged_text out = merge_of(path, base, mine, theirs);
    EXPECT_TRUE(out.conflicts.empty()) << out.text;
    return out.text;
}

}  // namespace tenon::gen
