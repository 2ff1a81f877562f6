// What lists can be filtered, searched and sorted by, the inverse sides of references, and the indexes behind it all.
#include <algorithm>
#include <string_view>

#include "generator/resolve/parts.hpp"
#include "generator/types/entity_columns.hpp"
#include "generator/types/list_bounds.hpp"
#include "generator/types/type_row.hpp"

namespace tenon::gen {

namespace {

const char* type_name(list_column_type type) {
    switch (type) {
        case list_column_type::text:
            return "text";
        case list_column_type::integer:
            return "integer";
        case list_column_type::real:
            return "real";
        case list_column_type::boolean:
            return "boolean";
        case list_column_type::uuid:
            return "uuid";
        case list_column_type::instant:
            return "instant";
        case list_column_type::date:
            return "date";
        case list_column_type::decimal:
            return "decimal";
        case list_column_type::enumeration:
            return "enumeration";
        case list_column_type::written:
            return "written";
    }
    return "text";
}

/// Everything but the unreserved characters of RFC 3986 as %XX.
std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~").find(c) != std::string_view::npos;
        const auto byte = static_cast<unsigned char>(c);
        if (plain)
            out += c;
        else
            out.append("%").append(1, "0123456789ABCDEF"[byte >> 4]).append(1, "0123456789ABCDEF"[byte & 15U]);
    }
    return out;
}

/// The value of a list parameter for a field, as plain text.
std::string example_text(const field_model& field) {
    if (field.type.kind == type_kind::money) return "1999";
    std::string_view json = field.example_json;
    if (field.array && json.size() > 2) json = json.substr(1, json.size() - 2);
    if (json.size() >= 2 && json.front() == '"') json = json.substr(1, json.size() - 2);
    if (json.find('\\') != std::string_view::npos) return "example";
    return std::string(json);
}

std::string example_of(list_column_type type) {
    if (type == list_column_type::uuid) return "018f4f7e-7b1c-7c3a-9d2e-0a1b2c3d4e5f";
    return type == list_column_type::integer ? "1" : "2026-01-31T09%3A30%3A00.000000Z";
}

std::optional<list_column_model> generated(const std::string& name, const entity_model& entity) {
    const entity_column* const one = find_entity_column(name);
    if (one == nullptr || !one->parameter || !is_shown(*one, entity.soft_delete)) return std::nullopt;
    list_column_model out;
    out.parameter = out.column = name;
    out.type = *one->parameter;
    out.type_name = type_name(out.type);
    out.nullable = one->owners != column_owners::all;
    out.bounds = has_bounds(*one);
    out.example = example_of(out.type);
    return out;
}

std::optional<list_column_model> list_column(const std::string& name, const entity_model& entity,
                                             const entity_spec& source) {
    for (std::size_t i = 0, spec_at = 0; i < entity.fields.size(); ++i, ++spec_at) {
        while (source.fields[spec_at].type.kind == type_kind::has_many) ++spec_at;
        const field_model& field = entity.fields[i];
        if (source.fields[spec_at].field_name.value != name && field.member != name) continue;
        const auto type = row_of(field.type.kind).parameter;
        if (!type) return std::nullopt;
        list_column_model out;
        out.list = field.array;
        out.nullable = field.optional;
        out.parameter = field.member;
        out.column = field.columns.front().name;
        out.type = *type;
        out.bounds = has_bounds(field.type);
        out.type_name = type_name(*type);
        out.precision = field.type.precision;
        out.scale = field.type.scale;
        out.enum_type = field.enum_type;
        if (*type == list_column_type::written) out.written_type = row_of(field.type.kind).cpp;
        out.example = percent_encoded(example_text(field));
        out.field = i;
        return out;
    }
    return generated(name, entity);
}

void add_once(std::vector<list_column_model>& list, const std::optional<list_column_model>& one) {
    if (!one) return;
    const bool known = std::any_of(list.begin(), list.end(), [&](const auto& l) { return l.column == one->column; });
    if (!known) list.push_back(*one);
}

/// The columns of an index as the spec lists them: fields by their names, generated columns by theirs.
std::vector<std::string> columns_named(const column_list& list, const entity_model& entity, const entity_spec& source) {
    std::vector<std::string> out;
    for (const name& one : list.columns) {
        const auto found = list_column(one.value, entity, source);
        out.push_back(found ? found->column : one.value);
    }
    return out;
}

/// Collects indexes, none of them twice.
class index_list {
  public:
    explicit index_list(entity_model& entity) : entity_(entity) {}

    void add(const std::vector<std::string>& columns, bool unique = false) {
        std::vector<index_model>& all = entity_.indexes;
        const bool known = std::any_of(all.begin(), all.end(), [&](const index_model& one) {
            return one.columns == columns && (one.unique == unique || !unique);
        });
        if (known || columns.empty()) return;
        index_model one;
        one.columns = columns;
        one.unique = unique;
        one.live_only = unique && entity_.has_bin();
        all.push_back(std::move(one));
    }

    /// For what looks through the bin by time.
    void add_bin() {
        const std::size_t before = entity_.indexes.size();
        add({std::string(bin_column)});
        if (entity_.indexes.size() > before) entity_.indexes.back().bin_only = true;
    }

  private:
    entity_model& entity_;
};

void add_indexes(const entity_spec& source, entity_model& entity) {
    index_list list(entity);
    for (const field_model& field : entity.fields) {
        if (field.unique) list.add({field.columns.front().name}, true);
    }
    for (const column_list& one : source.uniques) list.add(columns_named(one, entity, source), true);
    for (const column_list& one : source.indexes) list.add(columns_named(one, entity, source));
    for (const field_model& field : entity.fields) {
        if (field.type.kind == type_kind::reference) list.add({field.columns.front().name});
    }
    if (entity.goes_along || entity.keep_seconds > 0) list.add_bin();
    list.add({"created_at", "id"});
    for (const list_column_model& sort : entity.sorts) {
        if (sort.column != "id") list.add({sort.column, "id"});
    }
}

}  // namespace

void resolve_lists(const entity_spec& source, entity_model& entity, const std::vector<std::string>& inverse) {
    for (const name& one : source.list.filter) add_once(entity.filters, list_column(one.value, entity, source));
    for (const std::string& member : inverse) add_once(entity.filters, list_column(member, entity, source));
    for (const name& one : source.list.sort) add_once(entity.sorts, list_column(one.value, entity, source));
    add_once(entity.sorts, generated("created_at", entity));
    for (const name& one : source.list.search) {
        const auto column = list_column(one.value, entity, source);
        if (column && column->type == list_column_type::text) entity.search.push_back(column->column);
    }
    add_indexes(source, entity);
    add_identity_checks(entity);
}

}  // namespace tenon::gen
