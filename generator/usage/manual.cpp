// Writes roff.
#include "generator/usage/manual.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <iomanip>
#include <sstream>

#include "generator/support/text.hpp"

namespace tenon::gen {
namespace {

/// Text that means nothing to roff, in ASCII.
std::string plain(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const decoded one = decode_utf8(text, at);
        const char32_t c = one.value.value_or(U'?');
        if (c == U'\\') {
            out += "\\e";
        } else if (c == U'-') {
            out += "\\-";
        } else if (c >= 0x80) {
            std::ostringstream code;
            code << "\\[u" << std::hex << std::uppercase << std::setfill('0') << std::setw(4) << std::uint32_t{c}
                 << "]";
            out += code.str();
        } else {
            out += static_cast<char>(c);
        }
        at += one.length;
    }
    return out;
}

/// A line of its own: a dot or a quote at its beginning would be a request.
std::string line(const std::string& text) {
    const bool is_request = text.starts_with('.') || text.starts_with('\'');
    return (is_request ? "\\&" : "") + plain(text) + "\n";
}

/// A footer: its headings, and what stands below them as it is.
std::string verbatim(const std::string& text) {
    std::string out = ".PP\n.nf\n";
    std::istringstream lines(text);
    for (std::string one; std::getline(lines, one);) {
        if (!one.empty()) out += line(one);
    }
    return out + ".fi\n";
}

std::string synopsis(const CLI::App& command) {
    std::string out = "[\\fIOPTIONS\\fR]";
    for (const CLI::Option* option : command.get_options()) {
        if (!option->get_positional()) continue;
        const std::string name = "\\fI" + plain(option->get_single_name()) + "\\fR";
        const std::string shown = name + (option->get_expected_max() > 1 ? "..." : "");
        out += option->get_required() ? " " + shown : " [" + shown + "]";
    }
    return out;
}

std::string options(const CLI::App& command) {
    std::string out;
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_group().empty()) continue;
        const bool positional = option->get_positional();
        const std::string type = option->get_type_size() > 0 ? option->get_type_name() : "";
        out += ".TP\n\\fB" + plain(option->get_name(positional, true)) + "\\fR";
        if (!positional && !type.empty()) out += " \\fI" + plain(type) + "\\fR";
        out += "\n" + line(option->get_description());
    }
    return out;
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

}  // namespace

std::string manual_page(const CLI::App& app) {
    const std::string name = app.get_name();
    const auto commands = app.get_subcommands(nullptr);
    std::string summary = app.get_description();
    if (summary.ends_with('.')) summary.pop_back();
    std::string out = ".TH " + upper(plain(name)) + " 1 \"\" \"\" \"User Commands\"\n.SH NAME\n" + plain(name) +
                      " \\- " + plain(summary) + "\n.SH SYNOPSIS\n.B " + plain(name) + "\n" +
                      (commands.empty() ? synopsis(app) : std::string("\\fICOMMAND\\fR [\\fIOPTIONS\\fR]")) +
                      "\n.SH OPTIONS\n" + options(app);
    if (!commands.empty()) out += ".SH COMMANDS\n";
    for (const CLI::App* command : commands) {
        out += ".SS \"" + plain(name + " " + command->get_name()) + "\"\n.B " +
               plain(name + " " + command->get_name()) + "\n" + synopsis(*command) + "\n.PP\n" +
               line(command->get_description() + ".") + options(*command) + verbatim(command->get_footer());
    }
    return out + ".SH NOTES\n" + verbatim(app.get_footer()) +
           ".SH SEE ALSO\nThe reference of the spec language and of messages is in /usr/share/doc/tenon.\n";
}

}  // namespace tenon::gen
