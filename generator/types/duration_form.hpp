// Durations: "90m" as everywhere in specs, or "PT1H30M" as in the API, counted in microseconds.
#pragma once

#include "generator/types/type_row.hpp"

namespace tenon::gen {

extern const counted_form duration_form;

}  // namespace tenon::gen
