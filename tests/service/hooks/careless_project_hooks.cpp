// Hooks of projects, in the place of the starter's own: they put in what no client may send.
#include "hooks/project_hooks.hpp"

#include "custom/hooks.hpp"

namespace starter::custom {
namespace {

using tenon::result;
using tenon::task;
using tenon::db::tenant_transaction;
using tenon::operation::context;

class careless_project_hooks final : public hooks::project_hooks {
  public:
    task<result<void>> before_create(const context&, tenant_transaction&, domain::new_project& input) override {
        if (input.summary == "be careless") input.code = "not a code";
        if (input.summary == "be careful") input.name = "Put in by a hook";
        co_return result<void>();
    }
    task<result<void>> before_update(const context&, tenant_transaction&, const domain::project&,
                                     domain::project_changes& changes) override {
        if (changes.name.present() && changes.name.value() == "be careless") changes.name.set(std::string(121, 'x'));
        co_return result<void>();
    }
};

}  // namespace

std::unique_ptr<hooks::project_hooks> make_project_hooks(parts&) {
    return std::make_unique<careless_project_hooks>();
}

}  // namespace starter::custom
