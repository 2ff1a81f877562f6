// The permission matrix, the retention of bins and the rules of refs as lines of text.
#include "generator/impact/access_record.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <optional>
#include <sstream>

#include "generator/plan/json_reading.hpp"

namespace tenon::gen {
namespace {

/// Version 1 had no bins, version 2 no refs.
constexpr int access_format_version = 3;

std::string_view word_of(decision d) {
    return d == decision::allowed ? "yes" : d == decision::own ? "own" : "no";
}

std::optional<decision> decision_of(std::string_view word) {
    for (const decision one : {decision::denied, decision::own, decision::allowed}) {
        if (word_of(one) == word) return one;
    }
    return std::nullopt;
}

/// "member task:update own", or "member" alone. False when it is neither.
bool take_line(std::string_view line, access_matrix& into) {
    const auto first = line.find(' ');
    if (first == std::string_view::npos) {
        if (!line.empty()) into[std::string(line)];
        return true;
    }
    const auto second = line.find(' ', first + 1);
    if (second == std::string_view::npos) return false;
    const auto said = decision_of(line.substr(second + 1));
    if (!said) return false;
    decision& known = into[std::string(line.substr(0, first))][std::string(line.substr(first + 1, second - first - 1))];
    known = std::max(known, *said);
    return true;
}

/// "task 7776000". False when it is not so.
bool take_bin(std::string_view line, bin_record& into) {
    if (line.empty()) return true;
    const auto space = line.find(' ');
    if (space == 0 || space == std::string_view::npos) return false;
    const char* const end = line.data() + line.size();
    std::int64_t seconds = -1;
    const auto [stopped, wrong] = std::from_chars(line.data() + space + 1, end, seconds);
    if (wrong != std::errc() || stopped != end || seconds < 0) return false;
    const auto [known, fresh] = into.emplace(line.substr(0, space), seconds);
    if (!fresh) known->second = known->second == 0 || seconds == 0 ? 0 : std::max(known->second, seconds);
    return true;
}

std::string_view word_of(on_delete_rule rule) {
    return rule == on_delete_rule::cascade ? "cascade" : rule == on_delete_rule::set_null ? "set_null" : "restrict";
}

/// The less a deletion takes along, the earlier.
constexpr std::array rules{on_delete_rule::restrict_, on_delete_rule::set_null, on_delete_rule::cascade};

/// "task.parent task cascade tree", or without the last word. False when it is not so.
bool take_reference(std::string_view line, reference_record& into) {
    if (line.empty()) return true;
    std::istringstream words{std::string(line)};
    std::string reference, rule, tree, more;
    reference_rule said;
    words >> reference >> said.target >> rule >> tree >> more;
    const auto dot = reference.find('.');
    const auto meant =
        std::find_if(rules.begin(), rules.end(), [&](on_delete_rule one) { return word_of(one) == rule; });
    const bool named = dot != std::string::npos && dot > 0 && dot + 1 < reference.size();
    if (!named || meant == rules.end() || (!tree.empty() && tree != "tree") || !more.empty()) return false;
    said.rule = *meant;
    said.tree = !tree.empty();
    const auto [at, fresh] = into.emplace(reference, said);
    if (fresh) return true;
    at->second.rule = *std::find_if(rules.begin(), rules.end(),
                                    [&](on_delete_rule one) { return one == said.rule || one == at->second.rule; });
    at->second.tree = at->second.tree && said.tree;
    return true;
}

template <class Into>
void take_lines(json_object_reader& reader, const std::string& key, bool (*take)(std::string_view, Into&), Into& into) {
    const auto* lines = reader.need(key);
    if (lines == nullptr || !lines->is_array()) return reader.fail("has no array '" + key + "'");
    for (const auto& line : lines->get_array()) {
        const auto* words = line.if_string();
        if (words == nullptr || !take(std::string_view(*words), into)) reader.fail("has a line it cannot have");
    }
}

}  // namespace

access_record access_of(const model& product) {
    access_record out;
    for (std::size_t role = 0; role < product.roles.size(); ++role) {
        auto& row = out.rights[product.roles[role].name];
        for (const permission_model& one : product.permissions) row.emplace(one.label, one.by_role[role]);
        row.emplace(newcomers_label, role == product.default_role ? decision::allowed : decision::denied);
        row.emplace(founder_label, role == product.owner_role ? decision::allowed : decision::denied);
    }
    out.bins.emplace();
    for (const entity_model& entity : product.entities) {
        if (entity.has_bin()) out.bins->emplace(entity.name.snake, entity.keep_seconds);
    }
    out.references.emplace();
    for (const entity_model& entity : product.entities) {
        for (const field_model& field : entity.fields) {
            if (!field.target && !field.to_user) continue;
            const std::string target = field.target ? product.entities[*field.target].name.snake : "user";
            out.references->emplace(entity.name.snake + "." + field.name.snake,
                                    reference_rule{target, field.on_delete, field.tree});
        }
    }
    return out;
}

std::string write_access_record(const access_record& record) {
    std::string out = "{\n  \"format_version\": " + std::to_string(access_format_version) + ",\n  \"access\": [\n";
    for (const auto& [role, row] : record.rights) {
        out += "    " + json_quoted(role) + ",\n";
        for (const auto& [label, allowed] : row) {
            out += "    " + json_quoted(role + " " + label + " " + std::string(word_of(allowed))) + ",\n";
        }
    }
    out += "    \"\"\n  ],\n  \"bins\": [\n";
    for (const auto& [entity, seconds] : record.bins.value_or(bin_record())) {
        out += "    " + json_quoted(entity + " " + std::to_string(seconds)) + ",\n";
    }
    out += "    \"\"\n  ],\n  \"references\": [\n";
    for (const auto& [reference, is] : record.references.value_or(reference_record())) {
        const std::string line = reference + " " + is.target + " " + std::string(word_of(is.rule));
        out += "    " + json_quoted(line + (is.tree ? " tree" : "")) + ",\n";
    }
    return out + "    \"\"\n  ]\n}\n";
}

outcome<access_record> read_access_record(std::string_view text) {
    TRY_ASSIGN(const auto document, parse_json(text, access_record_path));
    json_object_reader reader(document, std::string(access_record_path));
    const auto version = reader.number("format_version");
    if (version < 1 || version > access_format_version) reader.fail("has another format version");
    access_record out;
    take_lines(reader, "access", take_line, out.rights);
    if (version > 1) take_lines(reader, "bins", take_bin, out.bins.emplace());
    if (version > 2) take_lines(reader, "references", take_reference, out.references.emplace());
    if (auto wrong = reader.finish({"format_version", "access", "bins", "references"})) return *wrong;
    return out;
}

}  // namespace tenon::gen
