// The command line of a generated service: a handful of words, read by hand.
#include "app/command_line.hpp"

#include <algorithm>
#include <charconv>

#include "feature/feature.hpp"

namespace tenon::app {
namespace {

using command = command_line::command;

error usage(std::string message) {
    return error(errc::bad_request, std::move(message));
}

std::string quoted(std::string_view text) {
    return "'" + std::string(text) + "'";
}

result<command_line> parse_migrate(const std::vector<std::string_view>& words) {
    command_line out;
    if (words.size() < 2) return usage("migrate needs one of: up, down, status");
    if (words[1] == "up") {
        out.what = command::migrate_up;
    } else if (words[1] == "status") {
        out.what = command::migrate_status;
        if (words.size() == 2) return out;
        if (words[2] != "--check") return usage("migrate status takes --check, not " + quoted(words[2]));
        if (words.size() > 3) return usage("unexpected argument " + quoted(words[3]));
        out.check = true;
        return out;
    } else if (words[1] == "down") {
        out.what = command::migrate_down;
        if (words.size() == 2) return out;
        const std::string_view count = words[2];
        const auto [end, failure] = std::from_chars(count.data(), count.data() + count.size(), out.steps);
        if (failure != std::errc() || end != count.data() + count.size() || out.steps == 0)
            return usage("migrate down takes a number of migrations, not " + quoted(count));
        if (words.size() > 3) return usage("unexpected argument " + quoted(words[3]));
        return out;
    } else {
        return usage("migrate knows up, down and status, not " + quoted(words[1]));
    }
    if (words.size() > 2) return usage("unexpected argument " + quoted(words[2]));
    return out;
}

/// A line for each, "  NAME  what it means", wrapped.
std::string variables_text(std::string_view program) {
    constexpr std::size_t indent = 30, width = 116;
    std::string out;
    for (const feature::setting& each : feature::all_settings()) {
        std::string line = "  " + std::string(each.name) + " ";
        line.resize(std::max(indent, line.size()), ' ');
        std::string text = (each.required ? "required; " : "") + std::string(each.meaning);
        if (const std::string form = feature::expected(each); !form.empty()) text += "; " + form;
        if (!each.default_text.empty()) text += " (" + feature::default_of(each, program) + ")";
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find(' ', at), text.size());
            if (line.size() + end - at > width) {
                out += line + "\n";
                line.assign(indent, ' ');
            }
            if (line.back() != ' ') line += ' ';
            line.append(text, at, end - at);
            at = end + 1;
        }
        out += line + "\n";
    }
    return out;
}

}  // namespace

result<command_line> parse_command_line(const std::vector<std::string_view>& arguments) {
    command_line out;
    if (arguments.empty()) return usage("a command is needed: serve, migrate, backup, restore or routes");
    for (const std::string_view word : arguments) {
        if (word == "--help" || word == "-h") return out;
    }
    const std::string_view first = arguments.front();
    if (first == "help") return out;
    if (first == "migrate") return parse_migrate(arguments);

    std::size_t used = 1;
    if (first == "backup" || first == "restore") {
        if (arguments.size() < 2 || arguments[1].empty())
            return usage(std::string(first) + " needs the name of a file");
        out.what = first == "backup" ? command::backup : command::restore;
        out.file = arguments[1], used = 2;
    } else if (first == "--version" || first == "version") {
        out.what = command::version;
    } else if (first == "routes") {
        out.what = command::routes;
    } else if (first == "serve") {
        out.what = command::serve;
        if (arguments.size() > 1 && arguments[1] == "--migrate") out.migrate_first = true, used = 2;
    } else {
        return usage("unknown command " + quoted(first) + "; there are serve, migrate, backup, restore and routes");
    }
    if (arguments.size() > used) return usage("unexpected argument " + quoted(arguments[used]));
    return out;
}

std::string help_text(std::string_view program, std::string_view title) {
    const std::string name(program);
    return std::string(title) + "\n\nUsage:\n  " + name +
           " serve [--migrate]     answer requests until SIGTERM; --migrate runs pending migrations first\n  " + name +
           " migrate up            run pending migrations\n  " + name +
           " migrate down [N]      take back the last N migrations (1)\n  " + name +
           " migrate status        list the migrations and whether they have run; makes no database.\n" +
           std::string(name.size() + 25, ' ') + "With --check: exit code 3 unless all have run, unchanged\n  " + name +
           " backup FILE           copy the SQLite database to FILE while the service runs\n  " + name +
           " restore FILE          make the SQLite database out of a backup; there must be none yet\n  " + name +
           " routes                list every endpoint and who may use it\n  " + name + " --version | --help\n" +
           R"(
Configuration, from the environment, and what that lacks from a file .env in the working directory:
)" + variables_text(program) +
           R"(
Exit codes: 0 success, 1 failure, 2 wrong usage or configuration, 3 migrate status --check: something is pending.
)";
}

}  // namespace tenon::app
