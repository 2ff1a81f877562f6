// Reads the marks of a migration.
#include "migrations/header.hpp"

#include <algorithm>

namespace tenon::db {
namespace {

/// What stands behind the mark, without the colon and the spaces around; nothing when the line does not have it.
std::optional<std::string> behind(std::string_view line, std::string_view mark) {
    if (!line.starts_with(mark)) return std::nullopt;
    line.remove_prefix(mark.size());
    const std::size_t begin = line.find_first_not_of(": \t");
    const std::size_t end = line.find_last_not_of(" \t\r");
    return begin == line.npos ? std::string() : std::string(line.substr(begin, end + 1 - begin));
}

}  // namespace

migration_header read_header(std::string_view text) {
    migration_header out;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        const bool blank = line.find_first_not_of(" \t\r") == line.npos;
        if (!blank && !line.starts_with("--")) break;
        if (behind(line, "-- no-transaction")) out.no_transaction = true;
        if (auto why = behind(line, "-- irreversible")) out.irreversible = std::move(why);
        text.remove_prefix(line.size() < text.size() ? line.size() + 1 : line.size());
    }
    return out;
}

std::vector<migration_statement> statements_of(std::string_view text) {
    std::vector<migration_statement> out;
    bool between = true;
    for (std::size_t at = 0, line = 1; at < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const bool blank = text.substr(at, end - at).find_first_not_of(" \t\r") == text.npos;
        if (!blank && between) out.push_back({text.substr(at, 0), line});
        if (!blank) out.back().text = std::string_view(out.back().text.data(), text.data() + end);
        between = blank;
        at = end + 1;
    }
    return out;
}

}  // namespace tenon::db
