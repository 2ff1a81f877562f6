// From the model and what is there to the next migration's files.
#include "generator/migrate/migrate.hpp"

#include <algorithm>

#include "generator/migrate/changes.hpp"
#include "generator/migrate/make_schema.hpp"
#include "generator/migrate/postgres.hpp"
#include "generator/migrate/schema_json.hpp"
#include "generator/migrate/sqlite.hpp"

namespace tenon::gen {

namespace {

constexpr const char* origin = "generator/migrate";

/// The number behind the highest that is taken, in four digits or more.
std::string next_number(const std::vector<std::string>& names) {
    int highest = 0;
    for (const std::string& name : names) {
        int number = 0;
        for (std::size_t i = 0; i < name.size() && i < 6 && name[i] >= '0' && name[i] <= '9'; ++i)
            number = number * 10 + (name[i] - '0');
        highest = std::max(highest, number);
    }
    std::string out = std::to_string(highest + 1);
    if (out.size() < 4) out.insert(0, 4 - out.size(), '0');
    return out;
}

/// One of the four files. `direction` is "up" or "down".
void add_file(tree& out, const std::string& database, const std::string& name, const std::string& direction,
              const std::string& statements) {
    const std::string what = direction == "up" ? "makes the changes of " : "takes back ";
    tree_file file;
    file.content = "-- Frozen: emitted once by Tenon, never changed; " + what + name + ".\n" + statements;
    file.owner = owner_class::frozen;
    file.origin = origin;
    out.files.emplace("migrations/" + database + "/" + name + "." + direction + ".sql", std::move(file));
}

/// Without the schema, a second "initial" migration would make every table once more.
diagnostics schema_is_lost() {
    diagnostic one;
    one.id = code::not_supported;
    one.message =
        std::string("not supported yet: migrations without ") + schema_path + ", which says what they lead to";
    one.hint = "restore the file from version control";
    return {{std::move(one)}, 0};
}

}  // namespace

result<migration_files, diagnostics> migrate(const model& product, const migration_state& existing) {
    if (!existing.leads_to && !existing.names.empty()) return schema_is_lost();
    const schema before = existing.leads_to.value_or(schema{});
    schema after = make_schema(product);
    keep_names(after, before);
    TRY_ASSIGN(const schema_changes changes, compare_schemas(before, after));

    migration_files out;
    tree_file kept;
    kept.content = schema_as_json(after);
    kept.origin = origin;
    out.files.files.emplace(schema_path, std::move(kept));
    if (changes.empty()) return out;
    out.name = next_number(existing.names) + "_" + slug_of(changes, !existing.leads_to);
    add_file(out.files, "sqlite", out.name, "up", sqlite::up_sql(changes));
    add_file(out.files, "sqlite", out.name, "down", sqlite::down_sql(changes));
    add_file(out.files, "postgres", out.name, "up", postgres::up_sql(changes));
    add_file(out.files, "postgres", out.name, "down", postgres::down_sql(changes));
    return out;
}

}  // namespace tenon::gen
