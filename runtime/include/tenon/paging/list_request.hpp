// Lists: filters, search, sort and keyset pages, read from the query string against what the spec allows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <tenon/core/error.hpp>
#include <tenon/core/written.hpp>
#include <tenon/db/record.hpp>
#include <tenon/db/select.hpp>
#include <tenon/db/value.hpp>

namespace tenon::paging {

/// How a query parameter or a sort value of a column is read.
enum class column_type { text, integer, real, boolean, uuid, instant, date, decimal, enumeration, written };

/// For `written`: how a type that brings its own form is read.
struct written_form {
    std::optional<db::value> (*parse)(std::string_view text) = nullptr;
    std::string_view expected;  ///< Behind "must be".
};

namespace detail {
template <written_value T>
std::optional<db::value> parse_written(std::string_view text) {
    const auto found = T::parse(text);
    return found ? std::optional<db::value>(db::to_value(*found)) : std::nullopt;
}
}  // namespace detail

template <written_value T>
inline constexpr written_form written_as{&detail::parse_written<T>, T::expected};

struct column {
    std::string_view parameter;  ///< The name clients use, e.g. "status".
    std::string_view name;       ///< The column in the table.
    column_type type = column_type::text;
    int precision = 0;  ///< For decimal.
    int scale = 0;
    std::span<const std::string_view> names{};  ///< For enumeration: the allowed values.
    const written_form* form = nullptr;         ///< For written: `&written_as<T>`.
    bool nullable = true;  ///< False lets a list sorted by it read each page straight off an index.
    bool list = false;     ///< A JSON array of texts or names; a filter looks for one element.
};

/// The order without `sort`: of what happened, the latest first; of everything else the smallest.
constexpr bool is_descending_by_default(const column& sort) {
    return sort.type == column_type::instant || sort.type == column_type::date;
}

/// What one list allows: generated as constexpr data next to the repository.
struct list_shape {
    std::string_view select_list;
    std::string_view table;
    std::string_view tenant_column;
    std::span<const column> filters{};           ///< ?status=open,done ?due_at_from=… ?assignee_id=null
    std::span<const std::string_view> search{};  ///< ?q=text looks into these columns; empty: no search.
    std::span<const column> sorts{};  ///< ?sort=created_at or ?sort=-created_at; the first is the default order.
    bool soft_delete = false;         ///< ?deleted=only lists the bin.
    std::size_t row_bytes_max = 0;    ///< Of a row as databases give it, sort column included; 0: nothing bounds it.
    bool goes_along = false;          ///< Rows can be in the bin although no list shows them there.
};

/// A checked query string. Limits: limit 1 to 100 (default 20), q at most 200 code points, 32 values a filter. Unknown
/// parameters, repeated ones that are no filters, bad values and cursors that were made for other filters are
/// errc::invalid / errc::bad_request.
struct list_request {
    struct filter {
        const column* by = nullptr;
        std::vector<db::value> any_of;  ///< Each once, in one order, whatever the order of the query.
        bool or_null = false;           ///< Rows without a value as well; alone when nothing else is set.
        std::optional<db::value> from;  ///< Inclusive.
        std::optional<db::value> to;    ///< Inclusive.
    };
    std::vector<filter> filters;
    std::string search;
    const column* sort = nullptr;
    bool descending = true;
    bool deleted_only = false;
    std::optional<user_id>
        created_by;  ///< Set by operations whose caller may only see own rows; no part of the cursor.
    std::size_t limit = 20;
    std::optional<db::value> after_value;  ///< Set together with after_id when a cursor was given.
    uuid after_id;
    bool after_beginning = false;  ///< `after_value` is the beginning of a longer text.
    std::string_view table;        ///< The shape's: a cursor of one list is refused by every other.
    std::string_view select_list;  ///< The shape's.

    /// The statement for this page: the shape's select list (the id first), then the sort column once more as the last
    /// one. It asks for limit + 1 rows, so that the caller knows whether there is a next page, and is answered with
    /// fewer (`rows::is_cut`) when they take more bytes than a page may.
    db::select_statement statement(const list_shape& shape) const;
    std::string fingerprint() const;  ///< Of filters, search and sort; part of the cursor.
};

/// Makes and checks cursors: base64url of version, sort value, id and fingerprint, with an HMAC. At most 8,192
/// characters: of a long text they hold the beginning.
class cursor_codec {
  public:
    explicit cursor_codec(std::string key) : key_(std::move(key)) {}
    std::string encode(const list_request& request, const db::value& sort_value, uuid id) const;
    /// Fills after_value and after_id; errc::bad_request for a cursor that was altered or made for another query.
    result<void> decode(std::string_view cursor, list_request& request) const;

  private:
    std::string key_;
};

/// One page of `T`; `next_cursor` is empty on the last one.
template <class T>
struct page {
    std::vector<T> items;
    std::string next_cursor;
    std::vector<std::string> unreadable;  ///< Ids of rows that belong to this page and cannot be read.
};

namespace detail {
/// For the page behind the first `count` rows. Rows whose id is none cannot be named; those before them can.
std::string cursor_behind(const db::rows& found, std::size_t count, const list_request& request,
                          const cursor_codec& cursors);
}  // namespace detail

/// Turns the rows of `list_request::statement` into a page; `from_row` reads one T from a `db::record_reader&`, or else
/// from a `const db::row&`. Rows that a reader finds unreadable are left out, named and logged.
template <class T, class FromRow>
page<T> make_page(const db::rows& found, const list_request& request, const cursor_codec& cursors, FromRow from_row) {
    page<T> out;
    const std::size_t count = std::min(found.size(), request.limit);
    out.items.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const db::row each = found[i];
        if constexpr (std::is_invocable_v<FromRow&, db::record_reader&>) {
            db::unreadable broken;
            db::record_reader reader(each, broken);
            out.items.push_back(from_row(reader));
            if (broken.empty()) continue;
            out.items.pop_back();
            out.unreadable.push_back(db::stored_id(each));
            broken.report(request.table, request.select_list, each);
        } else {
            out.items.push_back(from_row(each));
        }
    }
    if (found.size() > request.limit || found.is_cut())
        out.next_cursor = detail::cursor_behind(found, count, request, cursors);
    return out;
}

/// Name and value, decoded.
using query_parameter = std::pair<std::string, std::string>;

/// Reads `limit`, `cursor`, `sort`, `q`, `deleted` (each at most once) and the shape's filters. A filter takes several
/// values, one of which has to be equal: the parameter is repeated or, for all but texts, has commas; `null` stands for
/// no value. `NAME_from` and `NAME_to` bound what has an order. `q` finds parts of texts, ASCII letters without regard
/// to case.
result<list_request> parse_list_request(std::span<const query_parameter> query, const list_shape& shape,
                                        const cursor_codec& cursors);

}  // namespace tenon::paging
