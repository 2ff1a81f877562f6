// Checks the states of workflows: that each is declared, reached, and moved to by roles that exist.
#include <algorithm>

#include "generator/read/checks.hpp"

namespace tenon::gen {

namespace {

const workflow_state* find_state(const workflow_spec& flow, std::string_view state) {
    for (const workflow_state& one : flow.states) {
        if (one.state.value == state) return &one;
    }
    return nullptr;
}

std::vector<std::string> state_names(const workflow_spec& flow) {
    std::vector<std::string> out;
    for (const workflow_state& one : flow.states) out.push_back(one.state.value);
    return out;
}

void check_reachable(reading& in, const workflow_spec& flow) {
    std::set<std::string> reached;
    std::vector<const workflow_state*> pending{&flow.states.front()};
    while (!pending.empty()) {
        const workflow_state* state = pending.back();
        pending.pop_back();
        if (state == nullptr || !reached.insert(state->state.value).second) continue;
        for (const name& next : state->next) pending.push_back(find_state(flow, next.value));
    }
    for (const workflow_state& one : flow.states) {
        if (!reached.contains(one.state.value))
            in.out.report(code::bad_workflow, one.state.at,
                          "the state " + quoted(one.state.value) + " is never reached",
                          "name it among what follows another state");
    }
}

void check_flow(reading& in, const spec& all, const entity_spec& entity, const workflow_spec& flow) {
    if (const field_spec* field = find_field(entity, flow.field.value))
        in.out.report(code::bad_workflow, field->field_name.at,
                      "the workflow makes the field " + quoted(flow.field.value) + " itself", "take the field out");
    if (flow.states.empty()) return;
    for (const workflow_state& one : flow.states) {
        for (const name& next : one.next) {
            if (next.value == one.state.value)
                in.out.report(code::bad_workflow, next.at, "the state " + quoted(next.value) + " leads to itself",
                              "take it out");
            else if (find_state(flow, next.value) == nullptr)
                report_unknown(in, code::unknown_state, next, "state", state_names(flow));
        }
        if (one.who) check_role_list(in, all, one.who->roles);
    }
    if (flow.schedule && find_state(flow, flow.schedule->value) == nullptr)
        report_unknown(in, code::unknown_state, *flow.schedule, "state", state_names(flow));
    check_reachable(in, flow);
}

}  // namespace

void check_workflows(reading& in, const spec& all) {
    for (const entity_spec& entity : all.entities) {
        if (entity.workflow) check_flow(in, all, entity, *entity.workflow);
    }
}

}  // namespace tenon::gen
