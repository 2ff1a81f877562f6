// Whether a word is one of a few.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace tenon::gen {

template <std::size_t Size>
bool is_among(std::string_view word, const std::array<std::string_view, Size>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace tenon::gen
