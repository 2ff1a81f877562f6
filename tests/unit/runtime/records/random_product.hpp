// Entities with random refs between them, as tables of either database.
#pragma once

#include <deque>
#include <random>
#include <string>
#include <vector>

#include <tenon/records/graph.hpp>

namespace tenon::records::test {

using dice = std::mt19937;

inline std::size_t up_to(dice& random, std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most)(random);
}

/// Two to four kinds and up to seven refs, circles and refs to the own kind among them. A required ref leads to a kind
/// of a smaller number, so that a first record can be made.
class random_product {
  public:
    random_product(dice& random, const std::string& prefix) {
        const std::size_t count = 2 + up_to(random, 2);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string name = prefix + "k" + std::to_string(i);
            kind one;
            one.table = keep(name);
            one.singular = keep("kind" + std::to_string(i));
            one.plural = keep("kinds" + std::to_string(i));
            soft_.push_back(up_to(random, 2) > 0);
            one.bin = soft_.back();
            kinds_.push_back(one);
        }
        const std::size_t refs = 2 + up_to(random, 5);
        for (std::size_t i = 0; i < refs; ++i) {
            reference one;
            one.from = static_cast<kind_number>(up_to(random, count - 1));
            one.to = static_cast<kind_number>(up_to(random, count - 1));
            one.column = keep("r" + std::to_string(i));
            one.rule = static_cast<on_delete>(up_to(random, 2));
            one.optional = one.rule == on_delete::set_null || one.to >= one.from || up_to(random, 3) == 0;
            references_.push_back(one);
        }
        spread_bins();
    }
    random_product(const random_product&) = delete;
    random_product& operator=(const random_product&) = delete;

    graph all() const { return graph{kinds_, references_}; }
    /// `DELETE` puts it into the bin.
    bool is_soft(kind_number of) const { return soft_[of]; }

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

  private:
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

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
    std::vector<bool> soft_;
    std::vector<kind> kinds_;
    std::vector<reference> references_;
};

}  // namespace tenon::records::test
