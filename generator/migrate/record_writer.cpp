// Writes the record of a migration.
#include "generator/migrate/column_table.hpp"
#include "generator/migrate/name_parts.hpp"
#include "generator/migrate/record.hpp"
#include "generator/migrate/schema_words.hpp"
#include "generator/support/literal.hpp"
#include "generator/support/sha256.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

std::string text(std::string_view value) {
    return "\"" + json_escaped(value) + "\"";
}

std::string text_list(const std::vector<std::string>& values) {
    std::string out;
    for (const std::string& one : values) out += (out.empty() ? "" : ", ") + text(one);
    return "[" + out + "]";
}

std::string default_as_json(const default_value& value) {
    std::string out = "{\"kind\": " + text(words::word_of(words::defaults, value.kind));
    if (value.integer != 0) out += ", \"integer\": " + std::to_string(value.integer);
    if (value.number != 0) out += ", \"number\": " + json_double(value.number);
    if (!value.text.empty()) out += ", \"text\": " + text(value.text);
    return out + "}";
}

std::string as_json(const schema_column& one) {
    std::string out = "{\"name\": " + text(one.name) + ", \"type\": " + text(row_of(one.type).word);
    if (one.nullable) out += ", \"nullable\": true";
    if (one.type == sql_type::decimal)
        out += ", \"precision\": " + std::to_string(one.precision) + ", \"scale\": " + std::to_string(one.scale);
    if (one.initial) out += ", \"default\": " + default_as_json(*one.initial);
    if (!one.field.empty()) out += ", \"field\": " + text(one.field);
    if (!one.format.empty()) out += ", \"format\": " + text(one.format);
    if (!one.items.empty()) out += ", \"items\": " + text(one.items);
    if (!one.item_values.empty()) out += ", \"item_values\": " + text_list(one.item_values);
    return out + "}";
}

std::string as_json(const schema_foreign_key& one) {
    std::string out = "{\"name\": " + text(one.name) + ", \"columns\": " + text_list(one.columns) +
                      ", \"table\": " + text(one.table) + ", \"target_columns\": " + text_list(one.target_columns) +
                      ", \"on_delete\": " + text(words::word_of(words::rules, one.on_delete));
    return out + "}";
}

std::string as_json(const schema_check& one) {
    const std::string rule = one.values.empty() ? "\"max_length\": " + std::to_string(one.max_length)
                                                : "\"values\": " + text_list(one.values);
    return "{\"name\": " + text(one.name) + ", \"column\": " + text(one.column) + ", " + rule + "}";
}

std::string as_json(const schema_policy& one) {
    std::string out = "{\"name\": " + text(one.name);
    if (one.restrictive) out += ", \"restrictive\": true";
    if (!one.command.empty()) out += ", \"command\": " + text(one.command);
    if (one.owner) out += ", \"owner\": true";
    out += ", \"rule\": " + text(one.rule);
    if (!one.reads.empty()) out += ", \"reads\": " + text(one.reads);
    return out + "}";
}

std::string as_json(const schema_index& one) {
    std::string out = "{\"name\": " + text(one.name) + ", \"columns\": " + text_list(one.columns);
    if (one.unique) out += ", \"unique\": true";
    if (one.live_only) out += ", \"live_only\": true";
    if (one.bin_only) out += ", \"bin_only\": true";
    return out + "}";
}

template <class Thing>
std::string list(const char* key, const std::vector<Thing>& things) {
    std::string out;
    for (const Thing& one : things) out += (out.empty() ? "\n        " : ",\n        ") + as_json(one);
    return "      \"" + std::string(key) + "\": [" + out + (out.empty() ? "]" : "\n      ]");
}

std::string as_json(const schema_table& one) {
    std::string out = "    {\n      \"name\": " + text(one.name) + ",\n";
    if (!one.entity.empty()) out += "      \"entity\": " + text(one.entity) + ",\n";
    if (!one.tenant_column.empty()) out += "      \"tenant_column\": " + text(one.tenant_column) + ",\n";
    if (one.row_security) out += "      \"row_security\": true,\n";
    if (one.own_bin) out += "      \"own_bin\": " + std::string(*one.own_bin ? "true" : "false") + ",\n";
    out += "      \"primary_key\": " + text_list(one.primary_key) + ",\n";
    if (one.primary_key_name != usual_primary_key_name(one.name))
        out += "      \"primary_key_name\": " + text(one.primary_key_name) + ",\n";
    out += list("columns", one.columns) + ",\n" + list("foreign_keys", one.foreign_keys) + ",\n";
    return out + list("checks", one.checks) + ",\n" + list("indexes", one.indexes) + ",\n" +
           list("policies", one.policies) + "\n    }";
}

std::string as_json(const renaming& one) {
    return "{\"from\": " + text(one.from) + ", \"to\": " + text(one.to) + "}";
}

}  // namespace

std::string record_as_json(const migration_record& record) {
    const std::string head = "{\n  \"format_version\": 1,\n";
    std::string out;
    if (!record.parent.empty()) out += "  \"parent\": " + text(record.parent) + ",\n";
    if (!record.part_of.empty()) out += "  \"part_of\": " + text(record.part_of) + ",\n";
    std::string lines;
    for (const auto& [file, sum] : record.sql)
        lines += (lines.empty() ? "\n    " : ",\n    ") + text(file) + ": " + text(sum);
    out += "  \"sql\": {" + lines + "\n  },\n  \"dropped\": " + text_list(record.dropped) + ",\n  \"renamed\": [";
    lines.clear();
    for (const renaming& one : record.renamed) lines += (lines.empty() ? "" : ", ") + as_json(one);
    out += lines + "],\n  \"tables\": [";
    lines.clear();
    for (const schema_table& one : record.tables) lines += (lines.empty() ? "\n" : ",\n") + as_json(one);
    out += lines + (lines.empty() ? "]\n}\n" : "\n  ]\n}\n");
    return head + "  \"sum\": " + text(sha256(head + out)) + ",\n" + out;
}

}  // namespace tenon::gen
