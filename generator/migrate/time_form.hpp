// Times of a day in SQL: PostgreSQL has a type of them, SQLite keeps "09:30:00.25", which sorts as the times do.
#pragma once

#include <cstdint>
#include <string>

#include "generator/migrate/column_table.hpp"

namespace tenon::gen {

/// Of texts with or without seconds, and up to six digits of a fraction.
extern const text_form form_of_times;
/// Of a default, in microseconds since midnight.
std::string time_literal(std::int64_t micros);

}  // namespace tenon::gen
