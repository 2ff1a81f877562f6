// Tables of a feature through its life: on, off, on again, another version, dropped. On both databases, with rows.
#include <gmock/gmock.h>

#include "generator/migrate/make_schema.hpp"
#include "tests/unit/generator/migrate/proof_database.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"
#include "tests/unit/generator/switching/specs.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const std::string tenant = "'018f4f7e-7b1c-7c3a-9d2e-0a1b2c3d4e61'";
const std::string user = "'018f4f7e-7b1c-7c3a-9d2e-0a1b2c3d4e60'";

/// A project and its database, as `generate` and `migrate` leave them.
class life {
  public:
    explicit life(proof_database& database) : database_(database) { database_.empty(); }

    /// False after a refusal.
    bool generate(const model& product, const meant_losses& allowed = {}) {
        if (!made_.generate(product, {allowed})) return false;
        for (const std::string& name : made_.last.names) {
            const std::string sql = made_.sql_of(name, database_.folder(), "up");
            EXPECT_EQ(database_.migrate(sql), "") << sql;
        }
        return true;
    }
    bool generate(const std::string& text, const meant_losses& allowed = {}) {
        return generate(model_of(text), allowed);
    }

    void write_a_note() {
        const std::string now = database_.kind() == dialect::sqlite ? "0" : "now()";
        const std::string times = ", " + now + ", " + now + "); ";
        const std::string rows =
            "INSERT INTO workspaces (id, name, created_at, updated_at) VALUES (" + tenant + ", 'w'" + times +
            "INSERT INTO users (id, email, name, password_hash, created_at, updated_at) VALUES (" + user +
            ", 'a@b.c', 'a', 'x'" + times + "INSERT INTO notes (workspace_id, id, user_id, text) VALUES (" + tenant +
            ", " + user + ", " + user + ", 'kept');";
        EXPECT_EQ(database_.change(rows), "");
    }
    std::string notes() { return ask("SELECT text FROM notes"); }
    /// Without the last line end.
    std::string ask(const std::string& sql) {
        std::string out = database_.ask(sql);
        if (out.ends_with('\n')) out.pop_back();
        return out;
    }
    std::string shape() { return database_.shape(); }
    const migration_files& last() const { return made_.last; }
    std::string refused() const { return made_.refused.items.empty() ? "" : made_.refused.items.front().message; }

  private:
    proof_database& database_;
    project made_;
};

const std::string with_notes = spec_with(notes_on);
const std::string without = spec_with("");

void on_off_on(proof_database& database) {
    life one(database);
    ASSERT_TRUE(one.generate(with_notes));
    EXPECT_THAT(one.last().kept, IsEmpty());
    one.write_a_note();
    const std::string shape = one.shape();

    ASSERT_TRUE(one.generate(without));
    EXPECT_THAT(one.last().names, IsEmpty());
    EXPECT_THAT(one.last().kept, UnorderedElementsAre("notes", "note_settings", "note_log"));
    EXPECT_EQ(one.notes(), "kept");

    ASSERT_TRUE(one.generate(with_notes));
    EXPECT_THAT(one.last().names, IsEmpty());
    EXPECT_THAT(one.last().kept, IsEmpty());
    EXPECT_EQ(one.notes(), "kept");
    EXPECT_EQ(one.shape(), shape);
}

/// It comes to a project that is there, and leads to what a fresh one has.
void comes_later(proof_database& database) {
    life fresh(database);
    ASSERT_TRUE(fresh.generate(with_notes));
    const std::string wanted = fresh.shape();
    life one(database);
    ASSERT_TRUE(one.generate(without));
    ASSERT_TRUE(one.generate(with_notes));
    EXPECT_EQ(one.last().names.size(), 1U);
    EXPECT_EQ(one.shape(), wanted);
}

void dropped_by_name_alone(proof_database& database) {
    life one(database);
    ASSERT_TRUE(one.generate(with_notes));
    one.write_a_note();
    ASSERT_TRUE(one.generate(without, {.all = true}));
    EXPECT_EQ(one.notes(), "kept") << "whoever means all losses has not been told of this one";
    ASSERT_TRUE(one.generate(without, {.names = {"table:notes"}}));
    EXPECT_THAT(one.last().kept, UnorderedElementsAre("note_settings", "note_log"));
    EXPECT_EQ(one.shape().find("notes"), std::string::npos);
}

/// A model whose feature has more columns, and one under another name.
model of_the_next_version(const std::string& text) {
    model out = model_of(text);
    for (feature::declaration& each : out.features) {
        if (each.name != "notes") continue;
        feature::table& notes = each.tables.front();
        for (feature::column& column : notes.columns) {
            if (column.name == "text") column = {.name = "body", .was = "text"};
        }
        notes.columns.push_back({.name = "colour", .nullable = true});
    }
    return out;
}

void next_version(proof_database& database) {
    life one(database);
    ASSERT_TRUE(one.generate(with_notes));
    one.write_a_note();
    ASSERT_TRUE(one.generate(of_the_next_version(with_notes)));
    EXPECT_EQ(one.last().names.size(), 1U);
    EXPECT_EQ(one.ask("SELECT body FROM notes WHERE colour IS NULL"), "kept");
}

void a_renamed_tenant_takes_kept_tables_along(proof_database& database) {
    life one(database);
    ASSERT_TRUE(one.generate(with_notes));
    one.write_a_note();
    ASSERT_TRUE(one.generate(without));
    std::string renamed = without;
    renamed.replace(renamed.find("{name: workspace}"), 17, "{name: team}");
    ASSERT_TRUE(one.generate(renamed)) << one.refused();
    EXPECT_EQ(one.ask("SELECT text FROM notes WHERE team_id IS NOT NULL"), "kept");
}

using scene = void (*)(proof_database&);
constexpr std::pair<const char*, scene> scenes[] = {{"on_off_on", on_off_on},
                                                    {"comes_later", comes_later},
                                                    {"dropped_by_name_alone", dropped_by_name_alone},
                                                    {"next_version", next_version},
                                                    {"a_renamed_tenant", a_renamed_tenant_takes_kept_tables_along}};

TEST(FeatureTables, LiveOnSqlite) {
    for (const auto& [name, play] : scenes) {
        SCOPED_TRACE(name);
        play(*sqlite_proof());
    }
}

TEST(PostgresFeatureTables, Live) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    const auto database = postgres_proof(*cluster);
    for (const auto& [name, play] : scenes) {
        SCOPED_TRACE(name);
        play(*database);
    }
}

TEST(FeatureTables, ThatAreKeptAreNoEntitys) {
    const auto database = sqlite_proof();
    life one(*database);
    ASSERT_TRUE(one.generate(with_notes));
    ASSERT_TRUE(one.generate(without));
    EXPECT_FALSE(one.generate(spec_with("", "Note")));
    EXPECT_THAT(one.refused(), HasSubstr("the database keeps the table 'notes'"));
    // The new table cannot have the name before the old one is gone.
    ASSERT_TRUE(one.generate(without, {.names = {"table:notes"}}));
    EXPECT_TRUE(one.generate(spec_with("", "Note"))) << one.refused();
}

/// As an earlier Tenon had it, before its table got another name.
model of_an_earlier_version() {
    model out = model_of(with_notes);
    for (feature::declaration& each : out.features) {
        if (each.name != "notes") continue;
        each.tables.front().name = "memos";
        each.tables.front().was = {};
    }
    return out;
}

TEST(FeatureTables, AreRenamedWhileTheyAreOff) {
    const auto database = sqlite_proof();
    life one(*database);
    ASSERT_TRUE(one.generate(of_an_earlier_version()));
    ASSERT_TRUE(one.generate(without, {.all = true})) << one.refused();
    EXPECT_THAT(one.last().kept, testing::Contains("notes"));
    EXPECT_EQ(one.shape().find("memos"), std::string::npos);
}

TEST(FeatureTables, ThatNoFeatureHasAnyMoreGoByNameAlone) {
    const auto database = sqlite_proof();
    life one(*database);
    model old = model_of(without);
    old.features.front().tables.push_back({.name = "relics",
                                           .columns = {{"id", feature::column_type::uuid}},
                                           .primary_key = {"id"},
                                           .accesses = {{.who = feature::viewer::owner}}});
    ASSERT_TRUE(one.generate(old));
    EXPECT_FALSE(one.generate(without, {.all = true}));
    EXPECT_THAT(one.refused(), HasSubstr("drops the table 'relics'"));
    EXPECT_TRUE(one.generate(without, {.names = {"table:relics"}})) << one.refused();
}

/// A later Tenon lets a table refer to one that this project never had.
TEST(FeatureTables, BringAlongWhatTheyReferTo) {
    const auto database = sqlite_proof();
    life one(*database);
    model old = model_of(spec_with(notes_on + "labels: true\n"));
    for (feature::declaration& each : old.features) {
        if (each.name == "notes") each.tables.clear();
        if (each.name == "labels") each.tables.front().references.pop_back();
    }
    ASSERT_TRUE(one.generate(old));
    ASSERT_TRUE(one.generate(without)) << one.refused();
    EXPECT_THAT(one.last().kept, UnorderedElementsAre("notes", "note_labels"));
}

TEST(FeatureTables, CannotGoWhileOthersReferToThem) {
    const auto database = sqlite_proof();
    life one(*database);
    ASSERT_TRUE(one.generate(spec_with(notes_on + "labels: true\n")));
    EXPECT_FALSE(one.generate(without, {.names = {"table:notes"}}));
    EXPECT_THAT(one.refused(), HasSubstr("cannot be dropped while 'note_labels' refers to it"));
    EXPECT_TRUE(one.generate(without, {.names = {"table:notes", "table:note_labels"}})) << one.refused();
}

TEST(FeatureTables, OfWhatBuildsOnThemGoByThemselves) {
    const auto database = sqlite_proof();
    life one(*database);
    ASSERT_TRUE(one.generate(spec_with(notes_on + "labels: true\n")));
    ASSERT_TRUE(one.generate(with_notes));
    EXPECT_THAT(one.last().kept, ElementsAre("note_labels"));
}

}  // namespace
}  // namespace tenon::gen
