// The database, asked by raw SQL as somebody; what is done is taken back at once.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "declared_accesses.hpp"
#include "tests/unit/generator/migrate/postgres_session.hpp"

namespace tenon::test {

/// `refused`: an error that tells of policies or rights. `nothing`: no row was there to be seen or changed.
enum class verdict { refused, nothing, touched };

inline const char* word_of(verdict what) {
    constexpr const char* words[] = {"refused", "nothing", "touched"};
    return words[static_cast<int>(what)];
}

class declared_session {
  public:
    explicit declared_session(const std::string& address) : connection_(address) {}

    /// What a statement that gives a count says, "-1" when it is refused.
    int count(const asker& who, const std::string& statement) {
        begin(who);
        const std::string got = connection_.run(statement);
        connection_.run("ROLLBACK");
        const auto tells_of = [&](const char* what) { return got.find(what) != std::string::npos; };
        if (!got.starts_with("ERROR")) return std::stoi(got);
        if (tells_of("row-level security") || tells_of("permission denied") || tells_of("must be owner")) return -1;
        // Of constraints PostgreSQL asks what the policies have let through.
        if (tells_of("duplicate key") || tells_of("violates foreign key")) return 1;
        ADD_FAILURE() << statement << "\n" << got;
        return -1;
    }
    /// Rows that a statement writes: one without RETURNING.
    int written(const asker& who, const std::string& statement) {
        return count(who, "WITH x AS (" + statement + " RETURNING 1) SELECT count(*) FROM x");
    }
    static verdict as_verdict(int count) {
        if (count < 0) return verdict::refused;
        return count == 0 ? verdict::nothing : verdict::touched;
    }
    verdict reads(const asker& who, const std::string& from) {
        return as_verdict(count(who, "SELECT count(*) FROM " + from));
    }
    verdict writes(const asker& who, const std::string& statement) { return as_verdict(written(who, statement)); }

  private:
    /// A session that sets nothing says nothing at all: in a new connection the settings do not exist.
    void begin(const asker& who) {
        connection_.run("BEGIN");
        if (who.tenant != nobody) set("app.tenant", id_of_tenant(who.tenant));
        if (who.user != nobody) set("app.user", id_of_user(who.user));
        if (who.service) set("app.scope", "service");
    }
    void set(const std::string& name, const std::string& value) {
        connection_.run("SELECT set_config('" + name + "', '" + value + "', true)");
    }

    gen::postgres_session connection_;
};

}  // namespace tenon::test
