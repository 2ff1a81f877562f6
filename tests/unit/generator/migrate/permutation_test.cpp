// Renames in one step that take each other's names: tables, the tenant's word and columns, in chains and in circles,
// with rows in all of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <set>

#include "tests/unit/generator/migrate/proof.hpp"
#include "tests/unit/generator/migrate/rounds.hpp"

namespace tenon::gen {
namespace {

using namespace sample;

/// A reference or an id: fields of other names may have columns of the same name.
struct slot {
    std::string column;  ///< "a_id"
    std::string target;  ///< The entity; empty: an id.

    std::string field() const { return target.empty() ? column : column.substr(0, column.size() - 3); }
    std::string type() const {
        return target.empty()     ? "type: \"uuid?\""
               : target == "User" ? "type: \"ref User?\""
                                  : "type: \"ref " + target + "?\", on_delete: set_null";
    }
};

struct table {
    std::string entity;
    std::string name;
    std::vector<slot> slots;
};

struct product {
    std::string tenant;
    std::vector<table> tables;
};

class changing {
  public:
    explicit changing(std::uint32_t seed) : random_(seed) {}

    evolution run() {
        const product before = first();
        std::optional<product> after;
        while (!after) after = renamed(before);
        evolution out;
        out.name = "permutation";
        out.before = text(before, before);
        out.after = text(*after, before);
        out.tenant_before = before.tenant;
        out.tenant_after = after->tenant;
        return out;
    }

  private:
    std::size_t below(std::size_t limit) { return random_() % limit; }
    bool now_and_then() { return below(3) == 0; }
    std::string any_tenant() { return now_and_then() ? "team" : "workspace"; }

    std::vector<std::string> shuffled(std::vector<std::string> names, const std::string& without) {
        std::erase(names, without);
        std::shuffle(names.begin(), names.end(), random_);
        return names;
    }
    std::vector<std::string> tables(const std::string& tenant) {
        return shuffled({"workspaces", "teams", "alphas", "betas", "gammas"}, tenant + "s");
    }
    std::vector<std::string> columns(const std::string& tenant) {
        return shuffled({"workspace_id", "team_id", "a_id", "b_id", "c_id"}, tenant + "_id");
    }

    product first() {
        product out;
        out.tenant = any_tenant();
        const std::vector<std::string> names = tables(out.tenant);
        for (std::size_t i = 0; i < 2 + below(2); ++i)
            out.tables.push_back({"Thing" + std::to_string(i), names[i], {}});
        for (table& one : out.tables) {
            const std::vector<std::string> free = columns(out.tenant);
            for (std::size_t i = 0; i < 2 + below(3); ++i) {
                const std::string target = now_and_then() ? "User" : out.tables[below(out.tables.size())].entity;
                one.slots.push_back({free[i], now_and_then() ? std::string() : target});
            }
        }
        return out;
    }

    /// Nothing when the language has no word for it: a former name that is still there.
    std::optional<product> renamed(const product& before) {
        product out = before;
        out.tenant = any_tenant();
        const std::vector<std::string> names = tables(out.tenant);
        for (std::size_t i = 0; i < out.tables.size(); ++i) {
            if (now_and_then()) out.tables[i].entity = "Other" + std::to_string(i);
            out.tables[i].name = names[i];
        }
        for (std::size_t t = 0; t < out.tables.size(); ++t) {
            const std::vector<std::string> free = columns(out.tenant);
            std::set<std::string> there;
            for (std::size_t i = 0; i < out.tables[t].slots.size(); ++i) {
                slot& one = out.tables[t].slots[i];
                one.column = free[i];
                for (std::size_t target = 0; target < before.tables.size(); ++target) {
                    if (one.target == before.tables[target].entity) one.target = out.tables[target].entity;
                }
                if (now_and_then()) one.target.clear();
                there.insert(one.field());
            }
            for (std::size_t i = 0; i < out.tables[t].slots.size(); ++i) {
                const std::string was = before.tables[t].slots[i].field();
                if (was != out.tables[t].slots[i].field() && there.contains(was)) return std::nullopt;
            }
        }
        return out;
    }

    static std::string text(const product& now, const product& before) {
        std::string out;
        for (std::size_t t = 0; t < now.tables.size(); ++t) {
            const table& one = now.tables[t];
            const table& was = before.tables[t];
            out += "  " + one.entity + ":\n    plural: " + one.name + "\n";
            if (one.entity != was.entity) out += "    was: " + was.entity + "\n";
            out += "    fields:\n      title: {type: \"string(1..40)\", unique: true}\n";
            for (std::size_t i = 0; i < one.slots.size(); ++i) {
                const std::string former = was.slots[i].field();
                out += "      " + one.slots[i].field() + ": {" + one.slots[i].type() +
                       (former == one.slots[i].field() ? "" : ", was: " + former) + "}\n";
            }
        }
        return out;
    }

    std::mt19937 random_;
};

void permute(proof_database& database, const rounds& all) {
    for (std::uint32_t i = 0; i < all.count && !testing::Test::HasFailure(); ++i) {
        const evolution step = changing(all.seed + i).run();
        SCOPED_TRACE(spec_text(step.before, step.tenant_before) + "\n" + spec_text(step.after, step.tenant_after));
        prove(step, database);
    }
}

TEST(Permutations, AreFollowedOnSqlite) {
    permute(*sqlite_proof(), rounds_of(1, 40));
}

TEST(PostgresPermutations, AreFollowed) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    permute(*postgres_proof(*cluster), rounds_of(101, 8));
}

/// What goes may leave its name to what stays.
void take_names_of_what_goes(proof_database& database) {
    evolution step{"the table of what goes",
                   "  Task: {fields: {title: \"string(1..40)\"}}\n  Note: {fields: {body: \"string(1..9)\"}}\n"
                   "  Mark: {fields: {note: \"ref Note?\", b: \"ref User?\", c_id: \"uuid?\"}, indexes: [[b]]}\n",
                   "  Task: {plural: notes, fields: {title: \"string(1..40)\"}}\n"
                   "  Mark: {fields: {note: \"ref Task?\", b_id: {type: \"uuid?\", was: c_id}}, indexes: [[b_id]]}\n"};
    step.prepare = "UPDATE marks SET note_id = NULL";
    step.destructive = step.irreversible = true;
    prove(step, database);
}

TEST(Permutations, TakeTheNamesOfWhatGoesOnSqlite) {
    take_names_of_what_goes(*sqlite_proof());
}

TEST(PostgresPermutations, TakeTheNamesOfWhatGoes) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    take_names_of_what_goes(*postgres_proof(*cluster));
}

}  // namespace
}  // namespace tenon::gen
