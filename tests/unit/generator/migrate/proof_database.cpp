// Both databases, and what their catalogues say.
#include "tests/unit/generator/migrate/proof_database.hpp"

#include <algorithm>
#include <vector>

namespace tenon::gen::sample {

namespace {

std::string joined(std::vector<std::string> lines) {
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const std::string& one : lines) out += one + "\n";
    return out;
}

/// The parts between the outermost parentheses of a CREATE TABLE; commas within parentheses and quotes do not part.
std::vector<std::string> parts_of(const std::string& sql) {
    std::vector<std::string> out;
    std::string part;
    int depth = 0;
    char quote = 0;
    for (const char c : sql) {
        if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"')
            quote = c;
        else if (c == '(')
            ++depth;
        else if (c == ')')
            --depth;
        const bool ends = quote == 0 && ((c == ',' && depth == 1) || (c == ')' && depth == 0));
        const bool inside = depth > 0 && !(c == '(' && depth == 1 && quote == 0);
        if (ends)
            out.push_back(std::exchange(part, {}));
        else if (inside && (!part.empty() || (c != ' ' && c != '\n')))
            part += c;
    }
    for (std::string& one : out) one.erase(one.find_last_not_of(" \n") + 1);
    return out;
}

class sqlite_kind : public proof_database {
  public:
    dialect kind() const override { return dialect::sqlite; }
    std::string folder() const override { return "sqlite"; }
    void empty() override { database_ = std::make_unique<sqlite_database>(); }
    std::string migrate(const std::string& sql) override { return database_->run_in_transaction(sql); }
    std::string change(const std::string& sql) override { return database_->run_in_transaction(sql); }
    std::string ask(const std::string& sql) override { return database_->ask(sql); }

    std::string shape() override {
        std::vector<std::string> lines;
        const std::string names = database_->ask("SELECT name FROM sqlite_schema WHERE type = 'table'");
        for (std::size_t at = 0; at < names.size();) {
            const std::size_t end = names.find('\n', at);
            const std::string table = names.substr(at, end - at);
            at = end + 1;
            const std::string sql = database_->ask("SELECT sql FROM sqlite_schema WHERE name = '" + table + "'");
            lines.push_back(table + (sql.ends_with("STRICT\n") ? " is strict" : " is lax"));
            for (const std::string& part : parts_of(sql)) lines.push_back(table + ": " + part);
        }
        return joined(lines) +
               database_->ask(
                   "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type <> 'table' ORDER BY 1, 2") +
               database_->ask("PRAGMA integrity_check") + database_->ask("PRAGMA foreign_key_check");
    }

  private:
    std::unique_ptr<sqlite_database> database_;
};

class postgres_kind : public proof_database {
  public:
    explicit postgres_kind(const postgres_cluster& cluster)
        : owner_(cluster.address("product", "owner")), all_seeing_(cluster.address("product", "tests")) {}

    dialect kind() const override { return dialect::postgres; }
    std::string folder() const override { return "postgres"; }
    void empty() override { change("DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION owner"); }
    std::string migrate(const std::string& sql) override {
        const bool alone = sql.find("\n-- no-transaction") != std::string::npos;
        return alone ? owner_.run_one_by_one(sql) : owner_.run(sql);
    }
    std::string change(const std::string& sql) override {
        return all_seeing_.run("SET LOCAL session_replication_role = replica; " + sql);
    }
    std::string ask(const std::string& sql) override { return all_seeing_.run(sql); }

    std::string shape() override {
        return all_seeing_.run(R"(
SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' ||
       coalesce(column_default, '') || ' ' || coalesce(numeric_precision::text || ',' || numeric_scale::text, '') AS line
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT conrelid::regclass || ' constraint ' || conname || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT pg_get_indexdef(indexrelid) || ' valid ' || indisvalid FROM pg_index
  JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT concat_ws(' ', tablename, 'policy', policyname, permissive, roles, cmd, qual, 'check', with_check)
  FROM pg_policies WHERE schemaname = 'public'
UNION ALL SELECT relname || ' secured ' || relrowsecurity || ' ' || relforcerowsecurity FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
ORDER BY line)");
    }

  private:
    postgres_session owner_;
    postgres_session all_seeing_;
};

}  // namespace

std::unique_ptr<proof_database> sqlite_proof() {
    return std::make_unique<sqlite_kind>();
}

std::unique_ptr<proof_database> postgres_proof(const postgres_cluster& cluster) {
    return std::make_unique<postgres_kind>(cluster);
}

}  // namespace tenon::gen::sample
