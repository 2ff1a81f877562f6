// The proof of one evolution on one database.
#pragma once

#include "tests/unit/generator/migrate/evolutions.hpp"
#include "tests/unit/generator/migrate/proof_database.hpp"

namespace tenon::gen::sample {

/// Up keeps the rows, each under its new name, and leads to the schema of a fresh installation; down leads back to the
/// schema of before and its rows, and up again; or the down is declared irreversible. What is not so fails the test.
void prove(const evolution& step, proof_database& database);

}  // namespace tenon::gen::sample
