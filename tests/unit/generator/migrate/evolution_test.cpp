// The proof: every evolution on both databases, with rows in the tables. Up keeps the rows and leads to the schema of a
// fresh install; down leads back to the schema of before, and up again; or the down is declared irreversible.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "generator/read/read.hpp"
#include "tests/unit/generator/migrate/evolutions.hpp"
#include "tests/unit/generator/migrate/proof.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;

class EvolutionTest : public testing::TestWithParam<evolution> {};

TEST_P(EvolutionTest, Sqlite) {
    prove(GetParam(), *sqlite_proof());
}

/// One cluster for all of them.
class PostgresEvolutionTest : public testing::TestWithParam<evolution> {
  protected:
    static void SetUpTestSuite() {
        cluster = postgres_cluster::start(why);
        if (cluster) database = postgres_proof(*cluster);
    }
    static void TearDownTestSuite() {
        database.reset();
        cluster.reset();
    }
    static std::unique_ptr<postgres_cluster> cluster;
    static std::unique_ptr<proof_database> database;
    static std::string why;
};
std::unique_ptr<postgres_cluster> PostgresEvolutionTest::cluster;
std::unique_ptr<proof_database> PostgresEvolutionTest::database;
std::string PostgresEvolutionTest::why;

TEST_P(PostgresEvolutionTest, Postgres) {
    ASSERT_NE(database, nullptr) << why;
    prove(GetParam(), *database);
}

std::string name_of(const testing::TestParamInfo<evolution>& info) {
    std::string out = info.param.name;
    for (char& c : out) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    }
    return out;
}

INSTANTIATE_TEST_SUITE_P(Sqlite, EvolutionTest, testing::ValuesIn(evolutions()), name_of);
INSTANTIATE_TEST_SUITE_P(Postgres, PostgresEvolutionTest, testing::ValuesIn(evolutions()), name_of);

TEST(Evolutions, AreManyAndNamedApart) {
    std::set<std::string> names;
    for (const evolution& one : evolutions()) names.insert(one.name);
    EXPECT_EQ(names.size(), evolutions().size());
    EXPECT_GE(names.size(), 60u);
}

/// Forwards and backwards, refused or not.
TEST(Evolutions, AreToldWithoutQuotesInQuotes) {
    for (const evolution& one : evolutions()) {
        const std::string before = spec_text(one.before, one.tenant_before);
        const std::string after = spec_text(one.after, one.tenant_after);
        for (const auto& [from, to] : {std::pair(before, after), std::pair(after, before)}) {
            const auto first = read_spec({"spec.yaml", from});
            const auto second = read_spec({"spec.yaml", to});
            project made;
            if (!first || !second || !made.generate(*first)) continue;
            std::string said;
            if (made.generate(*second)) {
                for (const schema_change& change : made.last.changes)
                    said += change.sentence + "\n" + change.hint + "\n";
            }
            for (const diagnostic& refused : made.refused.items) said += refused.message + "\n" + refused.hint + "\n";
            EXPECT_THAT(said, testing::Not(testing::HasSubstr("''"))) << one.name;
        }
    }
}

}  // namespace
}  // namespace tenon::gen
