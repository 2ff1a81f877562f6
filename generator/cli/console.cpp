// Prints for people, for programs and for CI annotations.
#include "generator/cli/console.hpp"

#include <iostream>

#include "generator/cli/plan_report.hpp"
#include "generator/plan/gate.hpp"
#include "generator/plan/summary.hpp"
#include "generator/support/report_json.hpp"
#include "generator/support/terminal.hpp"

namespace tenon::gen {

exit_code console::report(const diagnostics& found, const source_text& source) const {
    progress("");
    const bool for_people = format_ == diagnostic_format::text;
    (for_people ? std::cerr : std::cout) << print(found, source, format_, for_people && shows_colour(2));
    return found.empty() ? exit_code::clean : exit_code::failed;
}

void console::warn(const diagnostics& found, const source_text& source) const {
    if (found.empty()) return;
    progress("");
    if (format_ == diagnostic_format::github)
        std::cout << print(found, source, format_);
    else
        std::cerr << print(found, source, diagnostic_format::text, shows_colour(2));
}

exit_code console::say_valid(const spec& checked, const source_text& source) const {
    if (format_ == diagnostic_format::text) warn(checked.warnings, source);
    const std::size_t entities = checked.entities.size();
    say(source.name + ": valid; " + std::to_string(entities) + (entities == 1 ? " entity, " : " entities, ") +
        std::to_string(checked.roles.size()) + (checked.roles.size() == 1 ? " role" : " roles"));
    if (format_ != diagnostic_format::text) std::cout << print(checked.warnings, source, format_, false);
    return exit_code::clean;
}

exit_code console::report(const failure& why) const {
    return report(why, code_of(why));
}

exit_code console::report(const failure& why, exit_code code) const {
    progress("");
    if (format_ == diagnostic_format::json) {
        std::cout << failure_report(why, code);
        return code;
    }
    if (format_ == diagnostic_format::github) {
        std::string line = printable(why.message);
        for (auto at = line.find('\n'); at != std::string::npos; at = line.find('\n', at)) line.replace(at, 1, "%0A");
        std::cout << "::error::" << line << "\n";
        return code;
    }
    const painter paint(shows_colour(2));
    std::cerr << paint(colour::red, "tenon: ") << printable(why.message) << "\n";
    if (!why.hint.empty()) std::cerr << "  hint: " << why.hint << "\n";
    return code;
}

exit_code console::conclude(const plan& p, const std::string& directory, const std::vector<std::string>& caught,
                            exit_code otherwise) const {
    const exit_code code = caught.empty() ? otherwise : exit_code::gated;
    if (format_ == diagnostic_format::json) {
        std::cout << generate_json(code, p, directory, caught);
    } else if (!caught.empty()) {
        report(failure{failure_kind::refused, gate_message(caught), std::string(gate_hint)}, code);
    }
    return code;
}

void console::say(std::string_view line) const {
    progress("");
    if (format_ == diagnostic_format::text) std::cout << line << "\n";
}

void console::tell_programs(std::string_view json, std::string_view annotations) const {
    if (format_ == diagnostic_format::json) std::cout << json;
    if (format_ == diagnostic_format::github) std::cout << annotations;
}

void console::progress(std::string_view note) const {
    if (moves_cursor(2)) std::cerr << "\r\x1b[K" << note << std::flush;
}

void console::show(const plan& p) const {
    progress("");
    if (format_ == diagnostic_format::text) {
        const painter paint(shows_colour(1));
        std::cout << summarize_impacts(p.impacts, paint) << summarize(p.entries, paint);
    }
}

}  // namespace tenon::gen
