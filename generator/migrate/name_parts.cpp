// First what is kept, then what is new.
#include "generator/migrate/name_parts.hpp"

#include <algorithm>
#include <set>

#include "generator/resolve/naming_forms.hpp"
#include "generator/support/naming.hpp"

namespace tenon::gen {

namespace {

bool same_part(const schema_index& a, const schema_index& b) {
    return a.columns == b.columns && a.unique == b.unique;
}
bool same_part(const schema_check& a, const schema_check& b) {
    return a.column == b.column && a.values.empty() == b.values.empty();
}
bool same_part(const schema_foreign_key& a, const schema_foreign_key& b) {
    return a.columns == b.columns;
}

class namer {
  public:
    namer(schema& wanted, const schema& before) : wanted_(wanted), before_(before) {
        for (const schema_table& table : wanted_.tables) relations_.reserve(table.name);
    }

    void run() {
        for (schema_table& table : wanted_.tables) {
            const schema_table* was = find_table(before_, table.name);
            if (was != nullptr) keep(table, *was);
        }
        for (schema_table& table : wanted_.tables) name_new(table);
    }

  private:
    void keep(schema_table& table, const schema_table& was) {
        if (relations_.reserve(was.primary_key_name)) table.primary_key_name = was.primary_key_name;
        keep_parts(table.indexes, was.indexes,
                   [&](const schema_index&, const std::string& name) { return relations_.reserve(name); });
        // Tables of an older project may have keys and checks of the same name, which PostgreSQL allows. They stay,
        // unless SQLite has to call a trigger after one.
        keep_parts(table.checks, was.checks,
                   [&](const schema_check&, const std::string& name) { return constraints_.reserve(name), true; });
        keep_parts(table.foreign_keys, was.foreign_keys, [&](const schema_foreign_key& key, const std::string& name) {
            return constraints_.reserve(name) || !needs_clearing_trigger(key);
        });
    }

    template <class Thing, class May>
    void keep_parts(std::vector<Thing>& parts, const std::vector<Thing>& old, May may_keep) {
        for (Thing& one : parts) {
            const auto was =
                std::find_if(old.begin(), old.end(), [&](const Thing& other) { return same_part(one, other); });
            if (was == old.end() || !may_keep(one, was->name)) continue;
            one.name = was->name;
            kept_.insert(&one);
        }
    }

    void name_new(schema_table& table) {
        if (table.primary_key_name.empty())
            table.primary_key_name = relations_.take_short(table.name + "_pkey", longest_name);
        name_new(table.indexes, relations_);
        name_new(table.foreign_keys, constraints_);
        name_new(table.checks, constraints_);
    }

    template <class Thing>
    void name_new(std::vector<Thing>& parts, unique_names& names) {
        for (Thing& one : parts) {
            if (!kept_.contains(&one)) one.name = names.take_short(one.name, longest_name);
        }
    }

    schema& wanted_;
    const schema& before_;
    unique_names relations_;
    unique_names constraints_;
    std::set<const void*> kept_;
};

}  // namespace

void name_parts(schema& wanted, const schema& before) {
    namer(wanted, before).run();
}

std::string usual_primary_key_name(const std::string& table) {
    return short_name(table + "_pkey");
}

bool needs_clearing_trigger(const schema_foreign_key& key) {
    return key.on_delete == on_delete_rule::set_null && key.columns.size() > 1;
}

}  // namespace tenon::gen
