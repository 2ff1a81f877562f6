// Entries of plan.json: written in one line, read with distrust.
#include "generator/plan/plan_entry_json.hpp"

#include <algorithm>
#include <array>

#include "generator/plan/json_reading.hpp"
#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

using enum plan_action;
using enum plan_reason;

struct allowed_pair {
    plan_action action;
    plan_reason reason;
};

constexpr std::array allowed_pairs{
    allowed_pair{create, new_file},
    allowed_pair{create, restored},
    allowed_pair{move, renamed},
    allowed_pair{move, both_changed},
    allowed_pair{update, generated_changed},
    allowed_pair{update, mode_changed},
    allowed_pair{update, migration_replaced},
    allowed_pair{merge, both_merged},
    allowed_pair{merge, renamed},
    allowed_pair{merge, both_changed},
    allowed_pair{merge, mine_chosen},
    allowed_pair{merge, theirs_chosen},
    allowed_pair{unchanged, same_content},
    allowed_pair{unchanged, caught_up},
    allowed_pair{unchanged, conflict_closed},
    allowed_pair{unchanged, conflict_resolved},
    allowed_pair{keep, edited_by_user},
    allowed_pair{keep, vendored_edited},
    allowed_pair{keep, caught_up},
    allowed_pair{keep, seeded_once},
    allowed_pair{keep, frozen_once},
    allowed_pair{keep, conflict_open},
    allowed_pair{keep, conflict_closed},
    allowed_pair{keep, conflict_resolved},
    allowed_pair{keep, mine_chosen},
    allowed_pair{conflict, both_changed},
    allowed_pair{conflict, vendored_edited},
    allowed_pair{conflict, unowned},
    allowed_pair{remove, no_longer_generated},
    allowed_pair{remove, migration_replaced},
    allowed_pair{orphan, edited_by_user},
    allowed_pair{orphan, seeded_once},
    allowed_pair{respect, deleted_by_user},
    allowed_pair{respect, renamed_by_user},
    allowed_pair{error, frozen_edited},
    allowed_pair{error, frozen_missing},
    allowed_pair{error, frozen_rewritten},
    allowed_pair{error, not_a_file},
};

bool is_paired(const plan_entry& e) {
    return std::any_of(allowed_pairs.begin(), allowed_pairs.end(),
                       [&](const allowed_pair& p) { return p.action == e.action && p.reason == e.reason; });
}

std::string_view why_senseless_content(const plan_entry& e) {
    if ((e.action == create || e.action == move) && e.before != absent) return "creates what is there";
    if (writes_file(e) && e.after == absent) return "writes nothing";
    if ((e.action == update || e.action == merge) && e.before == absent) return "updates what is not there";
    if (e.action == update && (e.reason == mode_changed) != (e.before == e.after)) return "updates nothing";
    if (e.action == update && e.before != e.base) return "updates an edited file";
    if (e.action == merge && e.before == e.after) return "merges nothing";
    if (e.action == remove && (e.before == absent || e.before != e.base)) return "deletes an edited file";
    if (e.action == remove && e.after != absent) return "deletes and keeps";
    if (!writes_file(e) && e.action != remove && e.before != e.after) {
        return "has an 'after_sha256' that its action cannot lead to";
    }
    return {};
}

std::string_view why_senseless_base(const plan_entry& e) {
    const bool generated = e.owner == owner_class::generated || e.owner == owner_class::vendored;
    if (e.reason == vendored_edited && e.owner != owner_class::vendored) return "takes a file for a vendored one";
    if (e.owner == owner_class::seeded && (e.base != absent || e.new_base != absent))
        return "gives a base to a seeded file";
    if (e.action == remove && e.new_base != absent) return "deletes and remembers";
    const bool is_theirs = e.action == create || e.action == update;
    if (generated && is_theirs && e.new_base != e.after) return "has a 'new_base_sha256' other than what it writes";
    const bool still = e.action == conflict || e.action == orphan || e.action == error || e.reason == conflict_open ||
                       e.reason == edited_by_user || e.reason == vendored_edited;
    if (still && !e.from && e.new_base != e.base) return "has a 'new_base_sha256' that its action cannot lead to";
    return {};
}

/// Why an entry contradicts itself, or an empty text. A plan from disk must not be able to smuggle in, say, an update
/// of a file that only its user may change.
std::string_view why_senseless(const plan_entry& e) {
    if (!is_paired(e)) return "has a reason that does not go with its action";
    const bool replaces = e.reason == migration_replaced;
    if (replaces != (e.owner == owner_class::frozen && (e.action == remove || e.action == update)))
        return "changes or removes a file that is never changed";
    const bool touches = ((e.action == update || e.action == remove) && !replaces) || e.action == merge ||
                         e.action == conflict || (e.beside && e.owner == owner_class::frozen);
    const bool carries = e.action == merge && (e.reason == renamed || e.reason == both_changed);
    const bool is_names = carries || (e.action == conflict && e.reason == both_changed);
    if (carries && e.owner != owner_class::seeded) return "carries names into a file that is generated";
    const bool replaceable = e.owner == owner_class::generated || e.owner == owner_class::vendored;
    if (touches && !replaceable && !(is_names && e.owner == owner_class::seeded))
        return "changes a file that is never changed once written";
    const bool moves = e.from && e.from->before != absent;
    if (moves != (e.action == move) || (e.from && e.owner == owner_class::frozen)) return "moves from nowhere";
    if (const auto why = why_senseless_content(e); !why.empty()) return why;
    if (const auto why = why_senseless_base(e); !why.empty()) return why;
    if (!e.now_at.empty() && why_path_refused(e.now_at)) return "has a 'now_at' that it cannot have";
    if ((e.reason == renamed_by_user) == e.now_at.empty()) return "has a 'now_at' it cannot have, or lacks it";
    const bool in_conflict = e.action == conflict || e.reason == both_changed || e.reason == conflict_open;
    if (in_conflict && !e.beside) return "is a conflict without a 'beside'";
    if (e.beside && in_conflict == (e.beside->after == absent)) return "has a 'beside' it cannot have";
    if (e.beside && !is_beside_path(e.path, e.beside->path)) return "has a 'beside' with a path of its own";
    if (e.from && (e.from->path == e.path || why_path_refused(e.from->path)))
        return "moves from a place it cannot have";
    return {};
}

std::string mode_text(mode_t mode) {
    std::string text = "0000";
    for (std::size_t i = 0; i < 4; ++i) text[i] = static_cast<char>('0' + ((mode >> (9 - 3 * i)) & 7));
    return text;
}

mode_t read_mode(json_object_reader& reader, std::string_view key) {
    const std::string text = reader.text(key);
    const bool octal = text.size() == 4 && text.find_first_not_of("01234567") == std::string::npos;
    if (!octal) reader.fail("has a '" + std::string(key) + "' that is no four octal digits");
    mode_t mode = 0;
    for (const char c : octal ? text : std::string()) mode = mode << 3 | static_cast<mode_t>(c - '0');
    return mode;
}

outcome<beside_file> read_beside(const boost::json::value& value, const std::string& where) {
    json_object_reader reader(value, where + ".beside");
    beside_file beside{reader.text("path"), reader.any_digest("before_sha256"), reader.any_digest("after_sha256")};
    if (auto wrong = reader.finish({"path", "before_sha256", "after_sha256"})) return *wrong;
    return beside;
}

outcome<moved_file> read_from(const boost::json::value& value, const std::string& where) {
    json_object_reader reader(value, where + ".from");
    moved_file from;
    from.path = reader.text("path");
    from.before = reader.any_digest("before_sha256");
    if (from.before != absent) from.before_mode = read_mode(reader, "before_mode");
    if (auto wrong = reader.finish({"path", "before_sha256", "before_mode"})) return *wrong;
    return from;
}

template <class Enum>
Enum need_name(json_object_reader& reader, std::string_view key, std::optional<Enum> (*parse)(std::string_view)) {
    const std::string text = reader.text(key);
    const std::optional<Enum> value = parse(text);
    if (!value) reader.fail("has the unknown " + std::string(key) + " " + json_quoted(text));
    return value.value_or(Enum{});
}

}  // namespace

void append_field(std::string& out, std::string_view key, std::string_view value) {
    out.append("\"").append(key).append("\": ").append(json_quoted(value));
}

void append_entry(std::string& out, const plan_entry& e) {
    out += "{";
    append_field(out, "path", e.path);
    append_field(out += ", ", "action", to_string(e.action));
    append_field(out += ", ", "reason", to_string(e.reason));
    append_field(out += ", ", "owner", to_string(e.owner));
    append_field(out += ", ", "mode", e.executable ? "0755" : "0644");
    append_field(out += ", ", "before_sha256", e.before);
    if (e.before != absent) append_field(out += ", ", "before_mode", mode_text(e.before_mode));
    append_field(out += ", ", "base_sha256", e.base);
    append_field(out += ", ", "after_sha256", e.after);
    if (e.new_base != e.base) append_field(out += ", ", "new_base_sha256", e.new_base);
    if (e.beside) {
        append_field(out += ", \"beside\": {", "path", e.beside->path);
        append_field(out += ", ", "before_sha256", e.beside->before);
        append_field(out += ", ", "after_sha256", e.beside->after);
        out += "}";
    }
    if (e.from) {
        append_field(out += ", \"from\": {", "path", e.from->path);
        append_field(out += ", ", "before_sha256", e.from->before);
        if (e.from->before != absent) append_field(out += ", ", "before_mode", mode_text(e.from->before_mode));
        out += "}";
    }
    if (!e.now_at.empty()) append_field(out += ", ", "now_at", e.now_at);
    out += "}";
}

outcome<plan_entry> read_plan_entry(const boost::json::value& value, const std::string& where) {
    json_object_reader reader(value, where);
    plan_entry e;
    e.path = reader.text("path");
    e.action = need_name(reader, "action", parse_plan_action);
    e.reason = need_name(reader, "reason", parse_plan_reason);
    e.owner = need_name(reader, "owner", parse_owner_class);
    const std::string mode = reader.text("mode");
    if (mode != "0644" && mode != "0755") reader.fail("has a 'mode' other than 0644 and 0755");
    e.executable = mode == "0755";
    e.before = reader.any_digest("before_sha256");
    if (e.before != absent) e.before_mode = read_mode(reader, "before_mode");
    e.base = reader.any_digest("base_sha256");
    e.after = reader.any_digest("after_sha256");
    e.new_base = reader.find("new_base_sha256") != nullptr ? reader.any_digest("new_base_sha256") : e.base;
    if (const auto* beside = reader.find("beside")) {
        TRY_ASSIGN(e.beside, read_beside(*beside, where));
    }
    if (const auto* from = reader.find("from")) {
        TRY_ASSIGN(e.from, read_from(*from, where));
    }
    if (reader.find("now_at") != nullptr) e.now_at = reader.text("now_at");
    if (const auto why = why_path_refused(e.path)) reader.fail("has a path that " + *why);
    if (const auto why = why_senseless(e); !why.empty()) reader.fail(why);
    if (auto wrong = reader.finish({"path", "action", "reason", "owner", "mode", "before_sha256", "before_mode",
                                    "base_sha256", "after_sha256", "new_base_sha256", "beside", "from", "now_at"})) {
        return *wrong;
    }
    return e;
}

}  // namespace tenon::gen
