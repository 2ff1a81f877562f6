// Carries the renames of a spec into a file that somebody edited, so that it can be merged with what is generated now.
//
//   a line as it was generated      is the line that is generated now
//   a line of the user's            keeps every character but its names
//   a name, literal or SQL name     becomes what it became in the generated lines: of this file, of its entity's files,
//                                   of the product; the first that say anything decide
//   comments, sentences, documents  stay as they are
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/rename/product_names.hpp"

namespace tenon::gen {

/// One file to carry over; all views must outlive the call.
struct text_to_carry {
    std::string_view path;
    std::string_view subject;
    std::optional<std::string_view> base;  ///< As last generated; nothing: it is not known (a seeded file).
    std::string_view mine;
    std::string_view theirs;
};

/// A name of the user's that two things share by now.
struct undecided_name {
    std::size_t line = 0;  ///< In mine, from 1.
    std::string text;      ///< The line.
    std::string other;     ///< The line with the other name.
};

struct carried_text {
    std::string base;   ///< As it would have been generated under the new names; empty without a base.
    std::string mine;   ///< With the names that are undecided as they are.
    std::string other;  ///< With the other names there.
    std::vector<undecided_name> undecided;
};

carried_text carry_renames(const product_names& names, const text_to_carry& file);

}  // namespace tenon::gen
