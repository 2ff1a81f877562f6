// Pairs what stays by its name in the spec, and translates old tables into new names.
#include "generator/migrate/pairing.hpp"

#include <algorithm>
#include <set>

#include "generator/migrate/sql_text.hpp"
#include "generator/support/naming.hpp"

namespace tenon::gen {

namespace {

std::string key_of(const schema_table& table) {
    return table.entity.empty() ? table.name : entity_key(table.entity);
}
const std::string& key_of(const schema_column& column) {
    return column.field.empty() ? column.name : column.field;
}

std::string former_key_of(const schema_table& table) {
    return table.was.empty() || table.entity.empty() ? table.was : entity_key(table.was);
}
const std::string& former_key_of(const schema_column& column) {
    return column.was;
}

/// Built-in things and the spec's may be called the same: they are looked up apart.
bool is_built_in(const schema_table& table) {
    return table.entity.empty();
}
bool is_built_in(const schema_column& column) {
    return column.field.empty();
}

template <class Thing>
class matching {
  public:
    matching(const std::vector<Thing>& before, const std::vector<Thing>& after) : after_(after) {
        for (std::size_t i = 0; i < before.size(); ++i) {
            places_.emplace(std::pair(is_built_in(before[i]), key_of(before[i])), i);
        }
    }

    /// `clash`: called with what has a `was` although both are there.
    template <class Clash>
    std::vector<paired> run(Clash clash) {
        std::vector<std::size_t> found(after_.size(), none);
        for (std::size_t i = 0; i < after_.size(); ++i) {
            found[i] = find(after_[i], key_of(after_[i]));
            if (found[i] != none) taken_.insert(found[i]);
        }
        for (std::size_t i = 0; i < after_.size(); ++i) {
            const std::string was = former_key_of(after_[i]);
            if (was.empty()) continue;
            const std::size_t former = find(after_[i], was);
            if (former == none || taken_.contains(former)) continue;
            if (found[i] != none) {
                clash(after_[i]);
                continue;
            }
            found[i] = former;
            taken_.insert(former);
        }
        std::vector<paired> out;
        for (std::size_t i = 0; i < after_.size(); ++i) {
            if (found[i] != none) out.emplace_back(found[i], i);
        }
        return out;
    }

  private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::size_t find(const Thing& like, const std::string& key) const {
        const auto found = places_.find({is_built_in(like), key});
        return found == places_.end() ? none : found->second;
    }

    const std::vector<Thing>& after_;
    std::map<std::pair<bool, std::string>, std::size_t> places_;
    std::set<std::size_t> taken_;
};

/// Old name → new name of everything that stays. What goes gets a name that nothing has: its own may be another's now.
class translation {
  public:
    translation(const schema& before, const schema& after, const schema_pairing& pairs) {
        for (const table_pairing& one : pairs.tables) {
            const schema_table& old = before.tables[one.table.first];
            const schema_table& now = after.tables[one.table.second];
            tables_[old.name] = now.name;
            for (const auto& [from, to] : one.columns)
                columns_[old.name][old.columns[from].name] = now.columns[to].name;
        }
    }

    std::string table(const std::string& old) const {
        const auto found = tables_.find(old);
        return found == tables_.end() ? gone(old) : found->second;
    }
    std::string column(const std::string& table, const std::string& old) const {
        const auto of = columns_.find(table);
        if (of == columns_.end()) return gone(old);
        const auto found = of->second.find(old);
        return found == of->second.end() ? gone(old) : found->second;
    }
    void columns(const std::string& table, std::vector<std::string>& names) const {
        for (std::string& one : names) one = column(table, one);
    }
    /// PostgreSQL keeps what a policy names by what it is: renaming a column or a table renames it there too.
    std::string rule(const std::string& table, const schema_policy& of) const {
        const std::string& old = of.rule;
        std::string out;
        for (std::size_t at = 0; at < old.size();) {
            const std::size_t begin = old.find('"', at);
            const std::size_t end = begin == std::string::npos ? begin : old.find('"', begin + 1);
            if (end == std::string::npos) return out + old.substr(at);
            out += old.substr(at, begin - at) +
                   quoted_name(in_rule({table, of.reads}, old.substr(begin + 1, end - begin - 1)));
            at = end + 1;
        }
        return out;
    }

  private:
    static std::string gone(const std::string& name) { return name + " (gone)"; }
    /// A column of one of the tables, another table, or something that has its name for good.
    std::string in_rule(std::initializer_list<std::string> of, const std::string& old) const {
        for (const std::string& table : of) {
            const auto columns = columns_.find(table);
            const bool is_column = columns != columns_.end() && columns->second.contains(old);
            if (is_column) return columns->second.at(old);
        }
        return tables_.contains(old) ? tables_.at(old) : old;
    }

    std::map<std::string, std::string> tables_;
    std::map<std::string, std::map<std::string, std::string>> columns_;
};

}  // namespace

std::string entity_key(const std::string& entity) {
    return entity == tenant_mark ? entity : snake_case(entity);
}

schema_pairing pair_schemas(const schema& before, const schema& after) {
    schema_pairing out;
    const auto tables = matching(before.tables, after.tables).run([&](const schema_table& table) {
        out.clashes.push_back({"the entity '" + table.entity + "'", table.was, table.at});
    });
    for (const paired& table : tables) {
        const schema_table& now = after.tables[table.second];
        const auto columns =
            matching(before.tables[table.first].columns, now.columns).run([&](const schema_column& column) {
                out.clashes.push_back({"the field '" + column.field + "' of " + now.entity, column.was, column.at});
            });
        out.tables.push_back({table, columns});
    }
    return out;
}

std::vector<schema_table> in_new_words(const schema& before, const schema& after, const schema_pairing& pairs) {
    const translation words(before, after, pairs);
    std::vector<schema_table> out = before.tables;
    for (schema_table& table : out) {
        const std::string name = table.name;
        table.name = words.table(name);
        if (!table.tenant_column.empty()) table.tenant_column = words.column(name, table.tenant_column);
        for (schema_policy& policy : table.policies) policy.rule = words.rule(name, policy);
        for (schema_column& one : table.columns) one.name = words.column(name, one.name);
        words.columns(name, table.primary_key);
        for (schema_foreign_key& key : table.foreign_keys) {
            words.columns(name, key.columns);
            words.columns(key.table, key.target_columns);
            key.table = words.table(key.table);
        }
        for (schema_check& check : table.checks) check.column = words.column(name, check.column);
        for (schema_index& index : table.indexes) words.columns(name, index.columns);
    }
    return out;
}

}  // namespace tenon::gen
