{{!tenon seeded}}
// Your own rules for {{plural_lower_title}}: override the hooks you need; hooks/{{snake}}_hooks.hpp explains each.
#include "hooks/{{snake}}_hooks.hpp"

#include "custom/parts.hpp"

namespace {{service.space}}::custom {

namespace {

class {{snake}}_hooks : public hooks::{{snake}}_hooks {
  public:
    // For example:
    //
    // tenon::task<tenon::result<void>> before_delete(const tenon::operation::context& who,
    //     tenon::db::tenant_transaction&, const domain::{{type}}& current) override {
    //     if (current.created_by != who.user()) {
    //         co_return tenon::error(tenon::errc::forbidden, "Only its creator may delete this {{lower_title}}.");
    //     }
    //     co_return tenon::result<void>();
    // }
};

}  // namespace

}  // namespace {{service.space}}::custom

// What the hooks need of custom/parts.hpp they are given here: "…_in_use<custom::{{snake}}_hooks>>(shared.clock)".
std::unique_ptr<{{service.space}}::hooks::{{snake}}_hooks> {{service.space}}::hooks::make_{{snake}}_hooks(
    custom::parts&) {
    return std::make_unique<{{snake}}_hooks_in_use<custom::{{snake}}_hooks>>();
}
