{{!tenon seeded}}
// Your own rules for {{plural_lower_title}}: override the hooks you need; hooks/{{snake}}_hooks.hpp explains each.
#include "hooks/{{snake}}_hooks.hpp"

#include "custom/hooks.hpp"

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

/// What the hooks need of `shared`, see custom/parts.hpp, is handed to their constructor here.
std::unique_ptr<hooks::{{snake}}_hooks> make_{{snake}}_hooks([[maybe_unused]] parts& shared) {
    return std::make_unique<hooks::{{snake}}_hooks_in_use<{{snake}}_hooks>>();
}

}  // namespace {{service.space}}::custom
