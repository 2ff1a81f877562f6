// Entities with refs between them, as tables of either database.
#pragma once

#include <chrono>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include <tenon/records/graph.hpp>

namespace tenon::records::test {

class test_product {
  public:
    test_product() = default;
    test_product(const test_product&) = delete;
    test_product& operator=(const test_product&) = delete;

    /// Its table is named `name`.
    kind_number add_kind(const std::string& name, bool bin = false) {
        kind one;
        one.table = keep(name);
        one.singular = one.plural = one.table;
        one.bin = bin;
        return add_kind(one);
    }
    void add_reference(kind_number from, kind_number to, on_delete rule, bool optional) {
        reference one;
        one.from = from;
        one.to = to;
        one.column = keep("r" + std::to_string(references_.size()));
        one.rule = rule;
        one.optional = optional;
        references_.push_back(one);
        spread_bins();
    }
    void keep_for(kind_number of, std::chrono::seconds time) { kinds_[of].keep = time; }

    graph all() const { return graph{kinds_, references_}; }

    /// The keys refuse what they can, and cascade where the rule says so; nothing empties a ref but the runtime.
    std::vector<std::string> tables(bool postgres) const {
        const std::string id = postgres ? " uuid" : " TEXT", time = postgres ? " timestamptz" : " INTEGER";
        std::vector<std::string> out;
        for (std::size_t i = 0; i < kinds_.size(); ++i) {
            const kind& k = kinds_[i];
            std::string text = "CREATE TABLE " + std::string(k.table) + " (workspace_id" + id + " NOT NULL, id" + id +
                               " NOT NULL, created_by" + id + " NOT NULL, updated_at" + time + " NOT NULL, version " +
                               (postgres ? "bigint" : "INTEGER") + " NOT NULL";
            if (k.bin) text += ", deleted_at" + time;
            if (k.goes_along) text += ", deleted_with" + id;
            for (const reference& r : references_) {
                if (r.from == i) text += ", " + std::string(r.column) + id + (r.optional ? "" : " NOT NULL");
            }
            out.push_back(text + ", PRIMARY KEY (workspace_id, id)" + (postgres ? ")" : keys_of(i) + ")"));
        }
        if (!postgres) return out;
        for (std::size_t i = 0; i < kinds_.size(); ++i) {
            if (const std::string keys = keys_of(i); !keys.empty())
                out.push_back("ALTER TABLE " + std::string(kinds_[i].table) + added(keys));
        }
        return out;
    }

    /// As products have them: of each ref, and of what is in the bin.
    std::vector<std::string> indexes() const {
        std::vector<std::string> out;
        for (const kind& k : kinds_) {
            if (k.bin) out.push_back(index(k, "deleted_at") + " WHERE deleted_at IS NOT NULL");
        }
        for (const reference& r : references_) out.push_back(index(kinds_[r.from], r.column));
        return out;
    }

  protected:
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

    kind_number add_kind(const kind& one) {
        kinds_.push_back(one);
        return static_cast<kind_number>(kinds_.size() - 1);
    }

  private:
    static std::string index(const kind& of, std::string_view column) {
        const std::string table(of.table), name(column);
        return "CREATE INDEX " + table + "_" + name + " ON " + table + " (workspace_id, " + name + ")";
    }

    void spread_bins() {
        for (bool more = true; more;) {
            more = false;
            for (const reference& r : references_) {
                if (r.rule != on_delete::cascade || !kinds_[r.to].bin || kinds_[r.from].goes_along) continue;
                kinds_[r.from].bin = kinds_[r.from].goes_along = more = true;
            }
        }
    }

    std::string keys_of(std::size_t from) const {
        std::string out;
        for (const reference& r : references_) {
            if (r.from != from) continue;
            out += ", FOREIGN KEY (workspace_id, " + std::string(r.column) + ") REFERENCES " +
                   std::string(kinds_[r.to].table) + " (workspace_id, id)" +
                   (r.rule == on_delete::cascade ? " ON DELETE CASCADE" : "");
        }
        return out;
    }
    /// ", FOREIGN KEY …" as clauses of ALTER TABLE.
    static std::string added(std::string keys) {
        for (std::size_t at = keys.find("FOREIGN"); at != std::string::npos; at = keys.find("FOREIGN", at + 12))
            keys.insert(at, "ADD ");
        return keys.substr(1);
    }

    std::deque<std::string> texts_;
    std::vector<kind> kinds_;
    std::vector<reference> references_;
};

}  // namespace tenon::records::test
