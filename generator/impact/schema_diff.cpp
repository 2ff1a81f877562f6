// The comparison of two schemas, one keyword at a time. Which way a value travels decides what breaks.
#include "generator/impact/schema_diff.hpp"

#include <re2/re2.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>

#include "generator/support/text.hpp"

namespace tenon::gen {
namespace {

constexpr int max_depth = 8;
using words = std::set<std::string>;

/// A scalar as one word, a list as several; nothing for an absent key.
words words_of(const YAML::Node& node) {
    words out;
    if (!node) return out;
    if (node.IsScalar()) out.insert(node.Scalar());
    if (node.IsNull()) out.insert("null");
    if (!node.IsSequence()) return out;
    for (const auto& item : node) out.insert(item.IsScalar() ? item.Scalar() : "null");
    return out;
}

words without(const words& from, const words& taken) {
    words out;
    std::set_difference(from.begin(), from.end(), taken.begin(), taken.end(), std::inserter(out, out.end()));
    return out;
}

std::string listed(const words& all) {
    std::string out;
    for (const std::string& word : all) out += (out.empty() ? "'" : ", '") + word + "'";
    return out;
}

/// The target of a `$ref`, "schemas/Task"; empty when there is none.
std::string reference_of(const YAML::Node& node) {
    constexpr std::string_view prefix = "#/components/";
    if (!node || !node.IsMap()) return {};
    const std::string text = text_of(node["$ref"]);
    return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string();
}

/// Null in a body, or the word for it in a query.
bool is_null(const YAML::Node& schema) {
    return text_of(schema["type"]) == "null" || text_of(schema["const"]) == "null";
}

/// `anyOf: [X, {type: "null"}]` or `[X, {const: "null"}]` as X whose type may be null too; anything else as it is.
YAML::Node with_null_in_its_type(const YAML::Node& node, const api_document& in) {
    const YAML::Node any = node.IsMap() ? node["anyOf"] : YAML::Node();
    if (!any || !any.IsSequence() || any.size() != 2) return node;
    const bool first = is_null(any[0]);
    if (!first && !is_null(any[1])) return node;
    const YAML::Node value = any[first ? 1 : 0];
    const std::string target = reference_of(value);
    const bool known = !target.empty() && in.components().contains(target);
    YAML::Node out = YAML::Clone(known ? in.component(target) : value);
    YAML::Node types(YAML::NodeType::Sequence);
    for (const std::string& word : words_of(out["type"])) types.push_back(word);
    types.push_back("null");
    out["type"] = types;
    return out;
}

/// A bound, unless it only says what the 64 bits of the type say.
std::string bound_of(const YAML::Node& node, const char* key) {
    const std::string text = text_of(node[key]);
    return text == "-9223372036854775808" || text == "9223372036854775807" ? std::string() : text;
}

bool has_word(const YAML::Node& list, const std::string& word) {
    return words_of(list).contains(word);
}

/// The values that a schema names one by one; nothing when it does not.
words named_values(const YAML::Node& node) {
    words out = words_of(node["enum"] ? node["enum"] : node["const"]);
    // Else it is a word: a query has one for no value.
    if (has_word(node["type"], "null")) out.erase("null");
    return out;
}

/// Values that were named one by one have to keep to nothing new: the pattern and the length let all of them pass.
bool all_pass(const words& were, const YAML::Node& now) {
    if (were.empty() || !named_values(now).empty() || !text_of(now["format"]).empty()) return false;
    const std::string pattern = text_of(now["pattern"]), least = text_of(now["minLength"]),
                      most = text_of(now["maxLength"]);
    const re2::RE2 expression(pattern, re2::RE2::Quiet);
    if (!expression.ok()) return false;
    return std::all_of(were.begin(), were.end(), [&](const std::string& value) {
        const auto length = static_cast<double>(count_code_points(value));
        return (least.empty() || length >= std::stod(least)) && (most.empty() || length <= std::stod(most)) &&
               re2::RE2::PartialMatch(value, expression);
    });
}

struct limit {
    const char* key;
    bool upper;
    const char* unit;  ///< Behind the number.
};

constexpr std::array<limit, 6> limits{{
    {"minLength", false, " characters"},
    {"maxLength", true, " characters"},
    {"minimum", false, ""},
    {"maximum", true, ""},
    {"minItems", false, " items"},
    {"maxItems", true, " items"},
}};

}  // namespace

struct schema_diff::place {
    flow direction;
    const std::string& where;
    const std::string& member;
    int depth;

    bool answers() const { return direction == flow::response; }
    /// Answers have values, requests take them.
    std::string no_more() const { return answers() ? "no longer has " : "no longer takes "; }
    place inner(const std::string& name) const { return {direction, where, name, depth + 1}; }
};

void schema_diff::add(const place& at, const char* kind, severity level, const std::string& what) {
    found_.push_back({kind, level, at.where, at.member, what});
}

void schema_diff::narrower(const place& at, const std::string& what) {
    if (at.direction == flow::parameter) return add(at, "parameter_narrowed", severity::breaking, what);
    if (at.answers()) return add(at, "response_narrowed", severity::info, "in answers " + what);
    add(at, "request_narrowed", severity::breaking, what);
}

void schema_diff::wider(const place& at, const std::string& what, severity for_readers) {
    if (at.direction == flow::parameter) return add(at, "parameter_widened", severity::info, what);
    if (at.answers()) return add(at, "response_widened", for_readers, "in answers " + what);
    add(at, "request_widened", severity::info, what);
}

void schema_diff::compare(const YAML::Node& before, const YAML::Node& after, flow direction, const std::string& where,
                          const std::string& member, int depth) {
    const std::string old_target = reference_of(before);
    const std::string new_target = reference_of(after);
    // What both refer to is compared where it stands.
    if ((!old_target.empty() && old_target == new_target) || depth > max_depth) return;
    if (!old_target.empty() && before_.components().contains(old_target)) {
        return compare(before_.component(old_target), after, direction, where, member, depth + 1);
    }
    if (!new_target.empty() && after_.components().contains(new_target)) {
        return compare(before, after_.component(new_target), direction, where, member, depth + 1);
    }
    if (!before || !after || !before.IsMap() || !after.IsMap()) return;
    if (before["anyOf"] || after["anyOf"]) {
        const YAML::Node was = with_null_in_its_type(before, before_), is = with_null_in_its_type(after, after_);
        const bool unknown = was["anyOf"] || is["anyOf"];
        if (unknown && YAML::Dump(before) != YAML::Dump(after))
            add({direction, where, member, depth}, "api_not_compared", severity::warning,
                "could not be compared with what it was");
        if (unknown) return;
        return compare(was, is, direction, where, member, depth + 1);
    }
    const place at{direction, where, member, depth};
    if (!types(before, after, at)) return;
    values(before, after, at);
    // Named values that any text may follow now are told above, and their new limits are none for who sent them.
    const bool freed = all_pass(named_values(before), after);
    if (!freed) bounds(before, after, at);
    texts(before, after, at, freed);
    members(before, after, at);
    const YAML::Node old_items = before["items"], new_items = after["items"];
    if (old_items && new_items) compare(old_items, new_items, direction, where, member + "[]", depth + 1);
}

/// False when nothing below can be compared any more.
bool schema_diff::types(const YAML::Node& before, const YAML::Node& after, const place& at) {
    const words was = words_of(before["type"]), is = words_of(after["type"]);
    if (was == is) return true;
    if (was.empty()) return narrower(at, "is " + listed(is) + " instead of any value"), false;
    if (is.empty()) return wider(at, "may be any value now", severity::breaking), false;
    const words gone = without(was, is), added = without(is, was);
    const words lasting = without(was, gone);
    if (lasting.empty() || (lasting.size() == 1 && lasting.contains("null"))) {
        const char* kind = at.direction == flow::parameter ? "parameter_narrowed"
                           : at.answers()                  ? "response_widened"
                                                           : "request_narrowed";
        add(at, kind, severity::breaking, "is " + listed(is) + " instead of " + listed(was));
        return false;
    }
    if (!gone.empty()) narrower(at, at.no_more() + listed(gone));
    if (!added.empty()) wider(at, "may be " + listed(added) + " now", severity::breaking);
    return true;
}

void schema_diff::values(const YAML::Node& before, const YAML::Node& after, const place& at) {
    const words was = named_values(before), is = named_values(after);
    if (was == is) return;
    if (was.empty()) return narrower(at, "is one of " + listed(is) + " only");
    if (is.empty()) return wider(at, "may be any text now", severity::warning);
    const words gone = without(was, is), added = without(is, was);
    if (!gone.empty()) narrower(at, at.no_more() + listed(gone));
    if (!added.empty()) wider(at, "may be " + listed(added) + " now", severity::warning);
}

void schema_diff::bounds(const YAML::Node& before, const YAML::Node& after, const place& at) {
    for (const limit& one : limits) {
        const std::string was = bound_of(before, one.key), is = bound_of(after, one.key);
        if (was == is) continue;
        const std::string what = one.upper ? "at most " : "at least ";
        if (is.empty()) {
            wider(at, "is no longer limited to " + what + was + one.unit, severity::warning);
            continue;
        }
        const bool tighter =
            was.empty() || (one.upper ? std::stod(is) < std::stod(was) : std::stod(is) > std::stod(was));
        const std::string change = "has " + what + is + one.unit + (was.empty() ? "" : " instead of " + was);
        tighter ? narrower(at, change) : wider(at, change, severity::warning);
    }
}

void schema_diff::texts(const YAML::Node& before, const YAML::Node& after, const place& at, bool freed) {
    const std::string old_pattern = text_of(before["pattern"]), new_pattern = text_of(after["pattern"]);
    if (old_pattern != new_pattern && !freed) {
        if (new_pattern.empty()) wider(at, "has to match no pattern any more", severity::warning);
        if (!new_pattern.empty())
            narrower(at, "has to match " + std::string(old_pattern.empty() ? "a" : "another") + " pattern");
    }
    const std::string old_format = text_of(before["format"]), new_format = text_of(after["format"]);
    if (old_format != new_format && !new_format.empty() && !old_format.empty()) {
        const char* kind = at.direction == flow::parameter ? "parameter_narrowed"
                           : at.answers()                  ? "response_widened"
                                                           : "request_narrowed";
        add(at, kind, severity::breaking, "is a '" + new_format + "' instead of a '" + old_format + "'");
    } else if (old_format != new_format) {
        if (new_format.empty()) wider(at, "is no longer a '" + old_format + "'", severity::warning);
        if (old_format.empty()) narrower(at, "is a '" + new_format + "' now");
    }
    if (at.answers()) return;
    const auto shown = [](const YAML::Node& value) { return value ? YAML::Dump(value) : std::string("nothing"); };
    // Fields of requests have theirs as x-default since generators of clients make required what has a default.
    const auto default_of = [](const YAML::Node& node) {
        return node["default"] ? node["default"] : node["x-default"];
    };
    const std::string old_default = shown(default_of(before)), new_default = shown(default_of(after));
    if (old_default == new_default) return;
    add(at, "request_default_changed", severity::warning,
        "is " + new_default + " when it is not given, instead of " + old_default);
}

void schema_diff::members(const YAML::Node& before, const YAML::Node& after, const place& at) {
    const YAML::Node was = before["properties"], is = after["properties"];
    const std::string prefix = at.member.empty() ? "" : at.member + ".";
    for (const auto& one : is ? is : YAML::Node(YAML::NodeType::Map)) {
        const std::string name = one.first.Scalar(), path = prefix + name;
        const bool required = has_word(after["required"], name);
        if (!was || !was[name]) {
            member_new(required, at.inner(path));
            continue;
        }
        member_need(has_word(before["required"], name), required, at.inner(path));
        compare(was[name], one.second, at.direction, at.where, path, at.depth + 1);
    }
    for (const auto& one : was ? was : YAML::Node(YAML::NodeType::Map)) {
        const std::string path = prefix + one.first.Scalar();
        if (!is || !is[one.first.Scalar()]) member_gone(after, at.inner(path));
    }
}

void schema_diff::member_gone(const YAML::Node& after, const place& at) {
    if (at.answers()) return add(at, "response_field_removed", severity::breaking, "is no longer in answers");
    const bool refused = text_of(after["additionalProperties"]) == "false";
    add(at, "request_field_removed", refused ? severity::breaking : severity::warning,
        refused ? "is refused now" : "is ignored now");
}

void schema_diff::member_new(bool required, const place& at) {
    if (at.answers()) return add(at, "response_field_added", severity::info, "is new in answers");
    if (required) return add(at, "request_field_required", severity::breaking, "is new and has to be given");
    add(at, "request_field_added", severity::info, "is new and may be given");
}

void schema_diff::member_need(bool before, bool after, const place& at) {
    if (before == after) return;
    if (at.answers()) {
        if (after) return add(at, "response_field_required", severity::info, "is always in answers now");
        return add(at, "response_field_optional", severity::breaking, "may be missing in answers now");
    }
    if (after) return add(at, "request_field_required", severity::breaking, "has to be given now");
    add(at, "request_field_optional", severity::info, "need not be given any more");
}

}  // namespace tenon::gen
