// Long lives: from any of the evolutions' specs to any other, again and again. The tables are empty; what is proven is
// that no step depends on how the schema came about.
#include <gtest/gtest.h>

#include <random>

#include "generator/read/read.hpp"
#include "tests/unit/generator/migrate/evolutions.hpp"
#include "tests/unit/generator/migrate/proof_database.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;

std::vector<spec> all_specs() {
    std::vector<spec> out;
    for (const evolution& one : evolutions()) {
        for (const std::string& text :
             {spec_text(one.before, one.tenant_before), spec_text(one.after, one.tenant_after)}) {
            auto made = read_spec({"spec.yaml", text});
            if (made) out.push_back(std::move(*made));
        }
    }
    return out;
}

class life {
  public:
    life(proof_database& database, std::uint32_t seed) : database_(database), random_(seed) {}

    void run(int steps) {
        database_.empty();
        const std::vector<spec> specs = all_specs();
        int taken = 0;
        for (int i = 0; i < steps; ++i) {
            const spec& next = specs[random_() % specs.size()];
            if (!made_.generate(next, {true})) continue;
            ASSERT_NO_FATAL_FAILURE(step(next));
            if (!made_.name().empty()) ++taken;
        }
        EXPECT_GT(taken, steps / 2) << "few steps are refused";
    }

  private:
    void step(const spec& next) {
        const std::string before = database_.shape();
        const std::string name = made_.name();
        migrate_up();
        ASSERT_FALSE(testing::Test::HasFailure());
        const std::string after = database_.shape();
        const std::string down = name.empty() ? std::string() : made_.sql(database_.folder(), "down");
        if (!name.empty() && down.find("\n-- irreversible: ") == std::string::npos) {
            ASSERT_EQ(database_.migrate(down), "") << down;
            ASSERT_EQ(database_.shape(), before) << down;
            migrate_up();
            ASSERT_EQ(database_.shape(), after) << name;
        }
        project fresh;
        ASSERT_TRUE(fresh.generate(next));
        const auto other = database_.kind() == dialect::sqlite ? sqlite_proof() : nullptr;
        if (!other) return;
        other->empty();
        ASSERT_EQ(other->migrate(fresh.sql(database_.folder(), "up")), "");
        ASSERT_EQ(after, other->shape()) << name;
    }

    void migrate_up() {
        for (const std::string& name : made_.last.names) {
            const std::string sql = made_.sql_of(name, database_.folder(), "up");
            ASSERT_EQ(database_.migrate(sql), "") << sql;
        }
    }

    proof_database& database_;
    std::mt19937 random_;
    project made_;
};

TEST(Chain, SqliteGoesFromAnywhereToAnywhere) {
    const auto database = sqlite_proof();
    life(*database, 20'261'121).run(150);
}

TEST(PostgresChain, GoesFromAnywhereToAnywhere) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    const auto database = postgres_proof(*cluster);
    life(*database, 20'261'121).run(40);
}

}  // namespace
}  // namespace tenon::gen
