// PostgreSQL allows one mention of the rows found so far, and SQLite needs an index for each reference: hence one join
// a reference, of which each found row tries those of its kind.
#include "records/doomed.hpp"

#include "records/sql.hpp"

namespace tenon::records {
namespace {

std::string number(std::size_t n) {
    return std::to_string(n);
}

/// `LEFT JOIN "tasks" AS r0 ON …`: the rows that name a found one by the reference.
std::string joined(const graph& all, const reference& r, const std::string& n) {
    const std::string row = "r" + n + ".";
    std::string out = "\nLEFT JOIN " + quoted(all.kinds[r.from].table) + " AS r" + n + " ON " + row +
                      std::string(of_tenant) + " AND " + row + quoted(r.column) + " = CASE WHEN way.n = " + n +
                      " AND doomed.kind = " + number(r.to) + " THEN doomed.id END";
    if (only_from_bin(all, r)) out += " AND " + row + std::string(is_in_bin);
    return out;
}

}  // namespace

doomed_rows::doomed_rows(const record& what)
    : root_(what.kind), kinds_(reach(what.all, what.kind, deletion::for_good)) {
    std::string ways, kinds, ids, joins;
    std::size_t count = 0;
    for (const reference& r : what.all.references) {
        if (!is_among(kinds_, r.to) || !takes_along(what.all, r, deletion::for_good)) continue;
        const std::string n = number(count++);
        ways += (ways.empty() ? "SELECT " : " UNION ALL SELECT ") + n + (ways.empty() ? " AS n" : "");
        kinds += " WHEN " + n + " THEN " + number(r.from);
        ids += "r" + n + ".\"id\", ";
        joins += joined(what.all, r, n);
    }
    if (count == 0) return;
    with_ = "WITH RECURSIVE doomed(kind, id) AS (SELECT " + number(root_) + ", \"id\" FROM " +
            quoted(what.all.kinds[root_].table) + " WHERE " + std::string(of_tenant) +
            " AND \"id\" = $2\nUNION\nSELECT CASE way.n" + kinds + " END, COALESCE(" + ids +
            "NULL)\nFROM doomed CROSS JOIN (" + ways + ") AS way" + joins + "\nWHERE COALESCE(" + ids +
            "NULL) IS NOT NULL)\n";
}

std::string doomed_rows::ids(kind_number of) const {
    return with_.empty() ? "$2" : "SELECT doomed.id FROM doomed WHERE doomed.kind = " + number(of);
}

}  // namespace tenon::records
