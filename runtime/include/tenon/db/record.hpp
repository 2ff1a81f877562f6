// Rows of one entity, read column by column: what cannot be read is noted, and does not hide the rest.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/error.hpp>
#include <tenon/db/columns.hpp>
#include <tenon/db/session.hpp>
#include <tenon/db/value.hpp>

namespace tenon::db {

/// What the first column holds, where the id is. Clients can name a row only when that is one.
std::string stored_id(const row& from);
bool has_id(const row& from);

/// The columns of one row that hold what their types cannot: written by hand, or by another version. Columns are
/// positions in a select list, which has their names in double quotes.
class unreadable {
  public:
    void add(std::size_t column) { columns_.push_back(column); }
    /// A change writes another value into the column.
    void replaced(std::size_t column) { std::erase(columns_, column); }
    bool empty() const { return columns_.empty(); }

    /// errc::conflict, kind "unreadable", with a pointer to each column, unless there are none. `what` is the entity.
    result<void> check(std::string_view what, std::string_view select_list) const;
    /// Writes one line to the log: which row of `table`, which columns; nothing of what they hold.
    void report(std::string_view table, std::string_view select_list, const row& from) const;
    /// errc::internal for a row that was written by `open` and cannot be read back, so that the write is rolled back;
    /// nothing when it is committed already, and so must be answered with what was sent.
    result<void> fail_write(const tenant_transaction& open, std::string_view select_list) const;

  private:
    std::vector<std::size_t> columns_;
};

/// A row as it is read into an entity. A member whose column cannot be read is left as if it had never been set.
class record_reader {
  public:
    /// Both must outlive it.
    record_reader(const row& from, unreadable& broken) : from_(from), broken_(broken) {}

    template <class T>
    void read(std::size_t column, T& out) {
        attempt(column, out, [&] { from_.read(column, out); });
    }
    /// `reading` may throw std::logic_error, which is noted for `column`.
    template <class T, class Reading>
    void attempt(std::size_t column, T& out, Reading reading) {
        try {
            reading();
        } catch (const std::logic_error&) {
            out = T{};
            broken_.add(column);
        }
    }
    const row& from() const { return from_; }

  private:
    const row& from_;
    unreadable& broken_;
};

template <class T>
void read_json(record_reader& from, std::size_t column, T& out) {
    from.attempt(column, out, [&] { read_json(from.from(), column, out); });
}
template <class T>
void read_money(record_reader& from, std::size_t column, T& out) {
    from.attempt(column, out, [&] { read_money(from.from(), column, out); });
}

}  // namespace tenon::db
