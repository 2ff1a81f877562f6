// The one kind of dynamic SQL: a tenant's rows, filtered, searched, sorted and cut into pages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tenon/db/value.hpp>

namespace tenon::db {

/// Builds `SELECT columns FROM table WHERE tenant_column = $1 AND … ORDER BY … LIMIT n`. Table and column names come
/// from generated constants and are quoted; values are always parameters. The number of different texts is bounded by
/// the filters and sorts that the spec declares, so that prepared statements can be kept.
class select_statement {
  public:
    /// `columns` is a ready select list.
    select_statement(std::string_view columns, std::string_view table, std::string_view tenant_column);

    select_statement& where_equal(std::string_view column, value v);
    /// Equal to one of `any`, or null with `or_null`. The number of parameters is the next power of two, so that few
    /// texts have to be prepared.
    select_statement& where_any(std::string_view column, const values& any, bool or_null);
    /// The same for a JSON array that holds one of the texts `any`. No index helps: it counts as a search.
    select_statement& where_holds_any(std::string_view column, const values& any, bool or_null);
    select_statement& where_at_least(std::string_view column, value v);
    select_statement& where_at_most(std::string_view column, value v);
    select_statement& where_null(std::string_view column);
    select_statement& where_not_null(std::string_view column);
    /// Case-insensitive "contains" over any of the columns.
    select_statement& where_contains(const std::string_view* columns, std::size_t count, std::string_view text);
    /// Keyset: rows behind (sort value, id) in the order of `order_by`. A column that can be null needs `nullable`, or
    /// its null rows would be skipped; one that cannot is read straight off an index on (tenant, column, id).
    select_statement& after(std::string_view sort_column, value sort_value, uuid id, bool descending,
                            bool nullable = true);
    /// The same for a text of which only the beginning is known: the rest is looked up in the row of that id. When that
    /// is gone, rows whose texts begin alike come again rather than never.
    select_statement& after_beginning(std::string_view sort_column, const std::string& beginning, uuid id,
                                      bool descending, bool nullable = true);
    /// Then by id in the same direction. Nulls stand before all values; a column without any needs no `nullable`.
    select_statement& order_by(std::string_view sort_column, bool descending, bool nullable = true);
    select_statement& limit(std::size_t count);
    /// Its rows are a page: the caller expects `rows::is_cut`. All of them take at most `bytes_max`; 0: nobody knows.
    select_statement& as_page(std::size_t bytes_max = 0);

    const std::string& text() const { return text_; }
    const values& parameters() const { return parameters_; }  ///< $2, $3 …; $1 is the session's tenant.
    bool is_page() const { return page_; }
    std::size_t page_bytes_max() const { return page_bytes_max_; }
    bool is_search() const { return search_; }

  private:
    std::string parameter(value v);
    select_statement& where_one_of(const std::string& before, const std::string& behind, std::string_view column,
                                   const values& any, bool or_null);
    void where(std::string_view condition);
    std::string text_;
    values parameters_;
    bool page_ = false;
    std::size_t page_bytes_max_ = 0;
    bool search_ = false;
    std::string table_;
    std::string tenant_column_;
};

}  // namespace tenon::db
