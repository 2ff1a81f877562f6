// Text, put together.
#include "records/sql.hpp"

#include "db/backend.hpp"

namespace tenon::records {

std::string quoted(std::string_view name) {
    return "\"" + std::string(name) + "\"";
}

std::string and_also(std::string_view condition) {
    return condition.empty() ? std::string() : " AND " + std::string(condition);
}

std::string change(const kind& of, std::string_view changes, std::string_view now, std::string_view where) {
    std::string out = "UPDATE " + quoted(of.table) + " SET ";
    out.append(changes).append(R"(, "updated_at" = )").append(now).append(R"(, "version" = "version" + 1 WHERE )");
    return out.append(of_tenant).append(and_also(where));
}

std::string ids_where(const kind& of, std::string_view where) {
    return R"(SELECT "id" FROM )" + quoted(of.table) + " WHERE " + std::string(of_tenant) + and_also(where);
}

std::string_view locking(const db::tenant_transaction& open, std::string_view lock) {
    return db::tenant_access::dialect(open) == "postgres" ? lock : std::string_view();
}

task<result<void>> plan_for_any_tenant(db::tenant_transaction& open) {
    if (db::tenant_access::dialect(open) == "sqlite") co_return result<void>();
    const std::string text =
        "SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true)";
    CO_TRY(co_await db::tenant_access::query_without_tenant(open, text));
    co_return result<void>();
}

}  // namespace tenon::records
