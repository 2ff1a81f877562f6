// What a file of a project, or one line of it, is: whose, in which state, and where it comes from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "generator/plan/make_plan.hpp"
#include "generator/render/render.hpp"
#include "generator/support/filesystem.hpp"
#include "generator/support/terminal.hpp"

namespace tenon::gen {

struct explain_request {
    std::string path;      ///< Below the project.
    std::size_t line = 0;  ///< From 1; 0: the whole file.
};

/// What a line is.
enum class line_kind {
    whole_file,  ///< No line was asked for.
    generated,   ///< As a template gives it now.
    outdated,    ///< Generated earlier: the spec or the template has changed since.
    user,        ///< Written or changed by the user.
    header,      ///< The line that says who owns the file.
    copied,      ///< Of a file that comes with Tenon as it is, or that is not rendered line by line.
};

struct explanation {
    explain_request asked;
    std::string owner;   ///< generated, seeded, frozen, or yours.
    std::string state;   ///< "as generated", "edited by you", …
    std::string source;  ///< "templates/src/api/routes.cpp"; empty for the user's own files.
    line_kind kind = line_kind::whole_file;
    std::string text;               ///< The line.
    std::size_t template_line = 0;  ///< 0: not from a line of a template.
    std::size_t spec_line = 0;      ///< 0: about no place of the spec in particular.
    std::string spec_text;
    std::string conflict;                     ///< The file beside it, while a conflict is open.
    std::vector<std::size_t> conflict_lines;  ///< In the file: where both sides changed the same.
};

/// Reads only. Fails when neither the project nor the spec knows the file, or it has fewer lines.
outcome<explanation> explain(const explain_request& asked, filesystem& project, const known_manifest& known,
                             const model& product, const render_input& input);

std::string explanation_text(const explanation& e, const painter& paint);
std::string explanation_json(const explanation& e);

}  // namespace tenon::gen
