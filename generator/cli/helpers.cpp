// Leads each helper command to its function.
#include "generator/cli/helpers.hpp"

#include <iostream>

#include "generator/cli/completion.hpp"
#include "generator/cli/eject.hpp"
#include "generator/cli/explain_code.hpp"
#include "generator/cli/explain_place.hpp"
#include "generator/cli/new_spec.hpp"
#include "generator/cli/resolve_command.hpp"

namespace tenon::gen {

outcome<exit_code> run_helper(const command_line& command, const console& out) {
    switch (command.what) {
        case verb::explain:
            if (command.codes || looks_like_code(command.place)) return explain_code(command);
            return explain_place(command, out);
        case verb::resolve:
            return resolve_command(command);
        case verb::schema:
            return print_schema(command.name);
        case verb::new_spec:
            return write_new_spec(command.name, out);
        case verb::eject:
            return eject(command.eject_parts, command.to, out);
        case verb::completion:
            std::cout << completion_script(command.name);
            return exit_code::clean;
        case verb::validate:
        case verb::generate:
        case verb::verify:
        case verb::adopt:
            break;
    }
    return exit_code::failed;
}

}  // namespace tenon::gen
