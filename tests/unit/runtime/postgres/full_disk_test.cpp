// A PostgreSQL that reads and cannot store: it is known, and known again when it has space.
#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "db/storage_watch.hpp"
#include "fixture.hpp"

#include "tests/wait_until.hpp"

namespace tenon::db {
namespace {

class postgres_full_disk_test : public postgres_database_test {
  protected:
    bool can_store() { return runner_.wait(database_->can_store(soon())).has_value(); }
    result<rows> insert_large() {
        return insert(tenant_, uuid::generate(), uuid::generate().to_string() + std::string(1'000, 'x'));
    }
    bool reads() {
        return runner_.wait(session(tenant_).read("SELECT count(*) FROM notes WHERE workspace_id = $1", args()))
            .has_value();
    }
    /// From when it takes no changes until it takes them again.
    void tells_that_the_server_only_reads() {
        server().run("ALTER DATABASE product SET default_transaction_read_only = on", "owner");
        break_connections();
        test::wait_until([&] { return reads(); });
        EXPECT_FALSE(insert_large());
        EXPECT_FALSE(can_store());
        server().run("SET TRANSACTION READ WRITE; ALTER DATABASE product RESET default_transaction_read_only", "owner");
        break_connections();
        test::wait_until([&] { return can_store(); });
        EXPECT_TRUE(insert_large());
    }
};

TEST_F(postgres_full_disk_test, tells_while_files_cannot_grow) {
    // Not in the data folder: its files are the server's.
    const std::string flag = server().folder() + "/disk-is-full";
    ::setenv("TENON_FULL_DISK", flag.c_str(), 1);
    ::setenv("LD_PRELOAD", FULL_DISK_SHIM, 1);
    const bool up = server().restart();
    ::unsetenv("LD_PRELOAD");
    ASSERT_TRUE(up);
    reopen();
    EXPECT_TRUE(insert_large());
    EXPECT_TRUE(can_store());

    std::ofstream(flag).put('x');
    result<rows> last = rows();
    for (int i = 0; i < 200 && last; ++i) last = insert_large();
    ASSERT_FALSE(last) << "nothing was refused: the shim does not see what PostgreSQL writes";
    EXPECT_EQ(last.error().code, errc::unavailable);
    EXPECT_FALSE(can_store());
    EXPECT_TRUE(reads());
    // A change that needs no space is stored, which does not mean that there is some.
    EXPECT_TRUE(change("UPDATE notes SET rank = 1 WHERE false"));
    // Longer than the pause between two probes.
    const auto later = std::chrono::steady_clock::now() + storage_watch::probe_interval * 3 / 2;
    test::wait_until([&] { return can_store() || std::chrono::steady_clock::now() > later; });
    EXPECT_FALSE(can_store());

    std::filesystem::remove(flag);
    test::wait_until([&] { return can_store(); });
    EXPECT_TRUE(insert_large());
    ASSERT_TRUE(server().restart());
}

TEST_F(postgres_full_disk_test, tells_while_the_server_only_reads) {
    EXPECT_TRUE(can_store());
    tells_that_the_server_only_reads();
}

TEST_F(postgres_full_disk_test, a_role_without_large_objects_is_ready_where_the_server_takes_changes) {
    server().run("REVOKE EXECUTE ON FUNCTION lo_from_bytea(oid, bytea), lo_unlink(oid) FROM PUBLIC", "tests");
    tells_that_the_server_only_reads();
}

}  // namespace
}  // namespace tenon::db
