// Hooks that do nothing, for those that custom/{{snake}}_hooks.cpp does not override.
#include "hooks/{{snake}}_hooks.hpp"

namespace {{service.space}}::hooks {

using tenon::result;
using tenon::task;
using tenon::db::tenant_transaction;
using tenon::operation::context;

task<result<void>> {{snake}}_hooks::before_create(const context&, tenant_transaction&, domain::new_{{snake}}&) {
    co_return result<void>();
}

task<result<void>> {{snake}}_hooks::after_create(const context&, tenant_transaction&, const domain::{{type}}&) {
    co_return result<void>();
}

task<result<void>> {{snake}}_hooks::before_update(const context&, tenant_transaction&, const domain::{{type}}&,
    domain::{{snake}}_changes&) {
    co_return result<void>();
}

task<result<void>> {{snake}}_hooks::after_update(const context&, tenant_transaction&, const domain::{{type}}&,
    const domain::{{type}}&) {
    co_return result<void>();
}

task<result<void>> {{snake}}_hooks::before_delete(const context&, tenant_transaction&, const domain::{{type}}&) {
    co_return result<void>();
}

task<result<void>> {{snake}}_hooks::after_delete(const context&, tenant_transaction&, const domain::{{type}}&) {
    co_return result<void>();
}

}  // namespace {{service.space}}::hooks
