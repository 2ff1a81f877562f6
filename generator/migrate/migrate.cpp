// From the model and what is there to the next migrations' files.
#include "generator/migrate/migrate.hpp"

#include <algorithm>

#include "generator/migrate/changes.hpp"
#include "generator/migrate/make_schema.hpp"
#include "generator/migrate/postgres.hpp"
#include "generator/migrate/record.hpp"
#include "generator/migrate/sqlite.hpp"
#include "generator/support/sha256.hpp"

namespace tenon::gen {

namespace {

constexpr const char* origin = "generator/migrate";
constexpr const char* online_end = "_online";

/// The highest number that is taken.
int highest_number(const std::vector<std::string>& names) {
    int highest = 0;
    for (const std::string& name : names) {
        int number = 0;
        for (std::size_t i = 0; i < name.size() && i < 6 && name[i] >= '0' && name[i] <= '9'; ++i)
            number = number * 10 + (name[i] - '0');
        highest = std::max(highest, number);
    }
    return highest;
}

/// In four digits or more.
std::string digits(int number) {
    std::string out = std::to_string(number);
    if (out.size() < 4) out.insert(0, 4 - out.size(), '0');
    return out;
}

/// The texts of one migration, by "sqlite.up" and the like; without their first lines.
using texts = std::map<std::string, std::string>;

tree_file frozen(std::string content) {
    tree_file out;
    out.content = std::move(content);
    out.owner = owner_class::frozen;
    out.origin = origin;
    return out;
}

/// Adds the four files and the record, which gets their digests.
void add_migration(migration_files& out, const std::string& name, const texts& sql, migration_record record) {
    for (const auto& [file, text] : sql) {
        const bool up = file.ends_with(".up");
        const std::string content = std::string(frozen_mark) + ", never changed; " +
                                    (up ? "makes the changes of " : "takes back ") + name + ".\n" + text;
        record.sql.emplace(file, sha256(content));
        out.files.files.emplace(sql_path(name, file), frozen(content));
    }
    out.files.files.emplace(record_path(name), frozen(record_as_json(record)));
    out.names.push_back(name);
}

/// The first line of a down that cannot be; empty when it can.
std::string why_irreversible(const std::vector<schema_change>& list) {
    std::string out;
    for (const schema_change& one : list) {
        if (one.irreversible) out += (out.empty() ? "-- irreversible: " : "; ") + one.sentence;
    }
    return out.empty() ? out : out + "\n";
}

std::string in_paragraphs(const std::vector<std::string>& statements) {
    std::string out =
        "-- no-transaction: its statements (with empty lines between them) run one by one, while the "
        "service works;\n-- after a failure all of them may run again.\n";
    for (const std::string& one : statements) out += "\n" + one;
    return out;
}

void add_online_part(migration_files& out, const std::string& name, const std::string& first,
                     const std::vector<std::string>& statements) {
    const std::string nothing = "-- Nothing to do here: " + first + " does it all.\n";
    migration_record record;
    record.parent = record.part_of = first;
    add_migration(out, name,
                  {{"sqlite.up", nothing},
                   {"sqlite.down", nothing},
                   {"postgres.up", in_paragraphs(statements)},
                   {"postgres.down", nothing}},
                  std::move(record));
}

migration_record record_of(const schema_changes& changes) {
    migration_record out;
    for (const schema_table& table : changes.dropped) out.dropped.push_back(table.name);
    for (const table_change& one : changes.changed) {
        if (one.renamed()) out.renamed.push_back({one.before.name, one.after.name});
        out.tables.push_back(one.after);
    }
    out.tables.insert(out.tables.end(), changes.created.begin(), changes.created.end());
    return out;
}

/// What stands in the way of tables that a feature has left: an entity that wants the same name, and the loss of what
/// they refer to.
std::vector<diagnostic> refusals_of(const std::vector<schema_table>& kept, const model& product,
                                    const meant_losses& allowed) {
    std::vector<diagnostic> out;
    for (const schema_table& table : kept) {
        for (const schema_foreign_key& key : table.foreign_keys) {
            if (!allowed.names.contains("table:" + key.table)) continue;
            out.push_back({code::data_loss,
                           {},
                           "the table '" + key.table + "' cannot be dropped while '" + table.name + "' refers to it",
                           "drop both: --allow-destructive table:" + key.table + ",table:" + table.name});
        }
        for (const entity_model& entity : product.entities) {
            if (entity.table != table.name) continue;
            out.push_back({code::name_clash, entity.at,
                           "the database keeps the table '" + table.name + "' of a feature that the spec no longer has",
                           "write another 'plural', or drop it with --allow-destructive table:" + table.name});
        }
    }
    return out;
}

}  // namespace

result<migration_files, diagnostics> migrate(const model& product, const migration_history& history,
                                             const migrate_options& options) {
    const schema& before = history.leads_to;
    const std::vector<schema_table> kept = kept_tables(product, before, options.allowed);
    if (auto wrong = refusals_of(kept, product, options.allowed); !wrong.empty()) return diagnostics{std::move(wrong)};
    const schema after = make_schema(product, before, kept);
    const schema_pairing pairs = pair_schemas(before, after);
    const schema_changes changes = compare_schemas(before, after, pairs);
    std::vector<schema_change> list = list_changes(changes);
    diagnostics refused = refusals_of(list, pairs.clashes, options.allowed);
    if (!refused.empty()) return refused;

    migration_files out;
    for (const schema_table& one : kept) out.kept.push_back(one.name);
    out.replaced = history.replaced;
    if (changes.empty()) return out;
    const int number = highest_number(history.names) + 1;
    const std::string name = digits(number) + "_" + slug_of(list, changes.first);
    const std::string irreversible = why_irreversible(list);
    const postgres::up_steps postgres = postgres::up_sql(changes);
    migration_record record = record_of(changes);
    record.parent = history.last;
    add_migration(out, name,
                  {{"sqlite.up", sqlite::up_sql(changes)},
                   {"sqlite.down", irreversible.empty() ? sqlite::down_sql(changes) : irreversible},
                   {"postgres.up", postgres.at_once},
                   {"postgres.down", irreversible.empty() ? postgres::down_sql(changes) : irreversible}},
                  std::move(record));
    if (!postgres.online.empty())
        add_online_part(out, digits(number + 1) + name.substr(digits(number).size()) + online_end, name,
                        postgres.online);
    if (!changes.first) out.changes = std::move(list);
    return out;
}

}  // namespace tenon::gen
