// The members that every report has.
#include "generator/support/report_json.hpp"

#include "generator/support/text.hpp"

namespace tenon::gen {

std::string_view status_name(exit_code code) {
    switch (code) {
        case exit_code::clean:
            return "clean";
        case exit_code::failed:
            return "failed";
        case exit_code::pending:
            return "pending";
        case exit_code::conflicts:
            return "conflicts";
        case exit_code::stale:
            return "stale";
        case exit_code::gated:
            return "gated";
    }
    return {};
}

exit_code code_of(const failure& why) {
    if (why.kind == failure_kind::stale) return exit_code::stale;
    return why.kind == failure_kind::interrupted ? exit_code::pending : exit_code::failed;
}

std::string report_head(exit_code code, std::string_view message, std::string_view hint) {
    return "{\"format_version\": 3, \"status\": \"" + std::string(status_name(code)) +
           "\", \"exit_code\": " + std::to_string(static_cast<int>(code)) + ", \"message\": \"" +
           json_escaped(message) + "\", \"hint\": \"" + json_escaped(hint) + "\"";
}

std::string failure_report(const failure& why, exit_code code) {
    return report_head(code, why.message, why.hint) + "}\n";
}

}  // namespace tenon::gen
