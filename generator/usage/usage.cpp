// Mistakes of a command line, in words.
#include "generator/usage/usage.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iostream>

#include "generator/support/report_json.hpp"
#include "generator/support/terminal.hpp"
#include "generator/support/text.hpp"
#include "generator/usage/manual.hpp"

namespace tenon::gen {
namespace {

std::vector<std::string> names_of_commands(const CLI::App& app) {
    std::vector<std::string> out;
    for (const CLI::App* command : app.get_subcommands(nullptr)) out.push_back(command->get_name());
    return out;
}

/// The command that the mistake is in, and how it is called: "tenon generate".
std::pair<const CLI::App*, std::string> command_of(const CLI::App& app) {
    const CLI::App* at = &app;
    std::string called = app.get_name();
    while (!at->get_subcommands().empty()) {
        at = at->get_subcommands().front();
        called += " " + at->get_name();
    }
    return {at, called};
}

std::vector<std::string> options_of(const CLI::App& command) {
    std::vector<std::string> out;
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
    }
    return out;
}

/// The first word that is meant as an option, and is none: worth more than what else is wrong because of it.
std::optional<failure> unknown_option(const CLI::App& command, const std::string& called, int argc, char** argv) {
    const std::vector<std::string> known = options_of(command);
    for (int i = 1; i < argc && argv[i] != std::string_view("--"); ++i) {
        const std::string word = argv[i];
        const std::string option = word.substr(0, word.find('='));
        const bool is_one = !option.starts_with("--") || std::find(known.begin(), known.end(), option) != known.end();
        if (is_one) continue;
        return failure{failure_kind::refused, called + ": there is no option " + gen::quoted(option),
                       did_you_mean(option, known, "there are ")};
    }
    return std::nullopt;
}

failure explained(const CLI::App& app, const CLI::ParseError& problem, int argc, char** argv) {
    const auto [command, called] = command_of(app);
    if (auto unknown = unknown_option(*command, called, argc, argv)) return std::move(*unknown);
    const std::string see_help = "`" + called + " --help` tells what it takes";
    const std::vector<std::string> rest = app.remaining(true);
    if (problem.get_name() == "ExtrasError" && !rest.empty())
        return {failure_kind::refused, called + ": unexpected argument " + gen::quoted(rest.front()), see_help};
    const std::string said = problem.what();
    const auto at = said.find("; ");
    if (at == std::string::npos) return {failure_kind::refused, called + ": " + said, see_help};
    return {failure_kind::refused, called + ": " + said.substr(0, at), said.substr(at + 2)};
}

/// Of the words as they stand: a command line that cannot be read has no options.
bool wants_json(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const bool two_words = word == "--format" && i + 1 < argc && argv[i + 1] == std::string_view("json");
        if (word == "--json" || word == "--format=json" || two_words) return true;
    }
    return false;
}

int report(const CLI::App& app, const failure& why, int argc, char** argv) {
    if (wants_json(argc, argv)) {
        std::cout << failure_report(why, exit_code::failed);
        return end_of_output(app.get_name().c_str(), 1);
    }
    std::cerr << painter(shows_colour(2))(colour::red, printable(why.message)) << "\n";
    if (!why.hint.empty()) std::cerr << "  hint: " << printable(why.hint) << "\n";
    return 1;
}

int print(const CLI::App& app, const std::string& text) {
    std::cout << text;
    return end_of_output(app.get_name().c_str(), 0);
}

/// `tenon help`, `tenon help generate`.
int help(CLI::App& app, int argc, char** argv) {
    if (argc == 2) return print(app, app.help());
    const std::vector<std::string> known = names_of_commands(app);
    const std::string word = argv[2];
    if (std::find(known.begin(), known.end(), word) != known.end())
        return print(app, app.get_subcommand(word)->help(app.get_name()));
    const failure why{failure_kind::refused, app.get_name() + ": there is no command " + gen::quoted(word),
                      did_you_mean(word, known, "the commands are ")};
    return report(app, why, argc, argv);
}

}  // namespace

std::optional<int> understand(CLI::App& app, int argc, char** argv) {
    const std::vector<std::string> commands = names_of_commands(app);
    const std::string first = argc > 1 ? argv[1] : "";
    if (argc < 2) {
        std::cerr << app.help();
        return 1;
    }
    if (first == "--manual") return print(app, manual_page(app));
    if (!commands.empty() && first == "help") return help(app, argc, argv);
    const bool is_known = std::find(commands.begin(), commands.end(), first) != commands.end();
    if (!commands.empty() && !is_known && !first.starts_with('-')) {
        const failure why{failure_kind::refused, app.get_name() + ": there is no command " + gen::quoted(first),
                          did_you_mean(first, commands, "the commands are ")};
        return report(app, why, argc, argv);
    }
    try {
        app.parse(argc, argv);
        return std::nullopt;
    } catch (const CLI::ParseError& problem) {
        if (problem.get_name() == "CallForHelp") return print(app, app.help());
        if (problem.get_name() == "CallForVersion") return print(app, std::string(problem.what()) + "\n");
        return report(app, explained(app, problem, argc, argv), argc, argv);
    }
}

int end_of_output(const char* program, int code) {
    errno = 0;
    if (flush_output()) return code;
    const std::string why = errno != 0 ? std::string(": ") + std::strerror(errno) : "";
    std::cerr << program << ": cannot write to standard output" << why << "\n"
              << "  hint: what it was to print is incomplete; run the command again\n";
    return code == 0 ? 1 : code;
}

}  // namespace tenon::gen
