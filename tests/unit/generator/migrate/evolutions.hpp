// Pairs of specs: what a product was, and what it becomes.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace tenon::gen::sample {

/// One step of a product's life. Queries and answers are for both databases; they see all tenants' rows.
struct evolution {
    std::string name;
    std::string before;  ///< Under `entities:`.
    std::string after;
    std::string prepare = {};   ///< Run before the migration, so that the rows fit.
    std::string query = {};     ///< Asked after the migration, where more is promised than that what stays is the same.
    std::string answer = {};    ///< Rows by newlines, cells by '|'.
    bool destructive = false;   ///< Refused without --allow-destructive.
    bool irreversible = false;  ///< Its down is declared so.
    std::string tenant_before = "workspace";
    std::string tenant_after = "workspace";
};

/// For the names of tests.
inline std::ostream& operator<<(std::ostream& out, const evolution& one) {
    return out << one.name;
}

/// Every kind of change, alone and combined.
std::vector<evolution> evolutions();

/// The whole text of a spec.
std::string spec_text(const std::string& entities, const std::string& tenant = "workspace");

}  // namespace tenon::gen::sample
