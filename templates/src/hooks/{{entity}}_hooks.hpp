// What can be done around changes of {{plural_lower_title}}. Override what you need in custom/{{snake}}_hooks.cpp.
#pragma once

#include "domain/{{snake}}.hpp"

#include <tenon/core/overrides.hpp>
#include <tenon/core/task.hpp>
#include <tenon/db/session.hpp>
#include <tenon/operation/context.hpp>

namespace {{service.space}}::hooks {

/// Every hook runs inside the transaction of the change: what it writes through `open` is kept or rolled back with it,
/// and the error it returns refuses the change and is the answer. What is changed before a create or an update is
/// validated again, as if the client had sent it; only a ref may then lead to what the client may not read. Calls to
/// the outside world do not belong here, nor do operations: they have transactions of their own, which may wait for
/// this one. Those around a deletion run for the record that is to be deleted: not for what goes along with it, and not
/// for restores and purges. One object serves all event loops at once: what changes in it needs a lock.
///
/// In a coroutine name what you pass on, and await one thing in a statement: g++ 12 destroys temporaries inside of a
/// `co_await` twice.
class {{snake}}_hooks {
  public:
    virtual ~{{snake}}_hooks() = default;

    virtual tenon::task<tenon::result<void>> before_create(const tenon::operation::context& who,
        tenon::db::tenant_transaction& open, domain::new_{{snake}}& input);
    virtual tenon::task<tenon::result<void>> after_create(const tenon::operation::context& who,
        tenon::db::tenant_transaction& open, const domain::{{type}}& created);
    virtual tenon::task<tenon::result<void>> before_update(const tenon::operation::context& who,
        tenon::db::tenant_transaction& open, const domain::{{type}}& current,
        domain::{{snake}}_changes& changes);
    virtual tenon::task<tenon::result<void>> after_update(const tenon::operation::context& who,
        tenon::db::tenant_transaction& open, const domain::{{type}}& before, const domain::{{type}}& after);
    virtual tenon::task<tenon::result<void>> before_delete(const tenon::operation::context& who,
        tenon::db::tenant_transaction& open, const domain::{{type}}& current);
    virtual tenon::task<tenon::result<void>> after_delete(const tenon::operation::context& who,
        tenon::db::tenant_transaction& open, const domain::{{type}}& deleted);

    /// What nothing follows is committed in the trip that brings it. `{{snake}}_hooks_in_use` knows.
    virtual bool act_after_create() const { return true; }
    virtual bool act_around_update() const { return true; }
};

/// `Custom`, a set of hooks, and which of them it overrides. custom/{{snake}}_hooks.cpp makes the one in use.
template <class Custom>
class {{snake}}_hooks_in_use final : public Custom {
  public:
    using Custom::Custom;
    bool act_after_create() const override {
        return tenon::overrides<&Custom::after_create, &{{snake}}_hooks::after_create>;
    }
    bool act_around_update() const override {
        constexpr bool before = tenon::overrides<&Custom::before_update, &{{snake}}_hooks::before_update>;
        constexpr bool after = tenon::overrides<&Custom::after_update, &{{snake}}_hooks::after_update>;
        return before || after;
    }
};

}  // namespace {{service.space}}::hooks
