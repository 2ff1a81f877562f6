// Times of a day: "09:30" or "09:30:00.25", counted in microseconds since midnight.
#pragma once

#include "generator/types/type_row.hpp"

namespace tenon::gen {

extern const counted_form time_form;

}  // namespace tenon::gen
