// Reads what happens beyond plain records: actions, agents, channels, jobs, webhooks.
#include "generator/read/parts.hpp"
#include "generator/read/values.hpp"

namespace tenon::gen {

namespace {

/// One key that holds a word.
std::optional<name> word(reading& in, map_reader& keys, std::string_view key) {
    const yaml_node* given = keys.get(key);
    if (given == nullptr) return std::nullopt;
    return read_scalar(in, *given, "'" + std::string(key) + "' of " + keys.where());
}

name needed_word(reading& in, map_reader& keys, std::string_view key, std::string_view example) {
    const yaml_node* given = keys.need(key, example);
    if (given == nullptr) return {};
    return read_scalar(in, *given, "'" + std::string(key) + "' of " + keys.where()).value_or(name{});
}

std::vector<name> words(reading& in, map_reader& keys, std::string_view key) {
    const yaml_node* given = keys.get(key);
    if (given == nullptr) return {};
    return read_words(in, *given, "'" + std::string(key) + "' of " + keys.where());
}

std::vector<parameter> parameters(reading& in, map_reader& keys, std::string_view key) {
    const yaml_node* given = keys.get(key);
    if (given == nullptr) return {};
    return read_parameters(in, *given, "'" + std::string(key) + "' of " + keys.where());
}

action_spec read_action(reading& in, const name& key, const yaml_node& node) {
    action_spec out;
    out.action_name = key;
    out.at = key.at;
    map_reader keys(in, node, "action", "action " + quoted(key.value));
    if (const yaml_node* given = keys.need("route", "route: POST /v1/" + key.value)) {
        if (auto found = read_route(in, *given, "'route' of " + keys.where())) {
            out.method = found->method;
            out.path = std::move(found->path);
            out.route_at = found->at;
        }
    }
    out.input = parameters(in, keys, "input");
    out.output = parameters(in, keys, "output");
    if (keys.need("access", "access: member") != nullptr) out.access = words(in, keys, "access");
    out.consumes = words(in, keys, "consumes");
    out.queue = word(in, keys, "async");
    if (out.queue) check_name(in, *out.queue, name_style::snake, "queue");
    out.runs = word(in, keys, "runs");
    keys.finish();
    return out;
}

agent_caps read_caps(reading& in, const yaml_node& node, const std::string& where) {
    agent_caps out;
    map_reader keys(in, node, "caps", "'caps' of " + where);
    if (const yaml_node* tokens = keys.get("output_tokens"))
        out.output_tokens = read_integer(in, *tokens, 1, 1'000'000, "'output_tokens' of " + where);
    if (const yaml_node* time = keys.get("time")) out.time = read_duration(in, *time, "'time' of " + where);
    if (const yaml_node* retries = keys.get("retries")) {
        if (const auto count = read_integer(in, *retries, 0, 10, "'retries' of " + where))
            out.retries = static_cast<int>(*count);
    }
    if (const yaml_node* cost = keys.get("cost")) out.cost = read_price(in, *cost, false, "'cost' of " + where);
    keys.finish();
    return out;
}

agent_spec read_agent(reading& in, const name& key, const yaml_node& node) {
    agent_spec out;
    out.agent_name = key;
    out.at = key.at;
    map_reader keys(in, node, "agent", "agent " + quoted(key.value));
    out.provider = needed_word(in, keys, "provider", "provider: openai");
    if (!out.provider.value.empty()) check_name(in, out.provider, name_style::snake, "provider");
    out.model = needed_word(in, keys, "model", "model: gpt-4o-mini");
    if (const yaml_node* prompt = keys.need("prompt", "prompt: prompts/" + key.value + ".md"))
        out.prompt = read_path(in, *prompt, "'prompt' of " + keys.where()).value_or(name{});
    out.input = parameters(in, keys, "input");
    if (keys.need("output", "output: {text: text}") != nullptr) out.output = parameters(in, keys, "output");
    out.guards = words(in, keys, "guards");
    if (const yaml_node* caps = keys.get("caps")) out.caps = read_caps(in, *caps, keys.where());
    keys.finish();
    return out;
}

channel_spec read_channel(reading& in, const name& key, const yaml_node& node) {
    channel_spec out;
    out.channel_name = key;
    out.at = key.at;
    map_reader keys(in, node, "channel", "channel " + quoted(key.value));
    out.publishes = needed_word(in, keys, "publishes", "publishes: Draft");
    if (const yaml_node* cooldown = keys.get("cooldown"))
        read_named(in, *cooldown, "cooldown", "'cooldown' of " + keys.where(),
                   [&](const name& scope, const yaml_node& one) {
                       const auto duration = read_duration(in, one, "'cooldown' of " + keys.where());
                       if (duration) out.cooldowns.push_back({scope, *duration});
                   });
    out.guards = words(in, keys, "guards");
    out.oauth = word(in, keys, "oauth");
    keys.finish();
    return out;
}

job_spec read_job(reading& in, const name& key, const yaml_node& node) {
    static constexpr choice<job_scope> scopes[] = {{"service", job_scope::service}, {"tenant", job_scope::tenant}};
    job_spec out;
    out.job_name = key;
    out.at = key.at;
    map_reader keys(in, node, "job", "job " + quoted(key.value));
    out.queue = word(in, keys, "queue");
    if (out.queue && out.queue->value != "default") check_name(in, *out.queue, name_style::snake, "queue");
    if (const yaml_node* schedule = keys.get("schedule"))
        out.schedule = read_schedule(in, *schedule, "'schedule' of " + keys.where());
    if (const yaml_node* per = keys.get("per"))
        out.per = read_choice<job_scope>(in, *per, scopes, "'per' of " + keys.where()).value_or(out.per);
    if (const yaml_node* lock = keys.get("lock")) out.lock = read_duration(in, *lock, "'lock' of " + keys.where());
    out.runs = word(in, keys, "runs");
    out.publishes = word(in, keys, "publishes");
    keys.finish();
    return out;
}

}  // namespace

void read_actions(reading& in, const yaml_node& node, product_spec& out) {
    read_named(in, node, "action", "actions",
               [&](const name& key, const yaml_node& one) { out.actions.push_back(read_action(in, key, one)); });
}

void read_agents(reading& in, const yaml_node& node, product_spec& out) {
    read_named(in, node, "agent", "agents",
               [&](const name& key, const yaml_node& one) { out.agents.push_back(read_agent(in, key, one)); });
}

void read_channels(reading& in, const yaml_node& node, product_spec& out) {
    read_named(in, node, "channel", "channels",
               [&](const name& key, const yaml_node& one) { out.channels.push_back(read_channel(in, key, one)); });
}

void read_jobs(reading& in, const yaml_node& node, product_spec& out) {
    read_named(in, node, "job", "jobs",
               [&](const name& key, const yaml_node& one) { out.jobs.push_back(read_job(in, key, one)); });
}

void read_webhooks(reading& in, const yaml_node& node, product_spec& out) {
    static constexpr choice<bool> proofs[] = {
        {"telegram_secret", true}, {"stripe", true}, {"razorpay", true}, {"hmac_sha256", true}, {"qstash", true}};
    read_named(in, node, "webhook", "webhooks", [&](const name& key, const yaml_node& one) {
        webhook_spec hook;
        hook.webhook_name = key;
        map_reader keys(in, one, "webhook", "webhook " + quoted(key.value));
        hook.verify = needed_word(in, keys, "verify", "verify: telegram_secret");
        if (const yaml_node* verify = keys.get("verify"); verify != nullptr && !hook.verify.value.empty())
            read_choice<bool>(in, *verify, proofs, "'verify' of " + keys.where());
        hook.runs = needed_word(in, keys, "runs", "runs: store_" + key.value);
        if (!hook.runs.value.empty()) check_name(in, hook.runs, name_style::snake, "hook");
        keys.finish();
        out.webhooks.push_back(std::move(hook));
    });
}

}  // namespace tenon::gen
