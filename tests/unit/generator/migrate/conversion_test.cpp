// The table of conversions in docs/migrations.md, tried on both databases: each value of it, up and down.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <sstream>

#include "generator/migrate/conversions.hpp"
#include "generator/migrate/make_schema.hpp"
#include "generator/migrate/sql_text.hpp"
#include "generator/migrate/sqlite_column.hpp"
#include "generator/read/read.hpp"
#include "generator/types/duration_form.hpp"
#include "tests/unit/generator/migrate/evolutions.hpp"
#include "tests/unit/generator/migrate/proof_database.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;

struct example {
    std::string value;
    std::optional<std::string> becomes;  ///< Nothing: it makes the migration fail.
};

struct conversion {
    std::string from;
    std::string to;
    std::string flag;  ///< "no", "yes" or "down"
    std::vector<example> examples;
};

/// "`2.5` → `2.50`, `x` fails"
std::vector<example> examples_in(const std::string& cell) {
    std::vector<std::string> quoted;
    std::vector<std::string> between;
    for (std::size_t at = 0; at < cell.size();) {
        const std::size_t begin = cell.find('`', at);
        const std::size_t end = begin == std::string::npos ? begin : cell.find('`', begin + 1);
        between.push_back(cell.substr(at, begin == std::string::npos ? begin : begin - at));
        if (end == std::string::npos) break;
        quoted.push_back(cell.substr(begin + 1, end - begin - 1));
        at = end + 1;
    }
    between.resize(quoted.size() + 1);
    std::vector<example> out;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        if (between[i] == " → ")
            out.back().becomes = quoted[i];
        else
            out.push_back({quoted[i], std::nullopt});
        const bool fails = between[i + 1].starts_with(" fails");
        EXPECT_EQ(fails || between[i + 1] == " → ", !out.back().becomes.has_value()) << cell;
    }
    return out;
}

std::vector<conversion> documented() {
    std::ifstream file(std::string(DOCS_FOLDER) + "/migrations.md");
    std::vector<conversion> out;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("## ")) inside = line == "## Conversions";
        if (!inside || !line.starts_with("| ") || line.starts_with("| from ")) continue;
        std::vector<std::string> cells;
        std::istringstream parts(line.substr(2));
        for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(cell);
        if (cells.size() < 4) {
            ADD_FAILURE() << line;
            continue;
        }
        for (std::string& cell : cells) {
            cell.erase(cell.find_last_not_of(' ') + 1);
            cell.erase(0, cell.find_first_not_of(' '));
        }
        out.push_back({cells[0], cells[1], cells[2], examples_in(cells[3])});
    }
    return out;
}

/// A table for each conversion; the first `changed` of them have been converted.
spec tables(const std::vector<conversion>& all, std::size_t changed) {
    std::string entities;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool later = (i < changed) != (all[i].flag == "down");
        const std::string number = std::to_string(i);
        entities += "  Pair" + number + ": {plural: pairs_" + number + ", fields: {v: \"" +
                    (later ? all[i].to : all[i].from) + "?\"}}\n";
    }
    const auto made = read_spec({"spec.yaml", spec_text(entities)});
    EXPECT_TRUE(made) << entities;
    return made ? *made : spec{};
}

const schema_column& column_of(const schema& all, std::size_t i) {
    return *find_column(*find_table(all, "pairs_" + std::to_string(i)), "v");
}

class table_proof {
  public:
    table_proof(std::vector<conversion> all, proof_database& database) : all_(std::move(all)), database_(database) {}

    void run() {
        const schema old = make_schema(resolve(tables(all_, 0)));
        const schema now = make_schema(resolve(tables(all_, all_.size())));
        database_.empty();
        ASSERT_TRUE(made_.generate(tables(all_, 0)));
        ASSERT_EQ(database_.migrate(made_.sql(database_.folder(), "up")), "");
        ASSERT_EQ(database_.change(insert_rows(old, database_.kind())), "");
        for (std::size_t i = 0; i < all_.size(); ++i) {
            SCOPED_TRACE(all_[i].from + " to " + all_[i].to);
            at_ = i;
            table_ = "pairs_" + std::to_string(i);
            ASSERT_EQ(database_.change("DELETE FROM " + table_), "");
            if (all_[i].flag == "down") {
                go_down(column_of(now, i), column_of(old, i));
            } else {
                go_up(column_of(old, i), column_of(now, i));
            }
            if (testing::Test::HasFatalFailure()) return;
        }
    }

  private:
    void generate() {
        const spec next = tables(all_, at_ + 1);
        const bool loses = all_[at_].flag == "yes";
        ASSERT_EQ(made_.generate(next), !loses);
        if (loses) {
            ASSERT_TRUE(made_.generate(next, {true}));
        }
        up_ = made_.sql(database_.folder(), "up");
        down_ = made_.sql(database_.folder(), "down");
    }

    /// A text has a rule on its length, which is looked at in a second part.
    std::string up() {
        for (const std::string& name : made_.last.names) {
            std::string failed = database_.migrate(made_.sql_of(name, database_.folder(), "up"));
            if (!failed.empty()) return failed;
        }
        return {};
    }

    void go_up(const schema_column& was, const schema_column& now) {
        ASSERT_NO_FATAL_FAILURE(generate());
        refuse(was, up_);
        insert(was);
        ASSERT_EQ(up(), "") << up_;
        expect(now, true);
        if (down_.find("\n-- irreversible: ") != std::string::npos) return;
        ASSERT_EQ(database_.migrate(down_), "") << down_;
        expect(was, false);
        ASSERT_EQ(up(), "") << up_;
    }

    /// The table was made with the type to which the way leads back.
    void go_down(const schema_column& from, const schema_column& to) {
        ASSERT_NO_FATAL_FAILURE(generate());
        ASSERT_EQ(up(), "") << up_;
        refuse(from, down_);
        insert(from);
        ASSERT_EQ(database_.migrate(down_), "") << down_;
        expect(to, true);
        ASSERT_EQ(up(), "") << up_;
    }

    /// Each value that fails, alone.
    void refuse(const schema_column& type, const std::string& sql) {
        for (const example& one : all_[at_].examples) {
            if (one.becomes) continue;
            insert_row(0, literal(type, one.value));
            const std::string failure = database_.migrate(sql);
            EXPECT_NE(failure, "") << one.value << " is no " << all_[at_].to << "\n" << sql;
            if (database_.kind() == dialect::sqlite) {
                EXPECT_THAT(failure, testing::StartsWith(table_ + ".v: rows have ")) << one.value;
            }
            EXPECT_TRUE(has(0, type, one.value)) << one.value << " became " << value_of(0);
            ASSERT_EQ(database_.change("DELETE FROM " + table_), "");
        }
    }

    void insert(const schema_column& type) {
        const std::vector<example>& all = all_[at_].examples;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].becomes) insert_row(i, literal(type, all[i].value));
        }
        insert_row(all.size(), "NULL");
    }

    void expect(const schema_column& type, bool converted) {
        const std::vector<example>& all = all_[at_].examples;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!all[i].becomes) continue;
            const std::string& wanted = converted ? *all[i].becomes : all[i].value;
            EXPECT_TRUE(has(i, type, wanted)) << all[i].value << " became " << value_of(i) << " and not " << wanted;
        }
        EXPECT_EQ(value_of(all.size()), "NULL\n");
    }

    static std::string id_of(std::size_t row) {
        return quoted_text("20000000-0000-7000-8000-0000000000" + std::to_string(10 + row));
    }

    void insert_row(std::size_t row, const std::string& value) {
        ASSERT_EQ(database_.change("INSERT INTO " + table_ +
                                   " (id, workspace_id, v, created_by, created_at, updated_at) SELECT " + id_of(row) +
                                   ", w.id, " + value + ", u.id, w.created_at, w.created_at FROM workspaces w, users " +
                                   "u WHERE w.id = '00000000-0000-7000-8000-0000000000a0'"),
                  "");
    }

    bool has(std::size_t row, const schema_column& type, const std::string& value) {
        const bool json = type.type == sql_type::json && database_.kind() == dialect::sqlite;
        const std::string same = json ? "json(v) = json(" + literal(type, value) + ")" : "v = " + literal(type, value);
        return database_.ask("SELECT count(*) FROM " + table_ + " WHERE id = " + id_of(row) + " AND " + same) == "1\n";
    }

    std::string value_of(std::size_t row) {
        return database_.ask("SELECT CAST(v AS text) FROM " + table_ + " WHERE id = " + id_of(row));
    }

    /// A value of the page as the database takes it.
    std::string literal(const schema_column& type, const std::string& value) const {
        if (database_.kind() == dialect::postgres && type.type != sql_type::duration) return quoted_text(value);
        switch (type.type) {
            case sql_type::boolean:
                return value == "true" ? "1" : "0";
            case sql_type::integer:
            case sql_type::real:
                return value;
            case sql_type::decimal: {
                std::string units = value;
                const std::size_t point = units.find('.');
                EXPECT_EQ(units.size() - point - 1, static_cast<std::size_t>(type.scale)) << value;
                return units.erase(point, 1);
            }
            case sql_type::instant:
                return std::to_string(sqlite::micros_of(value));
            case sql_type::duration:
                return std::to_string(duration_form.count(value).value_or(-1));
            case sql_type::uuid:
            case sql_type::text:
            case sql_type::date:
            case sql_type::time:
            case sql_type::json:
                break;
        }
        return quoted_text(value);
    }

    const std::vector<conversion> all_;
    proof_database& database_;
    project made_;
    std::size_t at_ = 0;
    std::string table_;
    std::string up_;
    std::string down_;
};

TEST(Conversions, AreAsDocumentedOnSqlite) {
    table_proof(documented(), *sqlite_proof()).run();
}

TEST(PostgresConversions, AreAsDocumented) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    const auto database = postgres_proof(*cluster);
    table_proof(documented(), *database).run();
}

/// "decimal" of "decimal(10,2)", "decimal[]" of a list of them.
std::string kind_of(std::string type) {
    const std::size_t digits = type.find('(');
    if (digits != std::string::npos) type.erase(digits, type.find(')') - digits + 1);
    return type;
}

TEST(Conversions, AreAllDocumented) {
    std::map<std::pair<std::string, std::string>, bool> known;
    for (const conversion& one : documented()) {
        if (one.flag != "down") known[{kind_of(one.from), kind_of(one.to)}] = true;
    }
    const std::vector<std::string> types = {"bool",
                                            "int",
                                            "float",
                                            "decimal(10,2)",
                                            "text",
                                            "date",
                                            "datetime",
                                            "time",
                                            "duration",
                                            "uuid",
                                            "json",
                                            "string[]",
                                            "int[]",
                                            "bool[]",
                                            "float[]",
                                            "date[]",
                                            "datetime[]",
                                            "time[]",
                                            "duration[]",
                                            "uuid[]",
                                            "decimal(10,2)[]",
                                            "enum [open, done][]"};
    for (const std::string& from : types) {
        for (const std::string& to : types) {
            if (from == to) continue;
            const std::vector<conversion> pair = {{from, to, "yes", {}}};
            const schema was = make_schema(resolve(tables(pair, 0)));
            const schema now = make_schema(resolve(tables(pair, 1)));
            EXPECT_EQ(fit_of(column_of(was, 0), column_of(now, 0)) != fit::none,
                      known.contains({kind_of(from), kind_of(to)}))
                << from << " to " << to;
        }
    }
}

}  // namespace
}  // namespace tenon::gen
