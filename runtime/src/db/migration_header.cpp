// Reads the marks of a migration.
#include "db/migration_header.hpp"

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

}  // namespace tenon::db
