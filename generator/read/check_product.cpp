// Follows references between plans, actions, agents, channels and jobs.
#include <algorithm>
#include <map>
#include <set>

#include "generator/read/checks.hpp"
#include "generator/support/naming.hpp"

namespace tenon::gen {

namespace {

using word_set = std::set<std::string>;

template <class Item>
word_set names_of(const std::vector<Item>& items, name Item::*member) {
    word_set out;
    for (const Item& item : items) out.insert((item.*member).value);
    return out;
}

class product_checker {
  public:
    product_checker(reading& in, const spec& all)
        : in_(in),
          all_(all),
          limits_(names_of(all.product.limits, &limit_spec::limit_name)),
          plans_(names_of(all.product.plans, &plan_spec::plan_name)),
          agents_(names_of(all.product.agents, &agent_spec::agent_name)),
          channels_(names_of(all.product.channels, &channel_spec::channel_name)),
          oauth_(names_of(all.product.integrations.oauth, &oauth_spec::oauth_name)) {
        for (const agent_spec& agent : all.product.agents) agent_of_.emplace(agent.agent_name.value, &agent);
        for (const auto& [entity, source] : in.entities) {
            entities_.insert(entity);
            scopes_.insert(snake_case(entity));
            tables_.insert(table_of(*source));
            routes_.emplace(route_of(*source), "entity " + quoted(entity));
        }
    }

    void check() {
        for (const limit_spec& limit : all_.product.limits) check_limit(limit);
        for (const plan_spec& plan : all_.product.plans) {
            for (const plan_limit& one : plan.limits) known(one.limit, limits_, code::unknown_limit, "limit");
        }
        for (const addon_spec& addon : all_.product.addons)
            known(addon.effective_plan, plans_, code::unknown_plan, "plan");
        for (const action_spec& action : all_.product.actions) check_action(action);
        for (const agent_spec& agent : all_.product.agents) {
            check_parameters(agent.input);
            check_parameters(agent.output);
            check_guards(agent.guards, agent.agent_name.value);
        }
        for (const channel_spec& channel : all_.product.channels) check_channel(channel);
        for (const job_spec& job : all_.product.jobs) {
            if (job.runs) known(*job.runs, agents_, code::unknown_agent, "agent");
            if (job.publishes) known(*job.publishes, channels_, code::unknown_channel, "channel");
        }
    }

  private:
    void known(const name& reference, const word_set& candidates, code id, std::string_view what) {
        if (reference.value.empty() || candidates.contains(reference.value)) return;
        std::vector<std::string> words;
        if (!in_.out.plenty()) words.assign(candidates.begin(), candidates.end());
        report_unknown(in_, id, reference, what, words);
    }

    void check_limit(const limit_spec& limit) {
        if (limit.rows) known(*limit.rows, tables_, code::unknown_entity, "table");
        if (limit.per && limit.per->value != all_.tenant.singular.value)
            known(*limit.per, scopes_, code::unknown_entity, "entity");
    }

    void check_parameters(const std::vector<parameter>& parameters) {
        for (const parameter& one : parameters) {
            const name& target = one.type.target;
            if (one.type.kind == type_kind::reference && target.value != "User")
                known(target, entities_, code::unknown_entity, "entity");
        }
    }

    void check_action(const action_spec& action) {
        check_parameters(action.input);
        check_parameters(action.output);
        check_role_list(in_, all_, action.access);
        for (const name& limit : action.consumes) known(limit, limits_, code::unknown_limit, "limit");
        if (action.runs) known(*action.runs, agents_, code::unknown_agent, "agent");
        if (!action.path.empty()) check_route(action);
    }

    void check_route(const action_spec& action) {
        const std::string rest = action.path.substr(std::string_view("/v1/").size());
        const std::string first = rest.substr(0, rest.find('/'));
        if (first == "auth" || first == "me" || first == kebab_case(all_.tenant.plural.value)) {
            in_.out.report(code::reserved_name, action.route_at, quoted("/v1/" + first) + " belongs to every service",
                           "choose another path");
            return;
        }
        const auto taken = routes_.find(action.path);
        const std::string key = std::to_string(static_cast<int>(action.method)) + " " + action.path;
        const auto [earlier, is_new] = routes_.emplace(key, "action " + quoted(action.action_name.value));
        if (taken != routes_.end() || !is_new)
            in_.out.report(code::bad_route, action.route_at,
                           "the route " + quoted(action.path) + " belongs to " + (is_new ? taken : earlier)->second,
                           "choose another path");
    }

    /// A guard is an agent with `pass: bool` in its output.
    void check_guards(const std::vector<name>& guards, const std::string& guarded) {
        for (const name& guard : guards) {
            known(guard, agents_, code::unknown_agent, "agent");
            const auto agent = agent_of_.find(guard.value);
            if (guard.value == guarded)
                in_.out.report(code::bad_guard, guard.at, "agent " + quoted(guarded) + " cannot guard itself",
                               "name another agent");
            else if (agent != agent_of_.end() && !decides(*agent->second))
                in_.out.report(code::bad_guard, guard.at, "agent " + quoted(guard.value) + " cannot be a guard",
                               "its output needs 'pass: bool'");
        }
    }

    static bool decides(const agent_spec& agent) {
        return std::any_of(agent.output.begin(), agent.output.end(), [](const parameter& one) {
            return one.parameter_name.value == "pass" && one.type.kind == type_kind::boolean && !one.type.optional &&
                   !one.type.array;
        });
    }

    void check_channel(const channel_spec& channel) {
        known(channel.publishes, entities_, code::unknown_entity, "entity");
        check_guards(channel.guards, "");
        if (channel.oauth) known(*channel.oauth, oauth_, code::unknown_oauth, "OAuth integration");
    }

    reading& in_;
    const spec& all_;
    word_set limits_, plans_, agents_, channels_, oauth_, entities_;
    word_set tables_{"memberships", "invitations", "api_keys"};
    word_set scopes_{"user"};
    std::map<std::string, const agent_spec*> agent_of_;
    std::map<std::string, std::string> routes_;  ///< Who has which: of an entity all methods, of an action one.
};

}  // namespace

void check_product(reading& in, const spec& all) {
    product_checker(in, all).check();
}

}  // namespace tenon::gen
