// Finds the project that a place lies in, and explains the place.
#include "generator/cli/explain_place.hpp"

#include <boost/filesystem.hpp>

#include <charconv>
#include <iostream>

#include "generator/apply/status.hpp"
#include "generator/cli/inputs.hpp"
#include "generator/explain/explain.hpp"
#include "generator/plan/make_plan.hpp"
#include "generator/read/read.hpp"
#include "generator/resolve/resolve.hpp"

namespace tenon::gen {
namespace {

namespace fs = boost::filesystem;

/// "src/a.cpp:12" -> {"src/a.cpp", 12}. Also takes the column that compilers add.
explain_request parse_place(const std::string& place) {
    explain_request out{place, 0};
    for (int part = 0; part < 2; ++part) {
        const auto colon = out.path.rfind(':');
        if (colon == std::string::npos || colon + 1 == out.path.size()) break;
        std::size_t number = 0;
        const char* const end = out.path.data() + out.path.size();
        const auto [stop, code] = std::from_chars(out.path.data() + colon + 1, end, number);
        if (code != std::errc{} || stop != end) break;
        out.line = number;
        out.path.resize(colon);
    }
    return out;
}

/// The nearest directory above the file that has a manifest.
outcome<fs::path> project_around(const fs::path& file) {
    boost::system::error_code ignored;
    for (fs::path at = fs::absolute(file).lexically_normal().parent_path(); !at.empty(); at = at.parent_path()) {
        if (fs::exists(at / manifest_path, ignored)) return at;
        if (at == at.root_path()) break;
    }
    return failure{failure_kind::refused, "'" + file.string() + "' is not inside a Tenon project",
                   "give the project with --out"};
}

}  // namespace

outcome<exit_code> explain_place(const command_line& command, const console& out) {
    if (command.place.empty())
        return failure{failure_kind::refused, "PLACE is required",
                       "FILE, FILE:LINE or a code such as E011; or --codes"};
    explain_request asked = parse_place(command.place);
    fs::path directory = command.out;
    boost::system::error_code ignored;
    // A path that is not there from here is meant from the project.
    const bool from_project = !command.out.empty() && !fs::exists(asked.path, ignored);
    if (command.out.empty()) {
        TRY_ASSIGN(directory, project_around(asked.path));
    }
    if (!from_project) {
        const fs::path whole = fs::absolute(asked.path).lexically_normal();
        asked.path = whole.lexically_relative(fs::absolute(directory).lexically_normal()).generic_string();
    }
    TRY_ASSIGN(const auto project, open_directory(directory.string()));
    TRY(refuse_interrupted(*project));
    TRY_ASSIGN(const known_manifest known, load_manifest(*project));
    TRY_ASSIGN(const source_text source, load_spec((directory / "spec.yaml").string()));
    const auto checked = read_spec(source);
    if (!checked) return out.report(checked.error(), source);
    TRY_ASSIGN(const template_inputs templates, template_inputs::load(command.templates));
    const render_input input = templates.for_spec(source.text);
    TRY_ASSIGN(const explanation found, explain(asked, *project, known, resolve(*checked), input));
    std::cout << (command.format == diagnostic_format::json ? explanation_json(found)
                                                            : explanation_text(found, painter(shows_colour(1))));
    return exit_code::clean;
}

}  // namespace tenon::gen
