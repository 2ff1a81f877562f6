// How much one statement may answer, on every database.
#pragma once

#include <cstddef>

#include <tenon/core/error.hpp>

namespace tenon::db {

inline constexpr std::size_t result_rows_max = 100'000;
inline constexpr std::size_t result_cells_max = 4'000'000;

inline error result_too_large() {
    return error(errc::internal, "a result has too many rows: the statement needs a LIMIT");
}

}  // namespace tenon::db
