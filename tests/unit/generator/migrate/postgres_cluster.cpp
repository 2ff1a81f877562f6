// Starts and stops the cluster with PostgreSQL's own programs. They refuse to run as root, who becomes `postgres` then.
#include "tests/unit/generator/migrate/postgres_cluster.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "tests/unit/generator/migrate/postgres_session.hpp"

namespace tenon::gen {

namespace {

struct outcome_of_command {
    int code = 0;
    std::string output;
};

outcome_of_command shell(const std::string& command) {
    outcome_of_command out;
    FILE* pipe = popen(("exec 2>&1; cd /; " + command).c_str(), "r");
    if (pipe == nullptr) return {-1, "no shell"};
    std::array<char, 4096> buffer{};
    while (const std::size_t got = fread(buffer.data(), 1, buffer.size(), pipe)) out.output.append(buffer.data(), got);
    const int status = pclose(pipe);
    out.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return out;
}

std::string as_server(const std::string& command) {
    return geteuid() == 0 ? "runuser -u postgres -- " + command : command;
}

std::string program(const char* name) {
    return std::string(POSTGRES_PROGRAMS) + "/" + name;
}

}  // namespace

std::unique_ptr<postgres_cluster> postgres_cluster::start(std::string& why) {
    if (access(program("initdb").c_str(), X_OK) != 0) return why = "PostgreSQL's programs are not installed", nullptr;
    std::string folder = "/tmp/tenon_pg_XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary folder");
    if (geteuid() == 0) shell("chown postgres " + folder);
    std::unique_ptr<postgres_cluster> out(new postgres_cluster(folder));
    const auto made =
        shell(as_server(program("initdb") + " -D " + folder + "/data -U tests -A trust -E UTF8 --no-locale --no-sync"));
    if (made.code != 0) throw std::runtime_error("initdb: " + made.output);
    std::ofstream(folder + "/data/postgresql.conf", std::ios::app)
        << "listen_addresses = ''\nfsync = off\nshared_buffers = 8MB\n";
    const auto started = shell(as_server(program("pg_ctl") + " -D " + folder + "/data -w -l " + folder +
                                         "/log -o \"-k " + folder + "\" start"));
    if (started.code != 0) throw std::runtime_error("pg_ctl start: " + started.output);
    out->psql("postgres", "tests", "CREATE ROLE owner LOGIN; CREATE ROLE reader LOGIN;");
    out->recreate();
    return out;
}

postgres_cluster::~postgres_cluster() {
    shell(as_server(program("pg_ctl") + " -D " + folder_ + "/data -w -m immediate stop"));
    shell("rm -rf " + folder_);
}

bool postgres_cluster::restart(const std::string& settings) {
    std::ofstream(folder_ + "/data/postgresql.conf", std::ios::app) << settings << "\n";
    const std::string control = program("pg_ctl") + " -D " + folder_ + "/data -w -l " + folder_ + "/log ";
    // It may have been killed, and need to be told nothing.
    shell(as_server(control + "-m immediate stop"));
    return shell(as_server(control + "-o \"-k " + folder_ + "\" start")).code == 0;
}

std::optional<std::string> postgres_cluster::run_as_server(const std::string& command) {
    auto out = shell(as_server(command));
    if (out.code != 0) return std::nullopt;
    return std::move(out.output);
}

int postgres_cluster::pid() const {
    int out = 0;
    std::ifstream(folder_ + "/data/postmaster.pid") >> out;
    return out;
}

void postgres_cluster::recreate(const std::string& how) {
    psql("postgres", "tests", "DROP DATABASE IF EXISTS product WITH (FORCE)");
    psql("postgres", "tests", "CREATE DATABASE product OWNER owner " + how);
    psql("product", "tests",
         "ALTER SCHEMA public OWNER TO owner; ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT, INSERT, UPDATE, "
         "DELETE ON TABLES TO reader;");
}

std::string postgres_cluster::psql(const std::string& database, const std::string& role, const std::string& sql) {
    const std::string file = folder_ + "/statements.sql";
    std::ofstream(file) << sql;
    const bool single = database == "product";
    const auto ran = shell("psql -X -q -A -t -v ON_ERROR_STOP=1 " + std::string(single ? "-1 " : "") + "-h " + folder_ +
                           " -U " + role + " -d " + database + " -f " + file);
    return ran.code == 0 ? ran.output : "ERROR: " + ran.output;
}

std::string postgres_cluster::run(const std::string& sql, const std::string& role) {
    return psql("product", role, sql);
}

std::string postgres_cluster::run_one_by_one(const std::string& sql) {
    return postgres_session(address("product", "owner")).run_one_by_one(sql);
}

std::string postgres_cluster::address(const std::string& database, const std::string& role) const {
    return "host=" + folder_ + " dbname=" + database + " user=" + role;
}

std::string postgres_cluster::url(const std::string& role) const {
    return "postgresql://" + role + "@/product?host=" + folder_;
}

std::string postgres_cluster::shape() {
    return run(
        "SELECT table_name, column_name, data_type, is_nullable, column_default, numeric_precision, numeric_scale FROM "
        "information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2;"
        "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = "
        "'public'::regnamespace ORDER BY 1, 2;"
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1;"
        "SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2;"
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relnamespace = "
        "'public'::regnamespace AND relkind = 'r' ORDER BY 1;");
}

}  // namespace tenon::gen
