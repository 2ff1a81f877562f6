// Durations in SQL: microseconds in both databases, and text as the API writes it.
#pragma once

#include "generator/migrate/column_table.hpp"

namespace tenon::gen {

/// Of texts in the form that the API answers, and no other.
extern const text_form form_of_durations;

}  // namespace tenon::gen
