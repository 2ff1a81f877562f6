// What a session may do with a row, by the declaration: worked out over rows in memory, without any SQL.
#pragma once

#include <string>
#include <vector>

#include "declared_rows.hpp"

namespace tenon::test {

/// Who asks. `owner`: in the role that owns the tables, instead of the one that serves.
struct asker {
    std::string name;
    char tenant = nobody;
    char user = nobody;
    bool service = false;
    bool owner = false;
};

class declared_accesses {
  public:
    /// `rows` are what the database has; they must outlive this.
    explicit declared_accesses(const declared_rows& rows) : rows_(rows) {}

    bool permits(const asker& who, const feature::table& table, const declared_row& row, feature::command what) const;
    /// One permission alone.
    bool permits(const asker& who, const feature::access& by, const declared_row& row, feature::command what) const;
    /// Whether the role that serves may give the command at all.
    static bool may_be_given(const feature::table& table, feature::command what);

  private:
    bool leads_to_a_row(const asker& who, const feature::access& by, const declared_row& row) const;

    const declared_rows& rows_;
};

}  // namespace tenon::test
