// The rows that go for good with a record: found by one recursive query over all kinds.
#pragma once

#include <string>
#include <vector>

#include <tenon/records/deletion.hpp>

#include "records/reach.hpp"

namespace tenon::records {

class doomed_rows {
  public:
    explicit doomed_rows(const record& what);

    /// Stands before a statement that uses `ids`; empty when nothing but the record can go.
    const std::string& with() const { return with_; }
    /// A list of ids, for `IN (…)`. $2 is the record.
    std::string ids(kind_number of) const;
    /// The kinds that can be among them, those that refer first.
    const std::vector<kind_number>& kinds() const { return kinds_; }

  private:
    kind_number root_;
    std::vector<kind_number> kinds_;
    std::string with_;
};

}  // namespace tenon::records
