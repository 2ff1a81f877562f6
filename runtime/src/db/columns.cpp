// Reads JSON columns of any shape.
#include <stdexcept>

#include <tenon/db/columns.hpp>

#include "json/stored.hpp"

namespace tenon::db {

void read_json(const row& from, std::size_t column, json_text& out) {
    const auto* const stored = std::get_if<std::string>(&from.cell(column));
    out.text.clear();
    if (!stored || !json::append_stored(out.text, *stored))
        throw std::logic_error("a JSON column holds something else");
}

}  // namespace tenon::db
