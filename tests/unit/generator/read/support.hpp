// Helpers of the reader's tests: reading text, and looking at what was found.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "generator/read/read.hpp"

namespace tenon::gen::test {

/// A spec without entities.
inline constexpr std::string_view bare_head = "tenon: 1\nservice: {name: shop}\ntenant: {name: workspace}\n";
/// The first lines of every small spec.
inline constexpr std::string_view head =
    "tenon: 1\nservice: {name: shop}\ntenant: {name: workspace}\n"
    "access: {read: member, create: member, update: member, delete: admin}\n";

/// The folder of bad specs.
std::filesystem::path corpus_folder();
/// The repository.
std::filesystem::path source_folder();
std::string read_file(const std::filesystem::path& path);

/// Reads `text`, which has to be a good spec; otherwise the test fails with what was found and gets an empty one.
spec must_read(const std::string& text, const read_options& options = {});
/// What is found in a bad spec; the warnings of a good one.
diagnostics mistakes_in(const std::string& text, const read_options& options = {});
/// "4:7 E011" for each, in order.
std::vector<std::string> places_of(const diagnostics& found, const std::string& text);
/// "E011" for each, in order.
std::vector<std::string> codes_of(const diagnostics& found);

/// Everything of the language, with every entity that it refers to.
std::string whole_language();

}  // namespace tenon::gen::test
