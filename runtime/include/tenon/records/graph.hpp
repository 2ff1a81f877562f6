// Which records refer to which, and what becomes of them when those are deleted: docs/deletion.md, as data.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace tenon::records {

enum class on_delete : std::uint8_t { restrict_, cascade, set_null };

/// Index into `graph::kinds`.
using kind_number = std::uint16_t;

struct kind {
    std::string_view table;
    std::string_view singular;       ///< "task", inside a sentence.
    std::string_view plural;         ///< "tasks"
    std::uint16_t read = 0;          ///< Index of the permission to read it.
    bool bin = false;                ///< Has the column deleted_at: its rows can be in the bin.
    bool goes_along = false;         ///< Has deleted_with too: the deletion of another record can take it into the bin.
    std::chrono::seconds keep{0};    ///< How long the bin keeps it; 0: for ever.
    std::string_view article = "a";  ///< In front of `singular`: "a" or "an".
};

/// The column of `from` that names rows of `to`.
struct reference {
    kind_number from = 0;
    kind_number to = 0;
    std::string_view column;
    on_delete rule = on_delete::restrict_;
    bool optional = false;
};

/// A product's entities. Generated as constants; names of tables and columns are trusted.
struct graph {
    std::span<const kind> kinds;
    std::span<const reference> references;
};

}  // namespace tenon::records
