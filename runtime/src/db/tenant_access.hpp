// The runtime's own statements inside a tenant's transaction.
#pragma once

#include <string_view>

#include <tenon/db/session.hpp>

#include "db/own_session.hpp"

namespace tenon::db {

struct tenant_access {
    static const tenant_names& names(const tenant_transaction& open) { return open.session_.backend_->tenants(); }
    static std::string_view dialect(const tenant_transaction& open) { return open.session_.backend_->dialect(); }
    /// `text` may use {tenants} and {tenant_id}; $1 is the tenant.
    static task<result<rows>> query(tenant_transaction& open, std::string_view text, values parameters) {
        const tenant_session& session = open.session_;
        statement asked(with_names(text, names(open)), std::move(parameters), session.tenant_, session.deadline_);
        asked.caller = session.caller_.value;
        return open.open_->run(std::move(asked));
    }
    /// For what is in no tenant: tables of the connection.
    static task<result<rows>> query_without_tenant(tenant_transaction& open, std::string text) {
        const tenant_session& session = open.session_;
        statement asked(std::move(text), {}, session.tenant_, session.deadline_);
        asked.tenant.reset();
        asked.caller = session.caller_.value;
        return open.open_->run(std::move(asked));
    }
};

}  // namespace tenon::db
