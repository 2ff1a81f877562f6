// Lives of products whose names run into one another: nothing ever bears a name that something else has, and nothing
// goes because something new wants its name.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <sstream>

#include "generator/migrate/name_parts.hpp"
#include "generator/read/read.hpp"
#include "tests/unit/generator/migrate/evolutions.hpp"
#include "tests/unit/generator/migrate/proof_database.hpp"
#include "tests/unit/generator/migrate/rounds.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;

constexpr std::size_t longest_name = 63;

using name_set = std::set<std::string>;

void take(name_set& names, const std::string& name) {
    EXPECT_TRUE(names.insert(name).second) << name << " twice";
    EXPECT_LE(name.size(), longest_name) << name;
}

/// The names of indexes, those of primary keys among them or not, and that each is unique where it has to be.
name_set indexes_of(const schema& all, bool primary_keys) {
    name_set relations;
    name_set triggers;
    name_set out;
    for (const schema_table& table : all.tables) take(relations, table.name);
    for (const schema_table& table : all.tables) {
        name_set constraints;
        name_set columns;
        take(relations, table.primary_key_name);
        take(constraints, table.primary_key_name);
        if (primary_keys) out.insert(table.primary_key_name);
        for (const schema_column& one : table.columns) take(columns, one.name);
        for (const schema_check& one : table.checks) take(constraints, one.name);
        for (const schema_index& one : table.indexes) take(relations, one.name), out.insert(one.name);
        for (const schema_foreign_key& one : table.foreign_keys) {
            take(constraints, one.name);
            if (needs_clearing_trigger(one)) take(triggers, one.name);
        }
    }
    return out;
}

/// Names of the code and paths of files: each is one of a kind where it stands.
void check_code(const model& all) {
    name_set types;
    name_set files;
    const std::string tenant = all.tenant.name.snake;
    for (const std::string& type : {tenant, "new_" + tenant, tenant + "_changes", tenant + "_list"}) types.insert(type);
    for (const entity_model& one : all.entities) {
        const std::string type = one.name.snake;
        for (const std::string& name : {type, "new_" + type, type + "_changes", type + "_list"}) {
            EXPECT_TRUE(types.insert(name).second) << name << " twice";
        }
        // What differs in capitals and underscores alone is one file for some, and one name for a reader.
        std::string plain = one.name.plural_kebab;
        std::erase(plain, '-');
        EXPECT_TRUE(files.insert(plain).second) << plain << " twice";
        name_set members;
        for (const field_model& field : one.fields) {
            EXPECT_TRUE(members.insert(field.member).second) << field.member << " twice";
            if (!field.enum_type.empty()) {
                EXPECT_TRUE(types.insert(field.enum_type).second) << field.enum_type << " twice";
            }
            name_set enumerators;
            for (const enum_value_model& value : field.values) {
                EXPECT_TRUE(enumerators.insert(value.enumerator).second) << value.enumerator << " twice";
            }
        }
    }
}

name_set lines_of(const std::string& text) {
    name_set out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) out.insert(line);
    return out;
}

struct field_of {
    std::string name;
    std::string type;
    std::string was = {};
};
struct entity_of {
    std::string name;
    std::string plural;
    std::vector<field_of> fields = {};
    std::string was = {};
    bool soft_delete = false;
};

/// Few words, put together in ways that come to the same, and long ones that are cut.
class growing {
  public:
    explicit growing(std::uint32_t seed) : random_(seed) {}

    std::string step() {
        former_ = entities_;
        for (entity_of& one : entities_) {
            one.was.clear();
            for (field_of& field : one.fields) field.was.clear();
        }
        do change();
        while (entities_.empty() || below(2) == 0);
        std::string out;
        for (const entity_of& one : entities_) {
            out += "  " + one.name + ":\n    plural: " + one.plural +
                   "\n    soft_delete: " + (one.soft_delete ? "true" : "false") + "\n";
            if (!one.was.empty()) out += "    was: " + one.was + "\n";
            out += "    fields:\n      title: \"string(1..40)\"\n";
            for (const field_of& field : one.fields)
                out += "      " + field.name + ": {" + field.type + (field.was.empty() ? "" : ", was: " + field.was) +
                       "}\n";
        }
        return out;
    }
    void take_back() { entities_ = former_; }

  private:
    std::size_t below(std::size_t limit) { return random_() % limit; }

    std::string words() {
        static const std::vector<std::string> all = {"a",
                                                     "b",
                                                     "c",
                                                     "a_b",
                                                     "b_c",
                                                     "id",
                                                     "idx",
                                                     "key",
                                                     "pkey",
                                                     "title",
                                                     "length",
                                                     "values",
                                                     "created_at",
                                                     "tasks",
                                                     std::string(24, 'x'),
                                                     std::string(25, 'y')};
        std::string out;
        for (std::size_t i = 0, count = 1 + below(3); i < count; ++i)
            out += (i > 0 ? "_" : "") + all[below(all.size())];
        return out;
    }

    std::string type() {
        const std::string target = entities_[below(entities_.size())].name;
        const std::vector<std::string> all = {"type: \"string(1..9)?\", unique: true",
                                              "type: \"int?\", unique: true",
                                              "type: \"enum [a, A, a_b, aB]?\"",
                                              "type: \"money?\"",
                                              "type: \"ref " + target + "?\", on_delete: set_null",
                                              "type: \"ref " + target + "?\", on_delete: set_null",
                                              "type: \"ref User?\""};
        return all[below(all.size())];
    }

    void change() {
        const std::size_t what = below(11);
        if (entities_.size() < 2 || (what == 0 && entities_.size() < 5)) {
            entities_.push_back({"Thing" + std::to_string(++number_), words()});
            return;
        }
        entity_of& one = entities_[below(entities_.size())];
        entity_of& other = entities_[below(entities_.size())];
        if (what == 1) one.plural = words();
        if (what == 2) std::swap(one.plural, other.plural);
        if (what == 3) one.soft_delete = !one.soft_delete;
        if (what == 4 && !one.fields.empty()) one.fields.erase(one.fields.begin());
        if (what == 5 && one.was.empty() && !is_new(one)) rename(one);
        if (what == 6 && !one.fields.empty() && !is_new(one)) rename(one.fields[below(one.fields.size())], one);
        if (what >= 7 && one.fields.size() < 6) one.fields.push_back({words(), type()});
    }

    bool is_new(const entity_of& entity) const {
        return std::none_of(former_.begin(), former_.end(), [&](const auto& one) { return one.name == entity.name; });
    }

    void rename(entity_of& entity) {
        entity.was = entity.name;
        entity.name = "Thing" + std::to_string(++number_);
        for (entity_of& one : entities_) {
            for (field_of& field : one.fields) {
                const std::size_t at = field.type.find("ref " + entity.was + "?");
                if (at != std::string::npos) field.type.replace(at + 4, entity.was.size(), entity.name);
            }
        }
    }

    void rename(field_of& field, const entity_of& entity) {
        const auto there =
            std::find_if(former_.begin(), former_.end(), [&](const auto& one) { return one.name == entity.name; });
        const bool old = std::any_of(there->fields.begin(), there->fields.end(),
                                     [&](const auto& one) { return one.name == field.name; });
        if (!old || !field.was.empty()) return;
        field.was = field.name;
        field.name = words();
    }

    std::mt19937 random_;
    std::vector<entity_of> entities_;
    std::vector<entity_of> former_;
    int number_ = 0;
};

/// As many steps as are taken; what the language refuses is tried again with something else.
void live(proof_database& database, std::uint32_t seed, int steps) {
    growing life(seed);
    project made;
    database.empty();
    int taken = 0;
    const bool sqlite = database.kind() == dialect::sqlite;
    std::string last;
    for (int tries = 0; taken < steps && tries < steps * 40; ++tries) {
        const std::string entities = life.step();
        const auto read = read_spec({"spec.yaml", spec_text(entities)});
        if (!read || !made.generate(*read, {true})) {
            life.take_back();
            continue;
        }
        if (made.last.names.empty()) continue;
        ++taken;
        check_code(resolve(*read));
        SCOPED_TRACE("before:\n" + last + "now:\n" + entities);
        last = entities;
        for (const std::string& name : made.last.names) {
            const std::string sql = made.sql_of(name, database.folder(), "up");
            ASSERT_EQ(database.migrate(sql), "") << sql;
        }
        const auto history = read_history(made.state);
        ASSERT_TRUE(history) << history.error().message;
        const name_set wanted = indexes_of(history->leads_to, !sqlite);
        ASSERT_FALSE(testing::Test::HasFailure());
        ASSERT_EQ(lines_of(database.ask(sqlite ? "SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT "
                                                 "LIKE 'sqlite_autoindex%'"
                                               : "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'")),
                  wanted);
    }
    EXPECT_EQ(taken, steps);
}

TEST(Names, AreUniqueForLifeOnSqlite) {
    const rounds all = rounds_of(1, 12);
    for (std::uint32_t i = 0; i < all.count && !testing::Test::HasFailure(); ++i)
        live(*sqlite_proof(), all.seed + i, 12);
}

TEST(PostgresNames, AreUniqueForLife) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    const auto database = postgres_proof(*cluster);
    const rounds all = rounds_of(31, 3);
    for (std::uint32_t i = 0; i < all.count && !testing::Test::HasFailure(); ++i) live(*database, all.seed + i, 8);
}

/// Pairs of products, by hand: what is there keeps its name, and what comes finds another.
void keep_apart(proof_database& database, const std::string& before, const std::string& after) {
    project made;
    database.empty();
    for (const std::string& entities : {before, after}) {
        const auto read = read_spec({"spec.yaml", spec_text(entities)});
        ASSERT_TRUE(read) << entities;
        ASSERT_TRUE(made.generate(*read));
        for (const std::string& name : made.last.names) {
            const std::string sql = made.sql_of(name, database.folder(), "up");
            ASSERT_EQ(database.migrate(sql), "") << sql;
        }
    }
    const bool sqlite = database.kind() == dialect::sqlite;
    EXPECT_EQ(lines_of(database.ask(sqlite ? "SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE "
                                             "'sqlite_autoindex%'"
                                           : "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'")),
              indexes_of(read_history(made.state)->leads_to, !sqlite));
}

void keep_apart(proof_database& database) {
    // tasks_a_b_key, of (a_b) and then of (a, b)
    keep_apart(database, "  Task: {fields: {a_b: {type: \"int?\", unique: true}, a: \"int?\", b: \"int?\"}}\n",
               "  Task: {fields: {a_b: {type: \"int?\", unique: true}, a: \"int?\", b: \"int?\"}, unique: [[a, b]]}\n");
    // The unique that comes stands before the one that is there.
    keep_apart(database, "  Task: {fields: {a: \"int?\", b: \"int?\", a_b: \"int?\"}, unique: [[a, b]]}\n",
               "  Task: {fields: {a: \"int?\", b: \"int?\", a_b: {type: \"int?\", unique: true}}, unique: [[a, b]]}\n");
    // a_b_c_id_fkey, of c in a_b and of b_c in a, which SQLite has triggers for
    keep_apart(database,
               "  One: {plural: a_b, fields: {c: {type: \"ref One?\", on_delete: set_null}}}\n"
               "  Two: {plural: a, fields: {n: \"int?\"}}\n",
               "  One: {plural: a_b, fields: {c: {type: \"ref One?\", on_delete: set_null}}}\n"
               "  Two: {plural: a, fields: {n: \"int?\", b_c: {type: \"ref One?\", on_delete: set_null}}}\n");
    // Tables that are called like an index and like a primary key
    keep_apart(database, "  One: {plural: a, fields: {b: {type: \"int?\", unique: true}}}\n",
               "  One: {plural: a, fields: {b: {type: \"int?\", unique: true}}}\n"
               "  Two: {plural: a_b_key, fields: {n: \"int?\"}}\n  Three: {plural: a_pkey, fields: {n: \"int?\"}}\n");
}

TEST(Names, KeepWhatIsThereOnSqlite) {
    keep_apart(*sqlite_proof());
}

TEST(PostgresNames, KeepWhatIsThere) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    keep_apart(*postgres_proof(*cluster));
}

}  // namespace
}  // namespace tenon::gen
