// Entities that lose or gain a bin of their own while a cascade goes on taking their records into the bin: the columns
// stay, and the rows have to follow.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "generator/migrate/make_schema.hpp"
#include "generator/migrate/record.hpp"
#include "generator/read/read.hpp"
#include "tests/unit/generator/migrate/evolutions.hpp"
#include "tests/unit/generator/migrate/proof_database.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using ::testing::HasSubstr;
using ::testing::Not;

spec things(const std::string& bin, const std::string& rule = "cascade") {
    const std::string text = spec_text(
        "  Box: {fields: {name: \"string(1..9)\"}, soft_delete: true}\n"
        "  Thing: {fields: {n: {type: int, unique: true}, box: {type: \"ref Box?\", on_delete: " +
        rule + "}}" + (bin.empty() ? "" : ", soft_delete: " + bin) + "}\n");
    auto made = read_spec({"spec.yaml", text});
    EXPECT_TRUE(made) << text;
    return made ? *made : spec{};
}

std::string told_of_bins(const std::vector<schema_change>& list) {
    std::string out;
    for (const schema_change& one : list) out += std::string(to_string(one.kind)) + ": " + one.sentence + "\n";
    return out;
}

std::string what_bins_refuse(const project& made) {
    std::string out;
    for (const diagnostic& one : made.refused.items) out += code_text(one.id) + " " + one.message + ": " + one.hint;
    return out;
}

/// As an earlier version wrote it.
void forget_bins(project& made) {
    for (auto& [path, text] : made.state.records) {
        auto record = record_from_json(text, path);
        ASSERT_TRUE(record) << path;
        for (schema_table& table : record->tables) table.own_bin.reset();
        text = record_as_json(*record);
    }
}

TEST(Bins, ABinOfItsOwnThatGoesIsALossThoughItsColumnsStay) {
    for (const char* rule : {"cascade", "restrict"}) {
        project made;
        ASSERT_TRUE(made.generate(things("{keep: 90d}", rule)));
        EXPECT_FALSE(made.generate(things("")));
        EXPECT_THAT(what_bins_refuse(made), HasSubstr("what was deleted softly comes back"));
        EXPECT_THAT(what_bins_refuse(made), HasSubstr("--allow-destructive=column:things.deleted_at"));
        migrate_options meant;
        meant.allowed.names = {"column:things.deleted_at"};
        ASSERT_TRUE(made.generate(things(""), meant));
        EXPECT_THAT(told_of_bins(made.last.changes), HasSubstr("bin_dropped: takes the bin of its own from 'things'"));
        EXPECT_THAT(made.sql("sqlite", "down"), HasSubstr("-- irreversible: "));
        EXPECT_THAT(made.sql("postgres", "down"), HasSubstr("-- irreversible: "));
        ASSERT_TRUE(made.generate(things("")));
        EXPECT_TRUE(made.last.names.empty());
    }
}

TEST(Bins, ABinOfItsOwnThatComesIsToldAndLosesNothing) {
    project made;
    ASSERT_TRUE(made.generate(things("")));
    ASSERT_TRUE(made.generate(things("true")));
    EXPECT_THAT(told_of_bins(made.last.changes), HasSubstr("bin_added: gives 'things' a bin of its own"));
    EXPECT_EQ(made.name(), "0002_bin_of_things");
    ASSERT_TRUE(made.generate(things("{keep: 90d}")));
    EXPECT_TRUE(made.last.names.empty()) << "only how long it keeps";
}

TEST(Bins, WhatEarlierRecordsDoNotSayIsNotedOnce) {
    project own;
    ASSERT_TRUE(own.generate(things("true")));
    forget_bins(own);
    ASSERT_TRUE(own.generate(things("true")));
    EXPECT_EQ(told_of_bins(own.last.changes), "bin_added: notes that 'things' has a bin of its own\n");
    EXPECT_FALSE(own.generate(things("")));

    project along;
    ASSERT_TRUE(along.generate(things("")));
    forget_bins(along);
    ASSERT_TRUE(along.generate(things("")));
    ASSERT_EQ(along.last.changes.size(), 1u);
    EXPECT_EQ(along.last.changes.front().effect, change_effect::look);
    EXPECT_THAT(along.sql("sqlite", "up"), HasSubstr("SET \"deleted_at\" = NULL"));
    ASSERT_TRUE(along.generate(things("")));
    EXPECT_TRUE(along.last.names.empty());
}

/// Three a tenant: -7 was deleted by itself, 14 went along, 35 is live.
void bring_back(proof_database& database) {
    project made;
    ASSERT_TRUE(made.generate(things("{keep: 90d}")));
    database.empty();
    ASSERT_EQ(database.migrate(made.sql(database.folder(), "up")), "");
    ASSERT_EQ(database.change(insert_rows(make_schema(resolve(things("{keep: 90d}")), {}), database.kind())), "");
    ASSERT_EQ(database.change("UPDATE things SET deleted_with = NULL WHERE n = -7"), "");
    ASSERT_EQ(database.change("UPDATE things SET n = 35 WHERE n = -7"), "") << "free while it is in the bin";
    ASSERT_TRUE(made.generate(things(""), {true}));
    const auto migrate = [&] {
        std::string out;
        for (const std::string& name : made.last.names) {
            if (out.empty()) out = database.migrate(made.sql_of(name, database.folder(), "up"));
        }
        return out;
    };
    const std::string rows = database.ask("SELECT * FROM things ORDER BY id");
    EXPECT_THAT(migrate(), HasSubstr(database.kind() == dialect::sqlite
                                         ? "UNIQUE constraint failed"
                                         : "things_n_key: rows share a value, the deleted ones included"));
    EXPECT_EQ(database.ask("SELECT * FROM things ORDER BY id"), rows);

    ASSERT_EQ(database.change("UPDATE things SET n = 14 WHERE n = 35 AND deleted_at IS NOT NULL"), "")
        << "what went along stays in the bin, and may have the same";
    EXPECT_EQ(migrate(), "");
    EXPECT_EQ(database.ask("SELECT n, count(*) FROM things WHERE deleted_at IS NULL GROUP BY n ORDER BY n"),
              "14|2\n35|2\n");
    EXPECT_EQ(database.ask("SELECT n, count(*) FROM things WHERE deleted_at IS NOT NULL AND deleted_with IS NOT NULL "
                           "GROUP BY n"),
              "14|2\n");
}

TEST(Bins, WhatLayInItsOwnBinComesBackOnSqlite) {
    bring_back(*sqlite_proof());
}

TEST(PostgresBins, WhatLayInItsOwnBinComesBack) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    bring_back(*postgres_proof(*cluster));
}

/// Marks go along with notes, notes with things or `second`, things with boxes and other things; `notes` is more of
/// Note. `renamed`: boxes, notes and the tenant are called otherwise than before.
spec followers(const std::string& bin, const std::string& rule, const std::string& second = "Box",
               const std::string& notes = "", bool renamed = false) {
    std::string entities =
        "  Box: {fields: {n: int}, soft_delete: true}\n"
        "  Crate: {fields: {n: int}, soft_delete: true}\n"
        "  Thing: {fields: {n: int, box: {type: \"ref Box?\", on_delete: " +
        rule +
        "},\n"
        "    parent: {type: \"ref Thing?\", on_delete: cascade}}" +
        bin +
        "}\n"
        "  Note: {fields: {n: {type: int, unique: true}, k: int, thing: {type: \"ref Thing?\", on_delete: cascade},\n"
        "    other: {type: \"ref " +
        second + "?\", on_delete: cascade}}" + notes +
        "}\n"
        "  Mark: {fields: {n: int, note: {type: \"ref Note?\", on_delete: cascade}}}\n";
    if (renamed) {
        for (const auto& [was, now] : {std::pair("Box", "Chest"), std::pair("Note", "Memo")}) {
            entities = std::regex_replace(entities, std::regex(was), now);
            entities = std::regex_replace(entities, std::regex(std::string(now) + ": \\{"),
                                          std::string(now) + ": {was: " + was + ", ");
        }
    }
    const std::string text = spec_text(entities, renamed ? "team" : "workspace");
    auto made = read_spec({"spec.yaml", text});
    EXPECT_TRUE(made) << text;
    return made ? *made : spec{};
}

/// -7 and 14 are in the bin because the thing -7 was deleted, 35 because a box was.
void delete_followers(proof_database& database, const spec& source) {
    ASSERT_EQ(database.change(insert_rows(make_schema(resolve(source), {}), database.kind())), "");
    for (const std::string table : {"things", "notes", "marks"}) {
        const auto first = [&](const std::string& column, const std::string& of) {
            return "(SELECT o." + column + " FROM " + of + " o WHERE o.workspace_id = " + table +
                   ".workspace_id AND o.n = -7)";
        };
        ASSERT_EQ(
            database.change("UPDATE " + table + " SET deleted_with = " + first("id", "things") +
                            " WHERE n < 35; UPDATE " + table + " SET deleted_at = " + first("deleted_at", "boxes") +
                            ", deleted_with = " + first("id", "boxes") + " WHERE n = 35"),
            "");
    }
    ASSERT_EQ(database.change("UPDATE things SET deleted_with = NULL WHERE n = -7"), "");
}

std::string migrate_all(proof_database& database, const project& made) {
    for (const std::string& name : made.last.names) {
        std::string wrong = database.migrate(made.sql_of(name, database.folder(), "up"));
        if (!wrong.empty()) return wrong;
    }
    return {};
}

/// The thing's bin goes, and with `rule` its last cascade into one or not.
void bring_back_followers(proof_database& database, const std::string& rule, bool renamed = false) {
    project made;
    const spec before = followers(", soft_delete: true", "cascade");
    ASSERT_TRUE(made.generate(before));
    database.empty();
    ASSERT_EQ(migrate_all(database, made), "");
    delete_followers(database, before);
    ASSERT_EQ(database.change("UPDATE notes SET n = -7 WHERE k = 14"), "") << "free while both are in the bin";
    const spec after = followers("", rule, "Box", "", renamed);
    ASSERT_TRUE(made.generate(after, {true}));
    const std::string notes = database.ask("SELECT * FROM notes ORDER BY id");
    EXPECT_THAT(migrate_all(database, made),
                HasSubstr(database.kind() == dialect::sqlite ? "UNIQUE constraint failed"
                                                             : "_n_key: rows share a value, the deleted ones"));
    EXPECT_EQ(database.ask("SELECT * FROM notes ORDER BY id"), notes);

    ASSERT_EQ(database.change("UPDATE notes SET n = 14 WHERE k = 14; UPDATE notes SET n = 14 WHERE k = 35"), "")
        << "what stays in the bin may have the same";
    EXPECT_EQ(migrate_all(database, made), "");
    const auto counted = [&](const std::string& table, const std::string& by) {
        return database.ask("SELECT " + by + ", count(*), count(deleted_at), count(deleted_with) FROM " + table +
                            " GROUP BY " + by + " ORDER BY " + by);
    };
    const std::string wanted = "-7|2|0|0\n14|2|0|0\n35|2|2|2\n";
    EXPECT_EQ(counted(renamed ? "memos" : "notes", "k"), wanted);
    EXPECT_EQ(counted("marks", "n"), wanted) << "what went along with what went along";
    if (rule == "cascade") {
        EXPECT_EQ(counted("things", "n"), wanted) << "things go along with things";
    }
    EXPECT_TRUE(made.generate(after));
    EXPECT_TRUE(made.last.names.empty());
}

TEST(Bins, WhatWentAlongComesBackAsWellOnSqlite) {
    bring_back_followers(*sqlite_proof(), "cascade");
    bring_back_followers(*sqlite_proof(), "restrict");
    bring_back_followers(*sqlite_proof(), "cascade", true);
}

TEST(PostgresBins, WhatWentAlongComesBackAsWell) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    bring_back_followers(*postgres_proof(*cluster), "cascade");
    bring_back_followers(*postgres_proof(*cluster), "restrict");
    bring_back_followers(*postgres_proof(*cluster), "cascade", true);
}

TEST(Bins, TheWayBackFromABinOfItsOwnBringsBackWhatWentAlong) {
    project made;
    ASSERT_TRUE(made.generate(followers("", "cascade")));
    ASSERT_TRUE(made.generate(followers(", soft_delete: true", "cascade")));
    EXPECT_EQ(told_of_bins(made.last.changes), "bin_added: gives 'things' a bin of its own\n");
    for (const char* database : {"sqlite", "postgres"}) {
        for (const char* table : {"things", "notes", "marks"}) {
            const std::string update = std::string("UPDATE \"") + table + "\" SET \"deleted_at\" = NULL, ";
            EXPECT_THAT(made.sql(database, "down"), HasSubstr(update));
            EXPECT_THAT(made.sql(database, "up"), Not(HasSubstr(update)));
        }
    }
}

TEST(Bins, ACascadeThatGoesIsALossWhereAnotherKeepsTheColumns) {
    project made;
    ASSERT_TRUE(made.generate(followers("", "cascade", "Crate")));
    EXPECT_FALSE(made.generate(followers("", "restrict", "Crate")));
    EXPECT_THAT(what_bins_refuse(made), HasSubstr("brings back in 'notes' what went along with records from which no "
                                                  "cascade leads here any more"));
    migrate_options meant;
    meant.allowed.names = {"column:things.deleted_at", "column:things.deleted_with", "column:notes.deleted_at",
                           "column:marks.deleted_at"};
    EXPECT_TRUE(made.generate(followers("", "restrict", "Crate"), meant)) << what_bins_refuse(made);

    project own;
    ASSERT_TRUE(own.generate(followers("", "cascade", "Crate", ", soft_delete: true")));
    ASSERT_TRUE(own.generate(followers("", "restrict", "Crate", ", soft_delete: true"), {true}));
    EXPECT_THAT(own.sql("sqlite", "up"), Not(HasSubstr("UPDATE \"notes\"")))
        << "what can be restored by itself stays where it is";
}

}  // namespace
}  // namespace tenon::gen
