// Checks which fields lists and indexes name, and whether their types allow it.
#include <algorithm>
#include <array>

#include "generator/read/checks.hpp"
#include "generator/read/type_parser.hpp"
#include "generator/types/entity_columns.hpp"
#include "generator/types/list_bounds.hpp"
#include "generator/types/type_row.hpp"
#include "generator/types/type_sizes.hpp"

namespace tenon::gen {

namespace {

/// The filter of whose bounds one is called like this; empty when there is none.
std::string_view bound_filter(const entity_spec& entity, std::string_view filter) {
    for (const std::string_view end : bound_ends) {
        if (!filter.ends_with(end)) continue;
        const std::string_view stem = filter.substr(0, filter.size() - end.size());
        const field_spec* const field = find_field(entity, stem);
        const entity_column* const column = find_entity_column(stem);
        const bool ordered = field != nullptr ? has_bounds(field->type) : column != nullptr && has_bounds(*column);
        const auto& filters = entity.list.filter;
        const bool filtered =
            std::any_of(filters.begin(), filters.end(), [&](const name& one) { return one.value == stem; });
        if (ordered && filtered) return stem;
    }
    return {};
}

enum class field_use { filter, search, sort, index, unique };

/// What a record can be asked for beside its fields.
bool is_listable(const entity_column& column, const entity_spec& entity) {
    return column.parameter && is_shown(column, entity.soft_delete);
}

/// Parameters of every list, which a filter's name must not be.
bool is_list_parameter(std::string_view word) {
    static constexpr auto words = std::to_array<std::string_view>({"cursor", "deleted", "limit", "q", "sort"});
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view verb_of(field_use use) {
    switch (use) {
        case field_use::filter:
            return "filtered by";
        case field_use::search:
            return "searched in";
        case field_use::sort:
            return "sorted by";
        case field_use::index:
            return "indexed by";
        case field_use::unique:
            return "unique by";
    }
    return "";
}

/// Why a field cannot be used so; empty when it can.
std::string_view obstacle(const field_type& type, field_use use) {
    const type_row& row = row_of(type.kind);
    if (type.kind == type_kind::has_many) return row.not_used;
    if (type.array && use == field_use::filter)
        return row.is_text || type.kind == type_kind::enumeration ? "" : "only lists of texts and enums can";
    if (type.array) return "a list of values has no order and no index";
    if (use == field_use::search) return row.is_text ? "" : "only string, text, email and url can be searched";
    if (!row.not_used.empty()) return row.not_used;
    if (use == field_use::sort && !row.not_sorted.empty()) return row.not_sorted;
    if (use == field_use::unique && !row.not_unique.empty()) return row.not_unique;
    if (type.kind == type_kind::money && type.currency.empty() && use != field_use::index)
        return "amounts of different currencies cannot be compared; money(USD) can";
    return "";
}

/// PostgreSQL refuses a row whose entry in an index would be longer than 2,704 bytes, a third of a page ("index row
/// size exceeds btree maximum"). What Tenon puts beside the spec's fields, ids and lengths, takes less than the
/// difference.
constexpr std::int64_t longest_index_bytes = 2600;

/// Why the type does not fit into an index by itself; empty when it does.
std::string too_long_for_index(const field_type& type) {
    const std::int64_t bytes = max_index_bytes_of(type);
    if (bytes <= longest_index_bytes) return "";
    return "an index takes values of up to " + std::to_string(longest_index_bytes) + " bytes, and these have up to " +
           std::to_string(bytes) + "; string(1.." + std::to_string(longest_index_bytes / 4) + ") fits";
}

class field_checker {
  public:
    field_checker(reading& in, const entity_spec& entity) : in_(in), entity_(entity) {}

    void check(const std::vector<name>& fields, field_use use) {
        for (const name& field : fields) check(field, use);
    }

    /// Several fields in one index, which has room for so much.
    void check(const column_list& list, field_use use) {
        check(list.columns, use);
        std::int64_t bytes = 0;
        for (const name& column : list.columns) {
            const field_spec* field = find_field(entity_, column.value);
            const std::int64_t more = field == nullptr ? 0 : max_index_bytes_of(field->type);
            if (more > longest_index_bytes) return;  // said above
            bytes += more;
        }
        if (bytes > longest_index_bytes)
            in_.out.report(code::unusable_field, list.at,
                           entity_.entity_name.value + " cannot be " + std::string(verb_of(use)) + " these together",
                           "an index takes " + std::to_string(longest_index_bytes) + " bytes, and they come to " +
                               std::to_string(bytes) + ", four for each character; give the texts closer bounds");
    }

    void check(const name& given, field_use use) {
        const std::string& entity = entity_.entity_name.value;
        if (in_.broken_fields.contains({entity, given.value})) return;
        const field_spec* field = find_field(entity_, given.value);
        if (field == nullptr) return check_column(given, use);
        const bool in_index = use == field_use::sort || use == field_use::index || use == field_use::unique;
        std::string why(obstacle(field->type, use));
        if (why.empty() && in_index) why = too_long_for_index(field->type);
        if (!why.empty())
            in_.out.report(code::unusable_field, given.at,
                           entity + " cannot be " + std::string(verb_of(use)) + " " + quoted(given.value), why);
        else if (use == field_use::filter)
            check_parameter(given);
    }

  private:
    void check_parameter(const name& given) {
        const std::string& entity = entity_.entity_name.value;
        if (is_list_parameter(given.value))
            in_.out.report(code::unusable_field, given.at, entity + " cannot be filtered by " + quoted(given.value),
                           "every list has a parameter of that name; rename the field, to " +
                               quoted(given.value + "_value") + " for example");
        const std::string_view other = bound_filter(entity_, given.value);
        if (!other.empty() && !in_.options.earlier)  // earlier versions took it, and had no such bound
            in_.out.report(code::unusable_field, given.at, entity + " cannot be filtered by " + quoted(given.value),
                           "a bound of the filter " + quoted(std::string(other)) +
                               " has that name; rename one of them, to " + quoted(given.value + "_value") +
                               " for example, or take one of the filters out");
    }

    void check_column(const name& given, field_use use) {
        const entity_column* const column = find_entity_column(given.value);
        if (use == field_use::unique || use == field_use::search || column == nullptr || !is_listable(*column, entity_))
            return unknown(given);
        if (use == field_use::sort && !column->not_sorted.empty())
            in_.out.report(code::unusable_field, given.at,
                           entity_.entity_name.value + " cannot be sorted by " + quoted(given.value),
                           std::string(column->not_sorted));
    }

    void unknown(const name& given) {
        std::vector<std::string> known;
        for (const field_spec& field : entity_.fields) known.push_back(field.field_name.value);
        if (given.value.ends_with("_id") &&
            find_field(entity_, given.value.substr(0, given.value.size() - 3)) != nullptr) {
            in_.out.report(code::unknown_field, given.at,
                           "entity " + quoted(entity_.entity_name.value) + " has no field " + quoted(given.value),
                           "write the ref's name: " + quoted(given.value.substr(0, given.value.size() - 3)));
            return;
        }
        if (entity_.workflow && entity_.workflow->field.value == given.value) return;
        for (const entity_column& column : entity_columns()) {
            if (is_listable(column, entity_)) known.emplace_back(column.name);
        }
        const std::string meant = nearest(given.value, known);
        in_.out.report(code::unknown_field, given.at,
                       "entity " + quoted(entity_.entity_name.value) + " has no field " + quoted(given.value),
                       meant.empty() ? "possible are " + listed(known) : "did you mean " + quoted(meant) + "?");
    }

    reading& in_;
    const entity_spec& entity_;
};

/// Two indexes of the same columns in the same order.
void check_repeated(reading& in, const std::vector<column_list>& lists, const std::string& what) {
    std::set<std::vector<std::string>> seen;
    for (const column_list& list : lists) {
        std::vector<std::string> columns;
        for (const name& column : list.columns) columns.push_back(column.value);
        if (!seen.insert(columns).second)
            in.out.report(code::repeated_item, list.at, "the same " + what + " stands twice", "take one out");
    }
}

void check_unique_fields(reading& in, const entity_spec& entity) {
    for (const field_spec& field : entity.fields) {
        if (!field.unique || in.broken_fields.contains({entity.entity_name.value, field.field_name.value})) continue;
        std::string why(obstacle(field.type, field_use::unique));
        if (why.empty()) why = too_long_for_index(field.type);
        if (!why.empty() && field.type.kind != type_kind::has_many)
            in.out.report(code::unusable_field, field.field_name.at,
                          "field " + quoted(field.field_name.value) + " cannot be unique", why);
    }
}

}  // namespace

void check_fields_used(reading& in, const spec& all) {
    for (const entity_spec& entity : all.entities) {
        field_checker fields(in, entity);
        fields.check(entity.list.filter, field_use::filter);
        fields.check(entity.list.search, field_use::search);
        fields.check(entity.list.sort, field_use::sort);
        for (const column_list& list : entity.indexes) fields.check(list, field_use::index);
        for (const column_list& list : entity.uniques) fields.check(list, field_use::unique);
        check_repeated(in, entity.indexes, "index");
        check_repeated(in, entity.uniques, "uniqueness");
        check_unique_fields(in, entity);
    }
}

}  // namespace tenon::gen
