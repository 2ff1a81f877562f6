// What a feature keeps, as data: migrations, policies, rights, checks and the schemas of tests are made of it.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace tenon::feature {

/// In texts of names: what a product calls its tenants' table and the column that refers to it.
inline constexpr std::string_view tenants_table = "{tenants}";
inline constexpr std::string_view tenant_column = "{tenant_id}";

enum class column_type { uuid, text, integer, instant };

struct column {
    std::string_view name;
    column_type type = column_type::text;
    bool nullable = false;
    bool starts_at_one = false;  ///< An integer: what a row has that does not say.
    std::string_view was = {};   ///< Its former name.
};

/// To the id of a row elsewhere; it goes when that one goes.
struct reference {
    std::string_view column;
    std::string_view table;
};

struct index {
    std::vector<std::string_view> columns;
    bool unique = false;
};

/// Who asks a database for rows. A session is in a tenant, of a user, both, or does the service's own work.
enum class viewer {
    tenant,        ///< `column` is the session's tenant.
    user,          ///< `column` is the session's user, in whichever tenant.
    user_outside,  ///< The same, and the session is in no tenant.
    service,       ///< The session does the service's own work.
    owner,         ///< The role that owns the tables, doing the service's own work: migrations.
};

enum class command { every, select, insert, update, delete_ };

/// Rows are seen through those of another table: one of which `theirs` is the row's `own`, and which the viewer sees.
struct way {
    std::string_view table;
    std::string_view theirs;
    std::string_view own;
};

/// A permission; what none permits is refused.
struct access {
    viewer who{};
    std::vector<command> commands = {command::every};
    std::string_view column = {};  ///< Of the table, or of the way's; none for `service` and `owner`.
    way through = {};
};

/// Rows go, within the hour after the instant in this column; one whose column is null stays. None where it is empty.
struct retention {
    std::string_view column = {};
};

struct table {
    std::string_view name;
    std::vector<column> columns;
    std::vector<std::string_view> primary_key;
    std::vector<reference> references = {};
    std::vector<index> indexes = {};
    /// Empty: each row is seen, and written, by sessions in its tenant, whose id is in `tenant_column`; rows with the
    /// nil id, if there are any, are the whole service's.
    std::vector<access> accesses = {};
    retention kept = {};
    std::string_view was = {};  ///< Its former name.
};

/// Its rows are seen by their tenant alone.
inline bool is_of_tenants(const table& one) {
    return one.accesses.empty();
}

inline bool has_column(const table& one, std::string_view name) {
    return std::any_of(one.columns.begin(), one.columns.end(),
                       [name](const column& each) { return each.name == name; });
}

}  // namespace tenon::feature
