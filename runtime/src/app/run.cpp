// The whole program of a generated service, behind its main().
#include <tenon/app/product.hpp>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <iostream>

#include <tenon/app/configuration.hpp>
#include <tenon/app/server.hpp>
#include <tenon/observe/log.hpp>

#include "app/allocator.hpp"
#include "app/command_line.hpp"
#include "app/env_file.hpp"
#include "app/open_files.hpp"
#include "app/product_settings.hpp"
#include "app/route_listing.hpp"
#include "migrations/migrate.hpp"
#include "observe/log_sink.hpp"
#include "sqlite/backup.hpp"

namespace tenon::app {
namespace {

constexpr int success = 0;
constexpr int failure = 1;
constexpr int wrong_usage = 2;
constexpr int pending = 3;

int report(const error& why, int code) {
    std::cerr << "error: " << why.message << "\n";
    for (const field_error& field : why.fields)
        std::cerr << "  " << field.pointer.substr(1) << " " << field.detail << "\n";
    return code;
}

std::span<const db::migration> migrations_for(const product& product, std::string_view url) {
    return url.starts_with("sqlite:") ? product.sqlite_migrations : product.postgres_migrations;
}

int print_migrated(const result<std::vector<std::string>>& names, std::string_view verb) {
    if (!names) return report(names.error(), failure);
    for (const std::string& name : *names) std::cout << verb << " " << name << "\n";
    if (names->empty()) std::cout << "nothing to do\n";
    return success;
}

int print_status(const std::string& url, std::span<const db::migration> migrations, bool check) {
    const auto states = db::migration_status(url, migrations);
    if (!states) return report(states.error(), failure);
    for (const db::migration_state& state : *states) {
        std::string_view word = state.applied ? "applied" : "pending";
        if (state.changed) word = "changed";
        if (state.unknown) word = "unknown";
        std::cout << word << "  " << state.name << "\n";
    }
    // What a newer program has run behind ours is no reason not to start this one.
    const bool is_current = std::all_of(states->begin(), states->end(), [](const db::migration_state& state) {
        return state.applied && !state.changed;
    });
    return check && !is_current ? pending : success;
}

int migrate(const product& product, const command_line& command, const environment& variables) {
    const auto urls = read_database_urls(product.name, variables);
    if (!urls) return report(urls.error(), wrong_usage);
    const auto& [serving, url] = *urls;
    const auto migrations = migrations_for(product, url);
    if (command.what == command_line::command::migrate_up)
        return print_migrated(db::migrate_up(url, migrations, serving), "applied");
    if (command.what == command_line::command::migrate_down)
        return print_migrated(db::migrate_down(url, migrations, command.steps), "took back");
    return print_status(url, migrations, command.check);
}

/// For `--help`; empty: the product's own code asks for nothing.
std::string own_variables(const product& product) {
    const environment nothing_set = [](std::string_view) { return std::nullopt; };
    std::string out;
    for (const std::string& name : read_product_settings(product, nothing_set).names) out += "  " + name + "\n";
    return out.empty() ? out : "\nWhat the product's own code asks for:\n" + out;
}

/// Set by a signal.
std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

/// Once they only set `stop_asked`, what is written takes itself away. One that is ignored, as under nohup, stays so.
void note_stop_signals() {
    for (const int each : {SIGTERM, SIGINT, SIGHUP}) {
        if (std::signal(each, [](int) { stop_asked = true; }) == SIG_IGN) std::signal(each, SIG_IGN);
    }
}

int back_up_or_restore(const product& product, const command_line& command, const environment& variables) {
    const auto urls = read_database_urls(product.name, variables);
    if (!urls) return report(urls.error(), wrong_usage);
    const std::string& url = urls->serving;
    const bool restores = command.what == command_line::command::restore;
    if (!url.starts_with("sqlite:")) {
        const error why(errc::invalid, std::string("This is for SQLite. On PostgreSQL use deploy/postgres/") +
                                           (restores ? "restore.sh." : "backup.sh."));
        return report(why, wrong_usage);
    }
    note_stop_signals();
    const auto bytes = restores ? db::restore_sqlite(command.file, url, stop_asked)
                                : db::back_up_sqlite(url, command.file, stop_asked);
    if (!bytes) return report(bytes.error(), failure);
    std::cout << (restores ? "restored " : "backed up to ") << command.file << ", " << *bytes << " bytes\n";
    return success;
}

// SIGTERM and SIGINT are taken by `sigwait` in the main thread; every other thread inherits that they are blocked.
// A reader of our log that goes away must not take the service with it, nor a file that may not grow (RLIMIT_FSIZE):
// both are errors of `write` then.
sigset_t block_stop_signals() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, nullptr);
    return stop;
}

/// Perhaps misspelt; perhaps meant for another program beside this one.
void warn_of_unknown_names(const file_environment& from) {
    for (const std::string& name : from.unasked())
        log::warn("the file .env sets a variable that this service does not know", {{"name", name}});
}

int serve(const product& product, const command_line& command, const file_environment& from) {
    const environment& variables = from.variables;
    auto configured = read_configuration(product, variables);
    if (!configured) return report(configured.error(), wrong_usage);
    observe::set_log_level(configured->log_level);
    warn_of_unknown_names(from);
    const sigset_t stop = block_stop_signals();
    give_memory_back();
    if (command.migrate_first) {
        const auto urls = read_database_urls(product.name, variables);
        if (!urls) return report(urls.error(), wrong_usage);
        const auto names = db::migrate_up(urls->migrating, migrations_for(product, urls->migrating), urls->serving);
        if (!names) return report(names.error(), failure);
        for (const std::string& name : *names) log::info("migration applied", {{"name", name}});
    }

    const auto connections = connections_that_fit(*configured, raise_open_files());
    if (!connections) return report(connections.error(), failure);
    configured->max_connections = *connections;
    const std::string host = configured->host;
    auto server = start_server(product, std::move(*configured));
    if (!server) return report(server.error(), failure);
    const bool v6 = host.find(':') != std::string::npos;
    const std::string address = "http://" + (v6 ? "[" + host + "]" : host) + ":" + std::to_string((*server)->port());
    log::info("listening", {{"address", address}, {"service", product.name}, {"version", product.version}});
    observe::buffer_log(true);

    int signal = 0;
    sigwait(&stop, &signal);
    log::info("stopping", {{"signal", signal == SIGTERM ? "SIGTERM" : "SIGINT"}});
    const bool in_time = (*server)->stop();
    if (!in_time) log::warn("stopped before all requests were answered");
    log::info("stopped");
    log::flush();
    return in_time ? success : failure;
}

}  // namespace

namespace {

int run_command(const product& product, const command_line& command) {
    using enum command_line::command;
    switch (command.what) {
        case help:
            std::cout << help_text(product.name, product.title) << own_variables(product);
            return success;
        case version:
            std::cout << product.name << " " << product.version << " (tenon-runtime " << TENON_RUNTIME_VERSION << ")\n";
            return success;
        case routes:
            std::cout << list_routes(product);
            return success;
        case serve:
        case migrate_up:
        case migrate_down:
        case migrate_status:
        case backup:
        case restore:
            break;
    }
    const auto from = environment_with_file(".env");
    if (!from) return report(from.error(), wrong_usage);
    if (command.what == serve) return app::serve(product, command, *from);
    const environment& variables = from->variables;
    const bool copies = command.what == backup || command.what == restore;
    return copies ? back_up_or_restore(product, command, variables) : migrate(product, command, variables);
}

}  // namespace

int run(const product& product, int argc, char** argv) {
    const std::vector<std::string_view> arguments(argv + 1, argv + argc);
    const auto parsed = parse_command_line(arguments);
    if (!parsed) {
        std::cerr << "error: " << parsed.error().message << "\n\n"
                  << help_text(product.name, product.title) << own_variables(product);
        return wrong_usage;
    }
    const int code = run_command(product, *parsed);
    std::cout.flush();
    if (std::cout) return code;
    std::cerr << "error: standard output cannot be written\n";
    return code == success ? failure : code;
}

}  // namespace tenon::app
