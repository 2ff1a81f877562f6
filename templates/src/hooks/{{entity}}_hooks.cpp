// Hooks that do nothing, for those that custom/{{snake}}_hooks.cpp does not override.
#include "hooks/{{snake}}_hooks.hpp"

namespace {{service.space}}::hooks {

using tenon::result;
using tenon::task;
using tenon::db::tenant_transaction;
using tenon::service::tenant_call;

task<result<void>> {{snake}}_hooks::before_create(tenant_call&, tenant_transaction&, domain::new_{{snake}}&) {
    co_return result<void>();
}

task<result<void>> {{snake}}_hooks::after_create(tenant_call&, tenant_transaction&, const domain::{{type}}&) {
    co_return result<void>();
}

task<result<void>> {{snake}}_hooks::before_update(tenant_call&, tenant_transaction&, const domain::{{type}}&,
    domain::{{snake}}_changes&) {
    co_return result<void>();
}

task<result<void>> {{snake}}_hooks::after_update(tenant_call&, tenant_transaction&, const domain::{{type}}&,
    const domain::{{type}}&) {
    co_return result<void>();
}

task<result<void>> {{snake}}_hooks::before_delete(tenant_call&, tenant_transaction&, const domain::{{type}}&) {
    co_return result<void>();
}

task<result<void>> {{snake}}_hooks::after_delete(tenant_call&, tenant_transaction&, const domain::{{type}}&) {
    co_return result<void>();
}

}  // namespace {{service.space}}::hooks
