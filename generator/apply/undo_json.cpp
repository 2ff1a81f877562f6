// The record of what was applied last, as JSON, one file a line.
#include "generator/apply/journal.hpp"
#include "generator/apply/undo.hpp"
#include "generator/plan/json_reading.hpp"

namespace tenon::gen {
namespace {

outcome<undo_step> read_step(const boost::json::value& value, std::size_t index) {
    json_object_reader reader(value, "the undo record: steps[" + std::to_string(index) + "]");
    undo_step step;
    step.path = reader.text("path");
    step.before = reader.any_digest("before");
    step.after = reader.any_digest("after");
    step.before_mode = static_cast<mode_t>(reader.number("before_mode") & 07777);
    step.after_mode = static_cast<mode_t>(reader.number("after_mode") & 07777);
    if (!may_write(step.path)) reader.fail("has a path that is not Tenon's to write");
    if (auto wrong = reader.finish({"path", "before", "after", "before_mode", "after_mode"})) return *wrong;
    return step;
}

}  // namespace

std::string write_undo_record(const undo_record& r) {
    std::string out = "{\"format_version\": 1, \"steps\": [\n";
    for (const undo_step& step : r.steps) {
        if (&step != r.steps.data()) out += ",\n";
        out += "{\"path\": " + json_quoted(step.path) + ", \"before\": \"" + step.before + "\", \"after\": \"" +
               step.after + "\", \"before_mode\": " + std::to_string(step.before_mode) +
               ", \"after_mode\": " + std::to_string(step.after_mode) + "}";
    }
    return out += "\n]}\n";
}

outcome<undo_record> read_undo_record(std::string_view text) {
    TRY_ASSIGN(const auto document, parse_json(text, "the undo record"));
    json_object_reader reader(document, "the undo record");
    if (reader.number("format_version") != 1) reader.fail("has another format version");
    const auto* steps = reader.need("steps");
    if (steps != nullptr && !steps->is_array()) reader.fail("has no list of steps");
    if (auto wrong = reader.finish({"format_version", "steps"})) return *wrong;
    undo_record r;
    for (const auto& value : steps->get_array()) {
        TRY_ASSIGN(auto step, read_step(value, r.steps.size()));
        r.steps.push_back(std::move(step));
    }
    return r;
}

}  // namespace tenon::gen
