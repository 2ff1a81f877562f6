// The kinds of impacts, and impacts as JSON and as text.
#include "generator/plan/impact.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

#include "generator/plan/json_reading.hpp"
#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

namespace kind_table {

using enum impact_area;
using enum impact_kind::direction;

constexpr auto rows = std::to_array<impact_kind>({
    {"table_added", schema},
    {"table_dropped", schema},
    {"table_renamed", schema},
    {"table_kept", schema},
    {"column_added", schema},
    {"column_dropped", schema},
    {"column_renamed", schema},
    {"column_changed", schema},
    {"column_narrowed", schema},
    {"column_required", schema},
    {"column_optional", schema},
    {"default_changed", schema},
    {"values_added", schema},
    {"values_removed", schema},
    {"values_renamed", schema},
    {"rule_changed", schema},
    {"index_changed", schema},
    {"unique_added", schema},
    {"unique_dropped", schema},
    {"reference_changed", schema},
    {"policy_changed", schema},
    {"bin_added", schema},
    {"bin_dropped", schema},
    {"retention_added", schema},
    {"retention_shortened", schema},
    {"retention_lengthened", schema},
    {"newcomers_changed", access, widens},
    {"founder_changed", access, widens},
    {"role_added", access, widens},
    {"role_removed", access, narrows},
    {"permission_added", access},
    {"permission_removed", access},
    {"grant_added", access, widens},
    {"grant_widened", access, widens},
    {"grant_narrowed", access, narrows},
    {"grant_removed", access, narrows},
    {"deletion_cascades", access, widens},
    {"operation_added", api},
    {"operation_removed", api},
    {"operation_renamed", api},
    {"operation_moved", api},
    {"parameter_added", api},
    {"parameter_required", api},
    {"parameter_removed", api},
    {"parameter_narrowed", api},
    {"parameter_widened", api},
    {"request_field_added", api},
    {"request_field_required", api},
    {"request_field_optional", api},
    {"request_field_removed", api},
    {"request_narrowed", api},
    {"request_widened", api},
    {"request_default_changed", api},
    {"response_field_added", api},
    {"response_field_optional", api},
    {"response_field_required", api},
    {"response_field_removed", api},
    {"response_narrowed", api},
    {"response_widened", api},
    {"status_added", api},
    {"status_removed", api},
    {"authentication_required", api},
    {"authentication_dropped", api},
    {"deletion_refused", api},
    {"deletion_empties", api},
    {"tree_added", api},
    {"tree_removed", api},
    {"api_not_compared", api},
    {"header_removed", code},
    {"name_removed", code},
    {"signature_changed", code},
});

}  // namespace kind_table

constexpr std::array<std::pair<impact_area, std::string_view>, 4> area_names{{
    {impact_area::schema, "schema"},
    {impact_area::access, "access"},
    {impact_area::api, "api"},
    {impact_area::code, "code"},
}};

constexpr std::array<std::pair<severity, std::string_view>, 4> severity_names{{
    {severity::info, "info"},
    {severity::warning, "warning"},
    {severity::breaking, "breaking"},
    {severity::destructive, "destructive"},
}};

template <class Names, class Value>
std::string_view name_in(const Names& names, Value value) {
    return std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == value; })->second;
}

std::optional<severity> parse_severity(std::string_view text) {
    for (const auto& [level, name] : severity_names) {
        if (name == text) return level;
    }
    return std::nullopt;
}

impact_area area_of(const impact& one) {
    const impact_kind* kind = find_impact_kind(one.kind);
    return kind == nullptr ? impact_area::api : kind->area;
}

/// An impact on code has a place in it, and no other has.
void read_code_place(json_object_reader& reader, const impact_kind* kind, impact& one) {
    if (kind == nullptr) return;
    if (kind->area != impact_area::code) {
        if (reader.find("path") != nullptr || reader.find("line") != nullptr) reader.fail("has a place in code");
        return;
    }
    one.path = reader.text("path");
    if (const auto why = why_path_refused(one.path)) reader.fail("has a 'path' that " + *why);
    const std::int64_t line = reader.number("line");
    if (line < 1) reader.fail("has a 'line' below 1");
    one.line = static_cast<std::size_t>(line);
}

outcome<impact> read_impact(const boost::json::value& value, const std::string& where) {
    json_object_reader reader(value, where);
    impact one;
    one.kind = reader.text("kind");
    const impact_kind* kind = find_impact_kind(one.kind);
    if (kind == nullptr) reader.fail("has the unknown kind " + json_quoted(one.kind));
    if (const std::string area = reader.text("class"); kind != nullptr && area != to_string(kind->area)) {
        reader.fail("has a class that is not its kind's");
    }
    const auto level = parse_severity(reader.text("severity"));
    if (!level) reader.fail("has an unknown severity");
    one.level = level.value_or(severity::info);
    one.message = reader.text("message");
    // It is shown on terminals, a line each.
    const bool plain = std::none_of(one.message.begin(), one.message.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
    if (one.message.empty() || !plain) reader.fail("has a 'message' that is no line of text");
    if (reader.find("spec_line") != nullptr) {
        const std::int64_t line = reader.number("spec_line");
        if (line < 1) reader.fail("has a 'spec_line' below 1");
        one.spec_line = static_cast<std::size_t>(line);
    }
    read_code_place(reader, kind, one);
    if (auto wrong = reader.finish({"class", "kind", "severity", "message", "spec_line", "path", "line"}))
        return *wrong;
    return one;
}

colour look_of(severity level) {
    return level == severity::warning ? colour::yellow : colour::red;
}

}  // namespace

const std::vector<impact_kind>& impact_kinds() {
    static const std::vector<impact_kind> all(kind_table::rows.begin(), kind_table::rows.end());
    return all;
}

const impact_kind* find_impact_kind(std::string_view name) {
    const auto& all = impact_kinds();
    const auto found = std::find_if(all.begin(), all.end(), [&](const impact_kind& k) { return k.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::string_view to_string(impact_area area) {
    return name_in(area_names, area);
}

std::string_view to_string(severity level) {
    return name_in(severity_names, level);
}

std::string place_of(const impact& one) {
    if (one.line > 0) return one.path + ":" + std::to_string(one.line);
    return one.spec_line > 0 ? "spec.yaml:" + std::to_string(one.spec_line) : "";
}

bool widens(const impact& one) {
    const impact_kind* kind = find_impact_kind(one.kind);
    return kind != nullptr && kind->turn == impact_kind::direction::widens && one.level != severity::info;
}

void sort_impacts(std::vector<impact>& all) {
    std::stable_sort(all.begin(), all.end(), [](const impact& a, const impact& b) {
        return std::tuple(!widens(a), b.level, area_of(a), a.spec_line, a.path, a.line, a.kind, a.message) <
               std::tuple(!widens(b), a.level, area_of(b), b.spec_line, b.path, b.line, b.kind, b.message);
    });
}

std::string write_impacts(const std::vector<impact>& all, std::string_view indent) {
    std::string out;
    for (const impact& one : all) {
        if (!out.empty()) out += ",\n";
        out.append(indent).append("{\"class\": \"").append(to_string(area_of(one))).append("\", \"kind\": ");
        out += json_quoted(one.kind) + ", \"severity\": \"";
        out.append(to_string(one.level)).append("\", \"message\": ").append(json_quoted(one.message));
        if (one.spec_line > 0) out += ", \"spec_line\": " + std::to_string(one.spec_line);
        if (one.line > 0) out += ", \"path\": " + json_quoted(one.path) + ", \"line\": " + std::to_string(one.line);
        out += "}";
    }
    return out;
}

outcome<std::vector<impact>> read_impacts(const boost::json::value& value, const std::string& where) {
    std::vector<impact> all;
    const auto* items = value.if_array();
    if (items == nullptr) return failure{failure_kind::malformed, where + " must be an array", {}};
    for (const auto& item : *items) {
        TRY_ASSIGN(auto one, read_impact(item, where + "[" + std::to_string(all.size()) + "]"));
        all.push_back(std::move(one));
    }
    return all;
}

std::string summarize_impacts(const std::vector<impact>& all, const painter& paint, std::size_t max_lines) {
    std::string out;
    std::size_t lines = 0;
    std::size_t infos = 0;
    std::size_t warnings = 0;  // that are cut off
    for (const impact& one : all) {
        const bool cut = one.level < severity::breaking && !widens(one) && lines >= max_lines;
        if (one.level == severity::info || cut) {
            ++(one.level == severity::info ? infos : warnings);
            continue;
        }
        std::string title(to_string(one.level));
        title.resize(12, ' ');
        out += "  " + paint(look_of(one.level), "! " + title) + printable(one.message);
        const std::string place = place_of(one);
        if (!place.empty()) out += paint(colour::dim, "  (" + printable(place) + ")");
        out += "\n";
        ++lines;
    }
    if (infos + warnings == 0) return out;
    const auto counted = [&](std::size_t count, const std::string& what) {
        return std::to_string(count) + (lines > 0 ? " more " : " ") + what + (count == 1 ? "" : "s");
    };
    const std::string hidden = warnings > 0 ? counted(warnings, "warning") : "";
    const std::string rest = infos > 0 ? counted(infos, "thing") + " that this means" : "";
    return out + "    " + hidden + (hidden.empty() || rest.empty() ? "" : " and ") + rest + " (--json lists all)\n";
}

}  // namespace tenon::gen
