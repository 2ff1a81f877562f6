// Counting is bounded: whoever is refused wants to know what, not to the last thousand.
#include "records/refusals.hpp"

#include <cstdint>

#include "records/sql.hpp"

namespace tenon::records {
namespace {

constexpr std::int64_t told_max = 1000;

/// The conditions under which a row of `from` stands in the way; empty when none can.
std::string refers_to_taken(const graph& all, kind_number from, const std::vector<kind_number>& reached,
                            const taken_ids& taken) {
    std::string out;
    for (const reference& r : all.references) {
        if (r.from != from || r.rule != on_delete::restrict_ || !is_among(reached, r.to)) continue;
        out.append(out.empty() ? "" : " OR ").append(quoted(r.column)).append(" IN (").append(taken(r.to)).append(")");
    }
    return out;
}

std::string first_rows(std::string_view columns, const std::string& where, const kind& of) {
    return "(SELECT " + std::string(columns) + " FROM " + quoted(of.table) + " WHERE " + std::string(of_tenant) +
           " AND " + where + " LIMIT " + std::to_string(told_max + 1) + ")";
}

/// Only where there are more than are told are the caller's own ones looked for anew: they need not be among the first.
std::string counted(kind_number from, const std::string& where, const kind& of) {
    const std::string number = std::to_string(from);
    const std::string anew = "SELECT count(*) FROM " + first_rows("1", where + R"( AND "created_by" = $3)", of) +
                             " AS " + quoted("own " + number);
    return "SELECT CAST(" + number + " AS BIGINT), found, CASE WHEN found <= " + std::to_string(told_max) +
           " THEN own ELSE (" + anew + ") END FROM (SELECT count(*) AS found, " +
           R"(count(CASE WHEN "created_by" = $3 THEN 1 END) AS own FROM )" + first_rows(R"("created_by")", where, of) +
           " AS " + quoted("first " + number) + ") AS " + quoted("found " + number);
}

std::string number_of(std::int64_t count, const kind& of) {
    if (count > told_max) return "more than 1,000 " + std::string(of.plural);
    if (count == told_max) return "1,000 " + std::string(of.plural);
    return std::to_string(count) + " " + std::string(count == 1 ? of.singular : of.plural);
}

std::string listed(const std::vector<std::string>& parts) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i)
        out.append(i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ").append(parts[i]);
    return out;
}

std::int64_t seen_of(std::int64_t all, std::int64_t own, access::decision reads) {
    if (reads == access::decision::denied) return 0;
    return reads == access::decision::own ? own : all;
}

}  // namespace

std::string blocking_rows(const graph& all, const std::vector<kind_number>& reached, const taken_ids& taken,
                          deletion how, std::string_view before) {
    std::string out;
    for (std::size_t i = 0; i < all.kinds.size(); ++i) {
        const auto from = static_cast<kind_number>(i);
        const kind& of = all.kinds[i];
        std::string where = refers_to_taken(all, from, reached, taken);
        if (where.empty()) continue;
        where = "(" + where + ")";
        if (of.bin) where += and_also(is_live);
        if (how == deletion::for_good && is_among(reached, from)) where += R"( AND "id" NOT IN ()" + taken(from) + ")";
        out.append(out.empty() ? before : std::string_view(" UNION ALL ")).append(counted(from, where, of));
    }
    return out;
}

error blocked_by_something(const record& what) {
    return error(errc::conflict,
                 "Something still refers to this " + std::string(what.all.kinds[what.kind].singular) + ".",
                 "reference");
}

result<void> check_nothing_blocks(const record& what, const db::rows& found, access::viewer who) {
    std::vector<std::string> parts;
    std::int64_t seen_in_all = 0;
    bool hidden = false;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const kind& of = what.all.kinds[static_cast<std::size_t>(found[i].get<std::int64_t>(0))];
        const auto count = found[i].get<std::int64_t>(1);
        const std::int64_t seen = seen_of(count, found[i].get<std::int64_t>(2), who.reads(of.read));
        hidden = hidden || seen < count;
        seen_in_all += seen;
        if (seen > 0) parts.push_back(number_of(seen, of));
    }
    if (parts.empty()) return hidden ? result<void>(blocked_by_something(what)) : result<void>();
    if (hidden) parts.emplace_back("something that you may not see");
    const bool one = seen_in_all == 1 && !hidden;
    return error(errc::conflict,
                 listed(parts) + (one ? " still refers to this " : " still refer to this ") +
                     std::string(what.all.kinds[what.kind].singular) + ".",
                 "reference");
}

}  // namespace tenon::records
