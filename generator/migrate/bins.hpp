// What becomes of rows in the bin when there is no bin for them any more.
#pragma once

#include <string>
#include <vector>

#include "generator/migrate/changes.hpp"

namespace tenon::gen {

/// The part of a table that matters to bins, in the words of the schema afterwards.
struct bin_place {
    std::string name;
    bool own_bin = false;               ///< Or may have one: earlier records do not say.
    std::vector<std::string> cascades;  ///< The tables whose deletion takes rows along.

    bool operator==(const bin_place&) const = default;
};

/// Two schemas.
class bins_compared {
  public:
    /// `old` is `before` in the words of `after`, table by table. All of them must outlive this.
    bins_compared(const schema& before, const std::vector<schema_table>& old, const schema& after);

    /// Fills `along` and `along_back`.
    void note_takers(table_change& change) const;

    /// Nothing about bins differs.
    bool are_the_same() const { return was_ == now_; }

  private:
    const schema& before_;
    const std::vector<schema_table>& old_;
    std::vector<bin_place> was_, now_;
};

/// True when what lies in the table's own bin, or may lie there, has to come back: its rows are still taken into the
/// bin, but only with what they refer to.
bool brings_back(const table_change& change);

struct row_change {
    std::string assignment;
    std::string condition;
};

/// How rows of a table that keeps its bin come back, in the words of the schema afterwards; the order does not matter.
std::vector<row_change> returns(const table_change& change);

/// The condition under which a row, `source` in the words of the schema before, is live when all that returns has;
/// empty: every row is. Requires: there was a bin.
std::string live_afterwards(const table_change& change);

}  // namespace tenon::gen
