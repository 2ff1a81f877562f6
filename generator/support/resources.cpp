// Finds its way in the archive that tools/embed made; nothing is copied.
#include "generator/support/resources.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

// The assembler includes the archive; the file's path comes from the build.
asm(".section .rodata\n"
    ".balign 16\n"
    ".global tenon_embedded_archive\n"
    "tenon_embedded_archive:\n"
    ".incbin \"" TENON_RESOURCE_ARCHIVE
    "\"\n"
    ".byte 0\n"
    ".text\n");

extern "C" const char tenon_embedded_archive[];

namespace tenon::gen {
namespace {

std::uint64_t number_at(std::uint64_t offset) {
    std::uint64_t number = 0;
    for (int i = 7; i >= 0; --i) {
        number = number << 8 | static_cast<unsigned char>(tenon_embedded_archive[offset + static_cast<unsigned>(i)]);
    }
    return number;
}

std::vector<resource> read_index() {
    constexpr std::uint64_t header = 8;
    std::vector<resource> all(number_at(header));
    std::uint64_t at = header + 8;
    for (resource& one : all) {
        one.path = {tenon_embedded_archive + number_at(at + 8), number_at(at)};
        one.content = {tenon_embedded_archive + number_at(at + 24), number_at(at + 16)};
        at += 32;
    }
    return all;
}

}  // namespace

std::span<const resource> resources() {
    static const std::vector<resource> all = read_index();
    return all;
}

std::optional<std::string_view> find_resource(std::string_view path) {
    const auto all = resources();
    const auto at = std::lower_bound(all.begin(), all.end(), path,
                                     [](const resource& one, std::string_view wanted) { return one.path < wanted; });
    if (at == all.end() || at->path != path) return std::nullopt;
    return at->content;
}

std::map<std::string, std::string_view> resources_below(std::string_view folder) {
    std::map<std::string, std::string_view> found;
    for (const resource& one : resources()) {
        if (one.path.starts_with(folder)) found.emplace(one.path.substr(folder.size()), one.content);
    }
    return found;
}

}  // namespace tenon::gen
