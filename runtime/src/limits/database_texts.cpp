// One text for both databases, and the few words in which they differ.
#include "limits/database_texts.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace tenon::limits {
namespace {

using words = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// statement_timestamp() stands still during a statement, and so does SQLite's 'now'.
constexpr std::string_view postgres_now = "(extract(epoch FROM statement_timestamp()) * 1000000)::bigint";
constexpr std::string_view postgres_month =
    "(extract(epoch FROM date_trunc('month', to_timestamp({now} / 1000000) AT TIME ZONE 'UTC')) * 1000000)::bigint";
constexpr std::string_view postgres_next_month =
    "(extract(epoch FROM date_trunc('month', to_timestamp({now} / 1000000) AT TIME ZONE 'UTC') + interval '1 month') "
    "* 1000000)::bigint";
constexpr std::string_view sqlite_now = "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)";
constexpr std::string_view sqlite_month =
    "(CAST(strftime('%s', {now} / 1000000, 'unixepoch', 'start of month') AS INTEGER) * 1000000)";
constexpr std::string_view sqlite_next_month =
    "(CAST(strftime('%s', {now} / 1000000, 'unixepoch', 'start of month', '+1 month') AS INTEGER) * 1000000)";

std::string replaced(std::string text, words what) {
    for (const auto& [from, to] : what) {
        for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
    }
    return text;
}

/// "$5" behind "$1" to "$4".
std::string next_parameter(std::string_view text) {
    char last = '0';
    for (std::size_t at = text.find('$'); at != text.npos; at = text.find('$', at + 1))
        last = std::max(last, text[at + 1]);
    return {'$', static_cast<char>(last + 1)};
}

limit_statement adapted(std::string_view dialect, std::string_view from) {
    const bool postgres = dialect == "postgres";
    limit_statement out;
    out.text = replaced(std::string(from), {{"{month}", postgres ? postgres_month : sqlite_month},
                                            {"{next month}", postgres ? postgres_next_month : sqlite_next_month},
                                            {"{most}", postgres ? "greatest" : "max"},
                                            {"{least}", postgres ? "least" : "min"}});
    out.asks_time = out.text.find("{now}") != out.text.npos;
    const std::string set_time = "CAST(" + next_parameter(from) + " AS bigint)";
    const std::string now = "coalesce(" + set_time + ", " + std::string(postgres ? postgres_now : sqlite_now) + ")";
    out.text = replaced(std::move(out.text), {{"{now}", now}});
    return out;
}

// $3 cost, $4 tolerance; next_filled_at and allows (rules.hpp) in SQL.
constexpr std::string_view take_text =
    "INSERT INTO limit_counters AS c ({tenant_id}, name, amount, since, asked_at, forget_at) "
    "VALUES ($1, $2, {now} + $3, 0, {now}, {now} + $4) "
    "ON CONFLICT ({tenant_id}, name) DO UPDATE SET "
    "amount = {most}({least}(c.amount, excluded.asked_at + $4), excluded.asked_at) + $3, "
    "asked_at = excluded.asked_at, forget_at = excluded.forget_at "
    "WHERE {most}({least}(c.amount, excluded.asked_at + $4), excluded.asked_at) + $3 - excluded.asked_at <= $4 "
    "RETURNING amount, asked_at";

// $3 amount, $4 cap.
constexpr std::string_view use_text =
    "INSERT INTO limit_counters AS c ({tenant_id}, name, amount, since, asked_at, forget_at) "
    "VALUES ($1, $2, $3, {since}, {now}, {until}) "
    "ON CONFLICT ({tenant_id}, name) DO UPDATE SET "
    "amount = CASE WHEN excluded.since > c.since THEN excluded.amount ELSE c.amount + excluded.amount END, "
    "since = {most}(excluded.since, c.since), asked_at = excluded.asked_at, "
    "forget_at = {most}(excluded.forget_at, c.forget_at) "
    "WHERE CASE WHEN excluded.since > c.since THEN excluded.amount ELSE c.amount + excluded.amount END <= $4 "
    "RETURNING amount, since, forget_at";

constexpr std::string_view lock_text =
    "INSERT INTO limit_locks AS l ({tenant_id}, name, fence, owner, expires_at) VALUES ($1, $2, 1, $3, {now} + $4) "
    "ON CONFLICT ({tenant_id}, name) DO UPDATE SET fence = l.fence + 1, owner = excluded.owner, "
    "expires_at = excluded.expires_at WHERE l.expires_at <= {now} RETURNING fence";

limit_statement window_text(std::string_view dialect, window w, std::string_view text) {
    switch (w) {
        case window::hour:
            return adapted(dialect,
                           replaced(std::string(text), {{"{since}", "({now} - {now} % 3600000000)"},
                                                        {"{until}", "({now} - {now} % 3600000000 + 3600000000)"}}));
        case window::day:
            return adapted(dialect,
                           replaced(std::string(text), {{"{since}", "({now} - {now} % 86400000000)"},
                                                        {"{until}", "({now} - {now} % 86400000000 + 86400000000)"}}));
        case window::month:
            return adapted(dialect, replaced(std::string(text), {{"{since}", "{month}"}, {"{until}", "{next month}"}}));
        case window::ever:
            break;
    }
    return adapted(dialect, replaced(std::string(text), {{"{since}", "0"}, {"{until}", "253402214400000000"}}));
}

}  // namespace

database_texts::database_texts(std::string_view dialect) {
    const auto text = [&](std::string_view from) { return adapted(dialect, from); };
    take = text(take_text);
    take_refused = text("SELECT amount, {now} FROM limit_counters WHERE {tenant_id} = $1 AND name = $2");
    for (const window w : {window::hour, window::day, window::month, window::ever}) {
        const auto i = static_cast<std::size_t>(w);
        use[i] = window_text(dialect, w, use_text);
        use_refused[i] = window_text(dialect, w,
                                     "SELECT CASE WHEN since < {since} THEN 0 ELSE amount END, {most}(since, {since}), "
                                     "{most}(forget_at, {until}) FROM limit_counters "
                                     "WHERE {tenant_id} = $1 AND name = $2");
    }
    refund = text(
        "UPDATE limit_counters SET amount = {most}(amount - $3, 0) "
        "WHERE {tenant_id} = $1 AND name = $2 AND since = $4");
    // Leases of one key are counted one after the other: whoever is about to count holds this row.
    lock_leases = text(
        "INSERT INTO limit_counters ({tenant_id}, name, amount, since, asked_at, forget_at) "
        "VALUES ($1, $2, 0, 0, {now}, {now} + $3) ON CONFLICT ({tenant_id}, name) DO UPDATE SET "
        "asked_at = excluded.asked_at, forget_at = {most}(limit_counters.forget_at, excluded.forget_at)");
    // Deleted, not overlooked: a renewal under way then finds nothing to renew.
    end_leases = text("DELETE FROM limit_leases WHERE {tenant_id} = $1 AND name = $2 AND expires_at <= {now}");
    add_lease = text(
        "INSERT INTO limit_leases ({tenant_id}, name, lease, expires_at) "
        "SELECT c.{tenant_id}, c.name, $3, {now} + $4 FROM limit_counters c WHERE c.{tenant_id} = $1 AND c.name = $2 "
        "AND (SELECT count(*) FROM limit_leases WHERE {tenant_id} = $1 AND name = $2) < $5 RETURNING lease");
    renew = text(
        "UPDATE limit_leases SET expires_at = {now} + $4 "
        "WHERE {tenant_id} = $1 AND name = $2 AND lease = $3 AND expires_at > {now}");
    release = text("DELETE FROM limit_leases WHERE {tenant_id} = $1 AND name = $2 AND lease = $3");
    lock = text(lock_text);
    extend = text(
        "UPDATE limit_locks SET expires_at = {now} + $4 "
        "WHERE {tenant_id} = $1 AND name = $2 AND owner = $3 AND expires_at > {now}");
    unlock = text(
        "UPDATE limit_locks SET expires_at = 0 "
        "WHERE {tenant_id} = $1 AND name = $2 AND owner = $3 AND expires_at > {now}");
    next_fence = text(
        "INSERT INTO limit_locks AS l ({tenant_id}, name, fence, owner, expires_at) VALUES ($1, $2, 1, '', 0) "
        "ON CONFLICT ({tenant_id}, name) DO UPDATE SET fence = l.fence + 1 RETURNING fence");
    // $3 the longest that a value is kept: a clock that was set back must not keep it for longer.
    get = text(
        "SELECT CASE WHEN expires_at > {now} AND expires_at <= {now} + $3 THEN value END, generation "
        "FROM cache_entries WHERE {tenant_id} = $1 AND name = $2");
    put = text(
        "INSERT INTO cache_entries AS e ({tenant_id}, name, value, generation, expires_at, forget_at) "
        "VALUES ($1, $2, $3, $4, {now} + $5, {now} + $6) ON CONFLICT ({tenant_id}, name) DO UPDATE SET "
        "value = excluded.value, expires_at = excluded.expires_at, forget_at = excluded.forget_at "
        "WHERE e.generation = excluded.generation");
    invalidate = text(
        "INSERT INTO cache_entries AS e ({tenant_id}, name, value, generation, expires_at, forget_at) "
        "VALUES ($1, $2, NULL, {now}, 0, {now} + $3) ON CONFLICT ({tenant_id}, name) DO UPDATE SET value = NULL, "
        "generation = {most}(e.generation + 1, excluded.generation), expires_at = 0, forget_at = excluded.forget_at");
    forget_counters = text("DELETE FROM limit_counters WHERE {tenant_id} = $1 AND forget_at < {now} - 60000000");
    forget_leases = text("DELETE FROM limit_leases WHERE {tenant_id} = $1 AND expires_at < {now} - 60000000");
    forget_entries = text("DELETE FROM cache_entries WHERE {tenant_id} = $1 AND forget_at < {now}");
}

}  // namespace tenon::limits
