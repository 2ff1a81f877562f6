// A program that does what the starter's HTTP clients do, by the operations alone: one command, one line of outcome.
//   do_projects DATABASE TENANT USER ROLE create_project NAME CODE SUMMARY [KEY]
//   do_projects DATABASE TENANT USER ROLE create_task PROJECT TITLE
//   do_projects DATABASE TENANT USER ROLE get_project ID
// TENANT and USER are ids, ROLE the number of a role; TOKEN_SECRET is the service's.
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <tenon/loop/event_loop.hpp>
#include <tenon/operation/once.hpp>

#include "access/permissions.hpp"
#include "claims/store.hpp"
#include "crypto/digest.hpp"
#include "custom/hooks.hpp"
#include "databases/open.hpp"
#include "hooks/project_hooks.hpp"
#include "hooks/task_hooks.hpp"
#include "limits/limiter_parts.hpp"
#include "operation/surroundings.hpp"
#include "operations/project_operations.hpp"
#include "operations/task_operations.hpp"

namespace {

using namespace starter;
using tenon::result;
using tenon::task;
using tenon::operation::context;
using words = std::vector<std::string>;

template <class Entity>
tenon::id<Entity> id_of(const std::string& text) {
    return tenon::id<Entity>::parse(text).value_or(tenon::id<Entity>());
}

template <class Entity>
void show(const char* what, const Entity& record, const std::string& title) {
    std::cout << what << ' ' << record.id.to_string() << ' ' << record.version << ' ' << title << '\n';
}

int refuse(const tenon::error& why) {
    std::string pointers;
    for (const auto& each : why.fields) pointers += (pointers.empty() ? "" : ",") + each.pointer;
    const std::string code(tenon::name_of(why.code));
    std::cout << "refused " << code << ' ' << (why.kind.empty() ? code : why.kind) << ' ' << pointers << '\n';
    return 0;
}

task<result<domain::project>> create_once(const context& who, domain::new_project input, std::string key) {
    const std::string content = input.name + '\n' + input.code + '\n' + input.summary.value_or("");
    tenon::operation::once<domain::project> own(who, "create_project", key, content);
    CO_TRY_ASSIGN(const auto before, co_await own.take());
    if (before) co_return co_await operations::get_project(who, *before);
    auto made = co_await operations::create_project(who, std::move(input), &own);
    co_await own.end();
    co_return made;
}

task<void> create_project(const context& who, const words& arguments) {
    domain::new_project input;
    input.name = arguments.at(0);
    input.code = arguments.at(1);
    input.summary = arguments.at(2);
    auto making = arguments.size() > 3 ? create_once(who, std::move(input), arguments[3])
                                       : operations::create_project(who, std::move(input));
    const auto made = co_await making;
    made ? show("created", *made, made->name) : (void)refuse(made.error());
}

task<void> create_task(const context& who, const words& arguments) {
    domain::new_task input;
    input.project_id = id_of<domain::project>(arguments.at(0));
    input.title = arguments.at(1);
    const auto made = co_await operations::create_task(who, std::move(input));
    made ? show("created", *made, made->title) : (void)refuse(made.error());
}

task<void> get_project(const context& who, const words& arguments) {
    const auto found = co_await operations::get_project(who, id_of<domain::project>(arguments.at(0)));
    found ? show("found", *found, found->name) : (void)refuse(found.error());
}

task<void> act(const context& who, const std::string& what, const words& arguments) {
    if (what == "create_project") return create_project(who, arguments);
    if (what == "create_task") return create_task(who, arguments);
    return get_project(who, arguments);
}

tenon::tenant_names tenants() {
    tenon::tenant_names out;
    out.singular = "workspace";
    out.table = "workspaces";
    out.column = "workspace_id";
    return out;
}

}  // namespace

int main(int count, char** values) {
    const words arguments(values + 1, values + count);
    if (arguments.size() < 6) return 2;
    auto database = tenon::db::open(arguments[0]);
    if (!database) return refuse(database.error());
    (*database)->name_tenants(tenants());

    tenon::claims::settings keys_of;
    keys_of.tenant = tenants();
    const char* const configured = std::getenv("TOKEN_SECRET");
    keys_of.token_secret = tenon::secret(configured ? configured : "");
    const tenon::claims::store keys(keys_of, **database);
    tenon::observe::metrics metrics;
    const tenon::paging::cursor_codec cursors("of this program");
    tenon::limits::limiter limits(tenon::limits::make_parts(tenon::limits::settings(), **database, nullptr, metrics));
    const tenon::operation::registry parts;
    custom::parts shared{custom::settings()};
    tenon::operation::product_parts of_product;
    of_product.add(custom::make_project_hooks(shared));
    of_product.add(custom::make_task_hooks(shared));
    const tenon::operation::surroundings all(**database, access::policy(), cursors, limits, metrics, keys, parts,
                                             of_product);

    const auto role = static_cast<std::uint16_t>(std::stoi(arguments[3]));
    const context who(all, *tenon::tenant_id::parse(arguments[1]), *tenon::user_id::parse(arguments[2]), role,
                      tenon::operation::means::program, std::chrono::steady_clock::now() + std::chrono::seconds(20));
    tenon::run_blocking(act(who, arguments[4], words(arguments.begin() + 5, arguments.end())));
    return 0;
}
