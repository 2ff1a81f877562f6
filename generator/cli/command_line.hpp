// The command line of `tenon`, understood.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/plan/make_plan.hpp"
#include "generator/support/diagnostics.hpp"

namespace tenon::gen {

enum class verb { validate, generate, verify, explain, resolve, adopt, schema, new_spec, eject, completion };

struct command_line {
    verb what = verb::validate;
    diagnostic_format format = diagnostic_format::text;
    std::vector<std::string> specs;                         ///< validate, generate
    std::string spec;                                       ///< adopt: may be empty
    std::string out;                                        ///< generate: may be empty
    std::vector<std::string> allow_destructive;             ///< generate: names of losses, "true" for all
    std::vector<std::string> replace_migrations;            ///< generate: names of migrations to be emitted anew
    conflict_policy on_conflict = conflict_policy::beside;  ///< generate
    std::vector<std::string> restore;                       ///< generate: globs of deleted files that are wanted back
    std::vector<std::string> fail_on;      ///< generate: changes of these classes end the run with exit code 5
    std::string templates;                 ///< generate, verify: a folder whose files win over the embedded templates
    std::string directory;                 ///< verify, resolve, adopt
    std::string name;                      ///< new: the service; schema, completion: which one
    std::vector<std::string> eject_parts;  ///< eject: of "templates", "schemas", "runtime"
    std::string to;                        ///< eject
    std::string place;                     ///< explain: FILE, FILE:LINE or a diagnostic's code
    bool codes = false;                    ///< explain: list all codes
    std::vector<std::string> paths;        ///< resolve: globs; empty: all open conflicts
    std::string take;                      ///< resolve: mine, theirs, merged; empty: lists only
    std::string tool;                      ///< resolve: a shell command
};

struct parsed_command_line {
    std::optional<command_line> command;
    int exit_code = 0;  ///< When there is no command: after --help or a mistake, which has been reported.
};

parsed_command_line parse_command_line(int argc, char** argv);

/// The version of the generator, "0.1.0".
std::string generator_version();

}  // namespace tenon::gen
