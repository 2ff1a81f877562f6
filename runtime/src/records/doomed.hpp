// The rows that are deleted for good with a record, of any number of kinds and levels.
#pragma once

#include <string>
#include <vector>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/records/deletion.hpp>

#include "records/reach.hpp"

namespace tenon::records {

class doomed_rows {
  public:
    doomed_rows(const db::tenant_transaction& open, const record& what);

    /// Comes before any statement that uses `ids`. On SQLite it finds the rows, and keeps their ids until it is called
    /// for another record; on PostgreSQL it locks them.
    task<result<void>> collect(db::tenant_transaction& open);

    /// True when nothing but the record can be among them.
    bool only_the_record() const { return ways_.empty(); }
    /// Stands before a statement that uses `ids`.
    const std::string& with() const { return with_; }
    /// A list of ids, for `IN (…)`. $2 is the record.
    std::string ids(kind_number of) const;
    /// The kinds that can be among them, those that refer first.
    const std::vector<kind_number>& kinds() const { return kinds_; }

  private:
    task<result<void>> hold(db::tenant_transaction& open);
    task<result<std::int64_t>> collect_next(db::tenant_transaction& open, const reference& r, std::int64_t level);

    record what_;
    bool is_kept_;  ///< In a table of the connection.
    std::vector<kind_number> kinds_;
    std::vector<reference> ways_;
    std::string with_;
};

}  // namespace tenon::records
