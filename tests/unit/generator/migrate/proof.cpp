// The old schema with rows, up, what became of them, and back.
#include "tests/unit/generator/migrate/proof.hpp"

#include <gtest/gtest.h>

#include "generator/migrate/make_schema.hpp"
#include "generator/migrate/pairing.hpp"
#include "generator/read/read.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen::sample {

namespace {

spec read(const std::string& text) {
    const source_text source{"spec.yaml", text};
    auto made = read_spec(source);
    if (!made) ADD_FAILURE() << print(made.error(), source, diagnostic_format::text);
    return made ? *made : spec{};
}

std::string refusals(const diagnostics& all) {
    std::string out;
    for (const diagnostic& one : all.items) out += code_text(one.id) + " " + one.message + "\n";
    return out;
}

class proof {
  public:
    proof(const evolution& step, proof_database& database) : step_(step), database_(database) {}

    void run() {
        const spec before = read(spec_text(step_.before, step_.tenant_before));
        const spec after = read(spec_text(step_.after, step_.tenant_after));
        if (testing::Test::HasFailure()) return;
        ASSERT_TRUE(made_.generate(before));
        old_ = make_schema(resolve(before));
        new_ = make_schema(resolve(after));
        const std::string wanted = shape_of_fresh(after);

        database_.empty();
        migrate_up();
        const std::string first = database_.shape();
        ASSERT_EQ(database_.change(insert_rows(old_, database_.kind())), "");
        ASSERT_EQ(database_.change(step_.prepare), "");
        const auto rows = values_in(old_);

        ASSERT_EQ(made_.generate(after), !step_.destructive) << "only what loses data is refused";
        if (step_.destructive) {
            ASSERT_TRUE(made_.generate(after, {true})) << refusals(made_.refused);
        }
        ASSERT_FALSE(made_.last.names.empty());
        migrate_up();
        check_rows(rows, values_in(new_));
        if (!step_.query.empty()) {
            EXPECT_EQ(database_.ask(step_.query), step_.answer);
        }
        EXPECT_EQ(database_.shape(), wanted);
        take_back(first, wanted, rows);
        EXPECT_TRUE(made_.generate(after)) << refusals(made_.refused);
        EXPECT_TRUE(made_.last.names.empty()) << "nothing is left to do";
    }

  private:
    std::string shape_of_fresh(const spec& source) {
        project fresh;
        EXPECT_TRUE(fresh.generate(source));
        database_.empty();
        EXPECT_EQ(database_.migrate(fresh.sql(database_.folder(), "up")), "");
        return database_.shape();
    }

    void migrate_up() {
        for (const std::string& name : made_.last.names) {
            const std::string sql = made_.sql_of(name, database_.folder(), "up");
            ASSERT_EQ(database_.migrate(sql), "") << sql;
        }
    }

    void take_back(const std::string& first, const std::string& second,
                   const std::map<std::string, std::string>& rows) {
        const std::string down = made_.sql(database_.folder(), "down");
        EXPECT_EQ(down.find("\n-- irreversible: ") != std::string::npos, step_.irreversible) << down;
        if (step_.irreversible) return;
        for (auto name = made_.last.names.rbegin(); name != made_.last.names.rend(); ++name) {
            const std::string sql = made_.sql_of(*name, database_.folder(), "down");
            ASSERT_EQ(database_.migrate(sql), "") << sql;
        }
        EXPECT_EQ(database_.shape(), first) << down;
        const auto back = values_in(old_);
        for (const auto& [column, values] : rows) {
            if (!was_filled(column)) {
                EXPECT_EQ(back.at(column), values) << column << " came back otherwise";
            }
        }
        migrate_up();
        EXPECT_EQ(database_.shape(), second);
    }

    /// NULLs became the default, and stay it.
    bool was_filled(const std::string& column) const {
        bool out = false;
        for_each_kept([&](const std::string& was, const std::string&, const schema_column& a, const schema_column& b,
                          const schema_table&,
                          const schema_table&) { out = out || (was == column && a.nullable && !b.nullable); });
        return out;
    }

    std::map<std::string, std::string> values_in(const schema& all) {
        return values_of(all, [this](const std::string& sql) { return database_.ask(sql); });
    }

    template <class Do>
    void for_each_kept(Do what) const {
        for (const table_pairing& one : pair_schemas(old_, new_).tables) {
            const schema_table& was = old_.tables[one.table.first];
            const schema_table& now = new_.tables[one.table.second];
            if (!is_an_entitys(was)) continue;
            const auto key = [](const schema_table& table, const schema_column& column) {
                return table.entity + "." + (column.field.empty() ? column.name : column.field);
            };
            for (const auto& [from, to] : one.columns)
                what(key(was, was.columns[from]), key(now, now.columns[to]), was.columns[from], now.columns[to], was,
                     now);
        }
    }

    /// What keeps its type keeps its values.
    void check_rows(const std::map<std::string, std::string>& was, const std::map<std::string, std::string>& now) {
        for_each_kept([&](const std::string& from, const std::string& to, const schema_column& a,
                          const schema_column& b, const schema_table&, const schema_table& table) {
            const schema_check* rule = check_on(table.checks, b.name);
            const bool renames = (rule != nullptr && !rule->was.empty()) || !b.item_values_were.empty();
            if (!same_type(a, b) || renames || (a.nullable && !b.nullable)) return;
            EXPECT_EQ(now.at(to), was.at(from)) << from;
        });
    }

    const evolution& step_;
    proof_database& database_;
    project made_;
    schema old_;
    schema new_;
};

}  // namespace

void prove(const evolution& step, proof_database& database) {
    proof(step, database).run();
}

}  // namespace tenon::gen::sample
