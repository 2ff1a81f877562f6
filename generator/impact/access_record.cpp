// The permission matrix as lines of text.
#include "generator/impact/access_record.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "generator/plan/json_reading.hpp"

namespace tenon::gen {
namespace {

constexpr int access_format_version = 1;

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

}  // namespace

access_matrix access_of(const model& product) {
    access_matrix out;
    for (std::size_t role = 0; role < product.roles.size(); ++role) {
        auto& row = out[product.roles[role].name];
        for (const permission_model& one : product.permissions) row.emplace(one.label, one.by_role[role]);
        row.emplace(newcomers_label, role == product.default_role ? decision::allowed : decision::denied);
    }
    return out;
}

std::string write_access_record(const access_matrix& matrix) {
    std::string out = "{\n  \"format_version\": " + std::to_string(access_format_version) + ",\n  \"access\": [\n";
    for (const auto& [role, row] : matrix) {
        out += "    " + json_quoted(role) + ",\n";
        for (const auto& [label, allowed] : row) {
            out += "    " + json_quoted(role + " " + label + " " + std::string(word_of(allowed))) + ",\n";
        }
    }
    return out + "    \"\"\n  ]\n}\n";
}

outcome<access_matrix> read_access_record(std::string_view text) {
    TRY_ASSIGN(const auto document, parse_json(text, access_record_path));
    json_object_reader reader(document, std::string(access_record_path));
    if (reader.number("format_version") != access_format_version) reader.fail("has another format version");
    const auto* lines = reader.need("access");
    access_matrix out;
    if (lines != nullptr && lines->is_array()) {
        for (const auto& line : lines->get_array()) {
            const auto* words = line.if_string();
            if (words == nullptr || !take_line(std::string_view(*words), out)) reader.fail("has a line it cannot have");
        }
    } else {
        reader.fail("has an 'access' that is not an array");
    }
    if (auto wrong = reader.finish({"format_version", "access"})) return *wrong;
    return out;
}

}  // namespace tenon::gen
