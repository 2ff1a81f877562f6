// Every evolution over rows that nobody chose for it: a migration goes all the way, or it stops before it changes
// anything, and both databases decide alike.
#include <gtest/gtest.h>

#include <algorithm>

#include "generator/migrate/changes.hpp"
#include "generator/migrate/make_schema.hpp"
#include "generator/migrate/sql_text.hpp"
#include "generator/read/read.hpp"
#include "tests/unit/generator/migrate/evolutions.hpp"
#include "tests/unit/generator/migrate/proof_database.hpp"
#include "tests/unit/generator/migrate/rounds.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;

enum class rows_are { as_inserted, alike, empty };

std::string strange_text(const schema_check* check) {
    if (check == nullptr) return "x";
    if (!check->values.empty()) return check->values.back();
    return std::string(static_cast<std::size_t>(std::min<std::int64_t>(check->max_length, 90)), 'x');
}

/// One value for all rows; nothing for what is better left alone.
std::string alike(const schema_table& table, const schema_column& column) {
    if (column.type == sql_type::text) return quoted_text(strange_text(check_on(table.checks, column.name)));
    if (column.type == sql_type::integer || column.type == sql_type::decimal) return "7";
    if (column.type != sql_type::json || column.items.empty()) return {};
    std::string items;
    for (const std::string& one : column.item_values) items += (items.empty() ? "\"" : ", \"") + one + "\"";
    return quoted_text("[" + items + "]");
}

bool is_unique(const schema_table& table, const std::string& column) {
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const schema_index& one) {
        return one.unique && std::find(one.columns.begin(), one.columns.end(), column) != one.columns.end();
    });
}

std::string make(const schema& all, rows_are how) {
    std::string out;
    for (const schema_table& table : all.tables) {
        if (!is_an_entitys(table)) continue;
        for (const schema_column& column : table.columns) {
            if (column.field.empty() || column.field == tenant_mark || how == rows_are::as_inserted) continue;
            std::string value = how == rows_are::empty ? (column.nullable ? "NULL" : "") : alike(table, column);
            if (how == rows_are::alike && is_unique(table, column.name)) value.clear();
            if (!value.empty())
                out += "UPDATE " + quoted_name(table.name) + " SET " + quoted_name(column.name) + " = " + value + ";\n";
        }
    }
    return out;
}

spec read(const std::string& entities, const std::string& tenant) {
    const auto made = read_spec({"spec.yaml", spec_text(entities, tenant)});
    EXPECT_TRUE(made) << entities;
    return made ? *made : spec{};
}

std::string rows_of(const schema& all, proof_database& database) {
    std::string out;
    for (const schema_table& table : all.tables)
        out += table.name + "\n" + database.ask("SELECT * FROM " + quoted_name(table.name) + " ORDER BY 1, 2");
    return out;
}

/// Whether it went all the way.
bool goes(const evolution& step, rows_are how, proof_database& database) {
    const spec before = read(step.before, step.tenant_before);
    const schema old = make_schema(resolve(before));
    project made;
    EXPECT_TRUE(made.generate(before));
    database.empty();
    EXPECT_EQ(database.migrate(made.sql(database.folder(), "up")), "");
    EXPECT_EQ(database.change(insert_rows(old, database.kind())), "");
    EXPECT_EQ(database.change(make(old, how)), "");
    const std::string rows = rows_of(old, database);
    const std::string shape = database.shape();
    EXPECT_TRUE(made.generate(read(step.after, step.tenant_after), {true}));
    for (const std::string& name : made.last.names) {
        const std::string failed = database.migrate(made.sql_of(name, database.folder(), "up"));
        if (failed.empty()) continue;
        EXPECT_EQ(name, made.last.names.front()) << "half done: " << failed;
        EXPECT_EQ(database.shape(), shape) << failed;
        EXPECT_EQ(rows_of(old, database), rows) << failed;
        return false;
    }
    return true;
}

bool has_online_part(const evolution& step) {
    project made;
    EXPECT_TRUE(made.generate(read(step.before, step.tenant_before)));
    EXPECT_TRUE(made.generate(read(step.after, step.tenant_after), {true}));
    return !made.online().empty();
}

/// What the table of evolutions has no reason to have.
std::vector<evolution> more() {
    const auto task = [](const std::string& rest) { return "  Task: {fields: " + rest + "}\n"; };
    return {
        {"unique with a new one", task("{n: int}"), task("{n: int, k: \"int = 1\"}, unique: [[k, n]]")},
        {"unique after a change of type", task("{n: \"int?\"}"), task("{n: {type: \"string(1..30)?\", unique: true}}")},
        {"unique and renamed", task("{n: int}"), task("{m: {type: int, unique: true, was: n}}")},
        {"unique and required", task("{n: \"int?\"}"), task("{n: {type: int = 14, unique: true}}")},
        {"joined while unique", task("{e: {type: \"enum [a, b, c]\", unique: true}}"),
         task("{e: {type: \"enum [a (was b), c]\", unique: true}}")},
        {"filled while unique", task("{n: {type: \"int?\", unique: true}}"),
         task("{n: {type: int = 14, unique: true}}")},
        {"unique among those that stay", task("{n: int}"), task("{n: {type: int, unique: true}}, soft_delete: true")},
        {"an id becomes a reference to a new table", task("{plan_id: \"uuid?\"}"),
         task("{plan: {type: \"ref Plan?\", was: plan_id}}") + "  Plan: {fields: {name: \"string(1..9)\"}}\n"},
        {"an id becomes a reference to a renamed table",
         task("{note_id: \"uuid?\"}") + "  Note: {fields: {name: \"string(1..9)\"}}\n",
         task("{plan: {type: \"ref Plan?\", was: note_id}}") +
             "  Plan: {was: Note, fields: {name: \"string(1..9)\"}}\n"},
        {"a text becomes a short one under another name", task("{s: \"string(1..9)\"}"),
         "  Job: {was: Task, fields: {t: {type: \"string(1..3)\", was: s}}}\n"},
        {"a text becomes a link under another name", task("{s: \"string(1..90)\"}"),
         task("{t: {type: url, was: s}, k: \"int = 1\"}, unique: [[k, t]]")},
        {"a whole number becomes a value", task("{n: int}"), task("{n: \"enum [a, b]\"}")},
        {"an item goes from a renamed list", task("{l: \"enum [a, b][]\"}"),
         "  Job: {was: Task, fields: {m: {type: \"enum [a][]\", was: l}}}\n"},
        {"a required field under another word for the tenant", task("{n: \"int?\"}"), task("{n: int}"), "workspace",
         "team"},
    };
}

TEST(PostgresStrangeRows, StopAMigrationBeforeItChangesAnything) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    const auto postgres = postgres_proof(*cluster);
    std::size_t stopped = 0;
    const auto prove = [&](const evolution& step, rows_are how) {
        SCOPED_TRACE(step.name + ", rows " + std::to_string(static_cast<int>(how)));
        const bool there = goes(step, how, *postgres);
        EXPECT_EQ(there, goes(step, how, *sqlite_proof()));
        if (!there) ++stopped;
    };
    // Empty rows stop few; what loses nothing stops over few rows. Where there is time, all of it.
    const bool all = rounds_of(1, 1).count > 1;
    for (const evolution& step : more()) {
        prove(step, rows_are::as_inserted);
        prove(step, rows_are::alike);
        if (all) prove(step, rows_are::empty);
    }
    for (const evolution& step : evolutions()) {
        if (!has_online_part(step) || !(all || step.destructive)) continue;
        prove(step, rows_are::alike);
        if (all) prove(step, rows_are::as_inserted);
        if (all) prove(step, rows_are::empty);
    }
    EXPECT_GE(stopped, 15u);
}

}  // namespace
}  // namespace tenon::gen
