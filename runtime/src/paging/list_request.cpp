// Reads a list's query string against its shape, and turns it into a statement.
#include <algorithm>
#include <charconv>

#include <tenon/paging/list_request.hpp>

#include "crypto/digest.hpp"
#include "paging/query_value.hpp"
#include "paging/value_bytes.hpp"

namespace tenon::paging {
namespace {

constexpr std::size_t limit_max = 100;
constexpr std::size_t search_length_max = 200;
constexpr std::size_t parameters_max = 256;
constexpr std::size_t values_max = 32;  // of one filter

/// What lies between two others.
bool has_order(const column& by) {
    switch (by.type) {
        case column_type::integer:
        case column_type::real:
        case column_type::instant:
        case column_type::date:
        case column_type::decimal:
        case column_type::written:
            return !by.list;
        default:
            return false;
    }
}

/// An optional text that is "null" cannot be filtered for: there the word means those without one. Where it names a
/// value of an enumeration it means that.
bool asks_for_null(const column& by, std::string_view text) {
    if (text != "null" || !by.nullable) return false;
    return std::find(by.names.begin(), by.names.end(), text) == by.names.end();
}

std::string bytes_of(const db::value& value) {
    std::string out;
    append_bytes(out, value);
    return out;
}

/// Collects one request out of its parameters, and every mistake in them.
class query_reader {
  public:
    explicit query_reader(const list_shape& shape) : shape_(shape) {
        out_.table = shape.table;
        out_.select_list = shape.select_list;
        if (shape.sorts.empty()) return;
        out_.sort = &shape.sorts.front();
        out_.descending = is_descending_by_default(*out_.sort);
    }

    void read(std::string_view name, std::string_view value) {
        const std::string pointer = "?" + std::string(name);
        if (const column* by = filter_named(name)) return read_values(*by, value, pointer);
        if (std::find(seen_.begin(), seen_.end(), name) != seen_.end())
            return errors_.add(pointer, "must be given only once");
        seen_.emplace_back(name);
        if (name == "limit") return read_limit(value, pointer);
        if (name == "cursor") return void(cursor_ = value);
        if (name == "sort") return read_sort(value, pointer);
        if (name == "q" && !shape_.search.empty()) return read_search(value, pointer);
        if (name == "deleted" && shape_.soft_delete) return read_deleted(value, pointer);
        read_bound(name, value, pointer);
    }

    result<list_request> finish(const cursor_codec& cursors) && {
        if (!errors_.empty()) return error(std::move(errors_));
        std::sort(out_.filters.begin(), out_.filters.end(),
                  [](const auto& a, const auto& b) { return a.by->parameter < b.by->parameter; });
        for (list_request::filter& each : out_.filters) put_in_order(each.any_of);
        if (cursor_) TRY(cursors.decode(*cursor_, out_));
        return std::move(out_);
    }

  private:
    void read_limit(std::string_view text, const std::string& pointer) {
        const char* const end = text.data() + text.size();
        const auto [stopped, failed] = std::from_chars(text.data(), end, out_.limit);
        if (failed != std::errc() || stopped != end || out_.limit < 1 || out_.limit > limit_max)
            errors_.add(pointer, "must be an integer from 1 to 100");
    }

    void read_sort(std::string_view text, const std::string& pointer) {
        const bool descending = text.starts_with('-');
        if (descending) text.remove_prefix(1);
        const auto found = std::find_if(shape_.sorts.begin(), shape_.sorts.end(),
                                        [&](const column& each) { return each.parameter == text; });
        if (found == shape_.sorts.end()) {
            std::string known = "must be one of ";
            for (std::size_t i = 0; i < shape_.sorts.size(); ++i)
                known.append(i == 0 ? "" : ", ").append(shape_.sorts[i].parameter);
            return errors_.add(pointer, known + ", or one of them after a '-'");
        }
        out_.sort = &*found;
        out_.descending = descending;
    }

    void read_search(std::string_view text, const std::string& pointer) {
        const auto length = text_length(text);
        if (!length || *length > search_length_max)
            return errors_.add(pointer, "must be text in UTF-8 of at most 200 characters");
        out_.search = text;
    }

    void read_deleted(std::string_view text, const std::string& pointer) {
        if (text != "only") return errors_.add(pointer, "must be: only");
        out_.deleted_only = true;
    }

    const column* filter_named(std::string_view name) const {
        const auto found = std::find_if(shape_.filters.begin(), shape_.filters.end(),
                                        [&](const column& each) { return each.parameter == name; });
        return found == shape_.filters.end() ? nullptr : &*found;
    }

    list_request::filter& filter_by(const column& by) {
        for (list_request::filter& each : out_.filters) {
            if (each.by == &by) return each;
        }
        return out_.filters.emplace_back(list_request::filter{&by, {}, false, {}, {}});
    }

    /// Texts may have commas of their own: of those the parameter is repeated.
    void read_values(const column& by, std::string_view text, const std::string& pointer) {
        const bool split = by.type != column_type::text;
        while (true) {
            const std::size_t end = split ? std::min(text.find(','), text.size()) : text.size();
            read_value(by, text.substr(0, end), pointer);
            if (end == text.size()) return;
            text.remove_prefix(end + 1);
        }
    }

    void read_value(const column& by, std::string_view text, const std::string& pointer) {
        list_request::filter& into = filter_by(by);
        if (asks_for_null(by, text)) return void(into.or_null = true);
        if (into.any_of.size() == values_max) return errors_.add(pointer, "must have at most 32 values");
        if (auto value = query_value(by, text, pointer, errors_)) into.any_of.push_back(std::move(*value));
    }

    /// "due_at_from", where there is a filter "due_at".
    void read_bound(std::string_view name, std::string_view text, const std::string& pointer) {
        for (const std::string_view end : {"_from", "_to"}) {
            if (!name.ends_with(end)) continue;
            const column* const by = filter_named(name.substr(0, name.size() - end.size()));
            if (by == nullptr || !has_order(*by)) continue;
            auto value = query_value(*by, text, pointer, errors_);
            if (!value) return;
            list_request::filter& into = filter_by(*by);
            (end == "_to" ? into.to : into.from) = std::move(value);
            return;
        }
        errors_.add(pointer, "is not a known parameter");
    }

    static void put_in_order(std::vector<db::value>& values) {
        if (values.size() < 2) return;
        const auto less = [](const db::value& a, const db::value& b) { return bytes_of(a) < bytes_of(b); };
        std::sort(values.begin(), values.end(), less);
        values.erase(std::unique(values.begin(), values.end()), values.end());
    }

    const list_shape& shape_;
    list_request out_;
    field_errors errors_;
    std::vector<std::string> seen_;
    std::optional<std::string> cursor_;
};

}  // namespace

db::select_statement list_request::statement(const list_shape& shape) const {
    const std::string_view sort_column = sort ? sort->name : "id";
    const bool nullable = sort && sort->nullable;
    std::string columns(shape.select_list);
    columns.append(", \"").append(sort_column).append("\"");
    db::select_statement out(columns, shape.table, shape.tenant_column);
    if (shape.soft_delete || shape.goes_along)
        deleted_only ? out.where_not_null("deleted_at") : out.where_null("deleted_at");
    if (created_by) out.where_equal("created_by", db::to_value(*created_by));
    for (const filter& each : filters) {
        const std::string_view column = each.by->name;
        if (!each.any_of.empty() || each.or_null)
            each.by->list ? out.where_holds_any(column, each.any_of, each.or_null)
                          : out.where_any(column, each.any_of, each.or_null);
        if (each.from) out.where_at_least(column, *each.from);
        if (each.to) out.where_at_most(column, *each.to);
    }
    if (!search.empty()) out.where_contains(shape.search.data(), shape.search.size(), search);
    if (after_value && after_beginning)
        out.after_beginning(sort_column, std::get<std::string>(*after_value), after_id, descending, nullable);
    else if (after_value)
        out.after(sort_column, *after_value, after_id, descending, nullable);
    out.order_by(sort_column, descending, nullable).limit(limit + 1).as_page((limit + 1) * shape.row_bytes_max);
    return out;
}

std::string list_request::fingerprint() const {
    std::string all;
    append_bytes(all, std::string(table));
    append_bytes(all, std::string(sort ? sort->name : "id"));
    append_bytes(all, descending);
    append_bytes(all, deleted_only);
    append_bytes(all, search);
    for (const filter& each : filters) {
        append_bytes(all, std::string(each.by->name));
        for (const db::value& value : each.any_of) append_bytes(all, value);
        // Of one value the bytes are those of earlier versions, whose cursors clients hold.
        if (each.any_of.size() == 1 && !each.or_null && !each.from && !each.to) continue;
        append_bytes(all, static_cast<std::int64_t>(each.any_of.size()));
        append_bytes(all, each.or_null);
        for (const auto& bound : {each.from, each.to}) append_bytes(all, bound.value_or(db::value(db::null_value{})));
    }
    return std::string(crypto::view(crypto::sha256(all)).substr(0, fingerprint_bytes));
}

result<list_request> parse_list_request(std::span<const query_parameter> query, const list_shape& shape,
                                        const cursor_codec& cursors) {
    // More than any list has; each is compared with those before it.
    if (query.size() > parameters_max)
        return error(errc::bad_request, "The query has too many parameters.", "bad_query");
    query_reader reader(shape);
    for (const auto& [name, value] : query) reader.read(name, value);
    return std::move(reader).finish(cursors);
}

}  // namespace tenon::paging
