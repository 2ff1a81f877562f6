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

/// Collects one request out of its parameters, and every mistake in them.
class query_reader {
  public:
    explicit query_reader(const list_shape& shape) : shape_(shape) {
        out_.table = shape.table;
        out_.select_list = shape.select_list;
        if (!shape.sorts.empty()) out_.sort = &shape.sorts.front();
    }

    void read(std::string_view name, std::string_view value) {
        const std::string pointer = "?" + std::string(name);
        if (std::find(seen_.begin(), seen_.end(), name) != seen_.end())
            return errors_.add(pointer, "must be given only once");
        seen_.emplace_back(name);
        if (name == "limit") return read_limit(value, pointer);
        if (name == "cursor") return void(cursor_ = value);
        if (name == "sort") return read_sort(value, pointer);
        if (name == "q" && !shape_.search.empty()) return read_search(value, pointer);
        if (name == "deleted" && shape_.soft_delete) return read_deleted(value, pointer);
        read_filter(name, value, pointer);
    }

    result<list_request> finish(const cursor_codec& cursors) && {
        if (!errors_.empty()) return error(std::move(errors_));
        std::sort(out_.filters.begin(), out_.filters.end(),
                  [](const auto& a, const auto& b) { return a.by->parameter < b.by->parameter; });
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

    void read_filter(std::string_view name, std::string_view text, const std::string& pointer) {
        const auto found = std::find_if(shape_.filters.begin(), shape_.filters.end(),
                                        [&](const column& each) { return each.parameter == name; });
        if (found == shape_.filters.end()) return errors_.add(pointer, "is not a known parameter");
        if (auto value = query_value(*found, text, pointer, errors_))
            out_.filters.push_back(list_request::filter{&*found, std::move(*value)});
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
    if (shape.soft_delete) deleted_only ? out.where_not_null("deleted_at") : out.where_null("deleted_at");
    if (created_by) out.where_equal("created_by", db::to_value(*created_by));
    for (const filter& each : filters) out.where_equal(each.by->name, each.value);
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
        append_bytes(all, each.value);
    }
    return std::string(crypto::view(crypto::sha256(all)).substr(0, fingerprint_bytes));
}

result<list_request> parse_list_request(const http::request& request, const list_shape& shape,
                                        const cursor_codec& cursors) {
    const auto parameters = http::parse_query(request.query);
    // More than any list has; each is compared with those before it.
    if (parameters.size() > parameters_max)
        return error(errc::bad_request, "The query has too many parameters.", "bad_query");
    query_reader reader(shape);
    for (const auto& [name, value] : parameters) reader.read(name, value);
    return std::move(reader).finish(cursors);
}

}  // namespace tenon::paging
