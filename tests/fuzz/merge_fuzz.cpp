// Fuzzes merging: three texts out of one input, as every kind of file. Whatever they are, a merge comes out; it is
// clean where it must be; and no line that only mine has is lost by a clean one, unless theirs took it away.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "generator/merge/merge.hpp"
#include "generator/merge/regions.hpp"

namespace {

using namespace tenon::gen;

void require(bool holds) {
    if (!holds) std::abort();
}

constexpr std::array<const char*, 5> paths{"a.txt", "CMakeLists.txt", ".env.example", "a.json", "a.yaml"};

/// The text up to the next byte 0xff, which no valid text has.
std::string_view take_side(std::string_view& rest) {
    const auto end = rest.find('\xff');
    const std::string_view side = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return side;
}

void check(const char* path, const three_texts& sides) {
    const auto merged = merge_files(path, sides);
    require(merged.has_value());
    if (sides.mine == sides.theirs || sides.base == sides.theirs) {
        require(merged->conflicts.empty() && merged->text == sides.mine);
    } else if (sides.base == sides.mine) {
        require(merged->conflicts.empty() && merged->text == sides.theirs);
    }
    const auto lines = static_cast<std::size_t>(std::count(sides.mine.begin(), sides.mine.end(), '\n'));
    for (const conflict_hunk& hunk : merged->conflicts) require(hunk.line >= 1 && hunk.line <= lines + 2);
    const bool even = sides.mine.find('\r') == sides.mine.npos && sides.theirs.find('\r') == sides.theirs.npos;
    if (even && merged->conflicts.empty() && sides.base != sides.mine) {
        require(sides.mine == merged->text || keeps_edited_regions(merged->text, sides));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string_view base = take_side(rest);
    const std::string_view mine = take_side(rest);
    check(paths[data[0] % paths.size()], {base, mine, rest});
    return 0;
}
