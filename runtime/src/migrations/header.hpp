// What the first lines of a migration say about it, the same for every database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::db {

/// The comment lines (`-- …`) that a migration's text begins with hold its marks, each at the start of a line:
///
///     -- no-transaction: why        its statements, separated by empty lines, run one by one in no transaction; each
///                                   may run again after a failure
///     -- irreversible: why          of a down: there is no way back
struct migration_header {
    bool no_transaction = false;
    std::optional<std::string> irreversible;  ///< Why; may be empty.
};

migration_header read_header(std::string_view text);

struct migration_statement {
    std::string_view text;
    std::size_t line;  ///< Where it begins, counted from one.
};

/// What stands between the empty lines of a migration without transaction; lines of spaces are empty, too.
std::vector<migration_statement> statements_of(std::string_view text);

}  // namespace tenon::db
