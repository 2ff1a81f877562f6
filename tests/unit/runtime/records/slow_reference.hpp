// docs/deletion.md once more, as slowly and plainly as it can be said: every row in memory, every rule a loop.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tenon/core/uuid.hpp>

#include "random_product.hpp"

namespace tenon::records::test {

struct stored {
    kind_number kind = 0;
    std::map<std::size_t, uuid> refs;  ///< By the number of the reference; without those that are empty.
    bool in_bin = false;
    std::optional<uuid> with;
    std::int64_t version = 1;
};

using rows_by_id = std::map<uuid, stored>;

class slow_reference {
  public:
    explicit slow_reference(const random_product& product) : product_(product), all_(product.all()) {}

    const rows_by_id& rows() const { return rows_; }
    int gone_from_bin() const { return gone_from_bin_; }
    void insert(uuid id, stored row) { rows_.emplace(id, std::move(row)); }

    /// What refuses it, as the answer says it; empty when it was done.
    std::string remove(uuid id) { return product_.is_soft(rows_.at(id).kind) ? put_into_bin(id) : erase(id); }

    std::string erase(uuid id) {
        const std::set<uuid> doomed = spread(id, [&](const stored& row, const reference& r) {
            return r.rule == on_delete::cascade || (r.rule == on_delete::restrict_ && !r.optional && row.in_bin);
        });
        if (const std::string why = blockers(id, doomed); !why.empty()) return why;
        for (auto& [each, row] : rows_) {
            if (doomed.contains(each)) continue;
            empty(row, doomed, [&](const reference& r) {
                return r.rule == on_delete::set_null || (r.rule == on_delete::restrict_ && row.in_bin);
            });
        }
        for (const uuid each : doomed) {
            const stored& row = rows_.at(each);
            gone_from_bin_ += std::any_of(row.refs.begin(), row.refs.end(), [&](const auto& ref) {
                const reference& r = all_.references[ref.first];
                return r.rule == on_delete::restrict_ && !r.optional && row.in_bin && doomed.contains(ref.second);
            });
        }
        for (const uuid each : doomed) rows_.erase(each);
        return {};
    }

    /// False when something that would come back refers to what stays in the bin.
    bool restore(uuid id) {
        std::set<uuid> back{id};
        for (const auto& [each, row] : rows_) {
            if (row.in_bin && row.with == id) back.insert(each);
        }
        const auto stays = [&](uuid target) { return rows_.at(target).in_bin && !back.contains(target); };
        for (const uuid each : back) {
            for (const auto& [number, target] : rows_.at(each).refs) {
                if (all_.references[number].rule != on_delete::set_null && stays(target)) return false;
            }
        }
        for (const uuid each : back) {
            stored& row = rows_.at(each);
            std::erase_if(row.refs, [&](const auto& ref) { return stays(ref.second); });
        }
        for (const uuid each : back) {
            stored& row = rows_.at(each);
            row.in_bin = false;
            row.with.reset();
            ++row.version;
        }
        return true;
    }

  private:
    std::string put_into_bin(uuid id) {
        const std::set<uuid> taken = spread(
            id, [&](const stored& row, const reference& r) { return r.rule == on_delete::cascade && !row.in_bin; });
        if (const std::string why = blockers(id, taken); !why.empty()) return why;
        for (auto& [each, row] : rows_) {
            if (!taken.contains(each) && !row.in_bin)
                empty(row, taken, [&](const reference& r) { return r.rule == on_delete::set_null; });
        }
        for (const uuid each : taken) {
            stored& row = rows_.at(each);
            row.in_bin = true;
            if (each != id) row.with = id;
            ++row.version;
        }
        return {};
    }

    template <class Goes>
    std::set<uuid> spread(uuid id, Goes goes) const {
        std::set<uuid> out{id};
        for (bool more = true; more;) {
            more = false;
            for (const auto& [each, row] : rows_) {
                const bool along = std::any_of(row.refs.begin(), row.refs.end(), [&](const auto& ref) {
                    return out.contains(ref.second) && goes(row, all_.references[ref.first]);
                });
                if (along && out.insert(each).second) more = true;
            }
        }
        return out;
    }

    template <class Loses>
    void empty(stored& row, const std::set<uuid>& gone, Loses loses) {
        row.version += static_cast<std::int64_t>(std::erase_if(
            row.refs, [&](const auto& ref) { return gone.contains(ref.second) && loses(all_.references[ref.first]); }));
    }

    std::string blockers(uuid id, const std::set<uuid>& gone) const {
        std::map<kind_number, int> counts;
        for (const auto& [each, row] : rows_) {
            const bool blocks = std::any_of(row.refs.begin(), row.refs.end(), [&](const auto& ref) {
                return all_.references[ref.first].rule == on_delete::restrict_ && gone.contains(ref.second);
            });
            if (blocks && !row.in_bin && !gone.contains(each)) ++counts[row.kind];
        }
        std::vector<std::string> parts;
        int sum = 0;
        for (const auto& [of, count] : counts) {
            const kind& k = all_.kinds[of];
            parts.push_back(std::to_string(count) + " " + std::string(count == 1 ? k.singular : k.plural));
            sum += count;
        }
        std::string out;
        for (std::size_t i = 0; i < parts.size(); ++i)
            out += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
        if (out.empty()) return out;
        return out + (sum == 1 ? " still refers to this " : " still refer to this ") +
               std::string(all_.kinds[rows_.at(id).kind].singular) + ".";
    }

    const random_product& product_;
    graph all_;
    rows_by_id rows_;
    int gone_from_bin_ = 0;
};

}  // namespace tenon::records::test
