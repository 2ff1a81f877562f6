// The parts of the spec beyond entities and roles: limits, plans, billing, actions, agents, publishing, jobs,
// deployment.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "generator/support/source.hpp"
#include "generator/types/field_type.hpp"

namespace tenon::gen {

enum class on_delete_rule { restrict_, cascade, set_null };

/// A value written in the spec, or (`env:NAME`) the name of the environment variable that has it at run time.
struct setting {
    std::string value;
    bool from_environment = false;
    source_range at;
};

enum class price_period { once, day, week, month, year };

/// An amount of money. `micros` are millionths of the currency's unit, so that 0.0004 USD a token can be said;
/// whatever is charged as such (plans, add-ons) is a whole number of minor units.
struct price {
    std::int64_t micros = 0;
    std::string currency;  ///< ISO 4217, three capitals.
    price_period period = price_period::once;
    source_range at;
};

enum class limit_kind { quota, concurrency, cooldown, rows };
enum class quota_window { minute, hour, day, week, month, year };

/// Something that can be counted. Which members have a meaning depends on `kind`.
struct limit_spec {
    name limit_name;
    limit_kind kind = limit_kind::quota;
    quota_window window = quota_window::month;  ///< quota
    std::chrono::seconds duration{};            ///< concurrency: lease time; cooldown: its length
    std::optional<name> per;                    ///< cooldown: an entity in snake_case, or user, or tenant
    std::optional<name> rows;                   ///< rows: the plural (table) that is counted
    source_range at;
};

struct plan_limit {
    name limit;
    std::int64_t value = 0;  ///< -1: unlimited
};

struct plan_spec {
    name plan_name;
    std::optional<price> cost;  ///< Unset: free.
    bool is_default = false;
    std::chrono::seconds trial{};
    std::vector<plan_limit> limits;
    std::vector<name> features;
    source_range at;
};

struct addon_spec {
    name addon_name;
    price cost;
    std::chrono::seconds lasts{};
    name effective_plan;
};

struct meter_spec {
    name meter_name;
    price cost;
};

enum class billing_provider { stripe, razorpay };
enum class proration_mode { immediate, next_period, none };

struct billing_spec {
    billing_provider provider = billing_provider::stripe;
    std::chrono::seconds grace{};
    std::vector<std::chrono::seconds> dunning;  ///< Ascending, counted from the first failure.
    proration_mode proration = proration_mode::immediate;
    bool ledger = false;
    source_range at;
};

/// One value that goes into or comes out of an action or agent.
struct parameter {
    name parameter_name;
    field_type type;
};

enum class http_method { get, post, put, patch, delete_ };

struct action_spec {
    name action_name;
    http_method method = http_method::post;
    std::string path;  ///< From "/v1/"; `{name}` parts are parameters.
    source_range route_at;
    std::vector<parameter> input;
    std::vector<parameter> output;
    std::vector<name> access;    ///< Roles; empty: every member.
    std::vector<name> consumes;  ///< Limits.
    std::optional<name> queue;   ///< `async:`; unset: answered at once.
    std::optional<name> runs;    ///< An agent; unset: the body is the user's own code.
    source_range at;
};

struct agent_caps {
    std::optional<std::int64_t> output_tokens;
    std::optional<std::chrono::seconds> time;
    std::optional<int> retries;
    std::optional<price> cost;
};

struct agent_spec {
    name agent_name;
    name provider;
    name model;
    name prompt;  ///< A path relative to the spec, without `..`.
    std::vector<parameter> input;
    std::vector<parameter> output;
    std::vector<name> guards;  ///< Agents whose output has a `pass: bool`.
    agent_caps caps;
    source_range at;
};

struct channel_cooldown {
    name scope;  ///< "thread", "author", …
    std::chrono::seconds duration{};
};

struct channel_spec {
    name channel_name;
    name publishes;  ///< An entity.
    std::vector<channel_cooldown> cooldowns;
    std::vector<name> guards;
    std::optional<name> oauth;  ///< A name under `integrations: oauth:`.
    source_range at;
};

enum class job_scope { service, tenant };

struct job_spec {
    name job_name;
    std::optional<name> queue;
    std::optional<name> schedule;  ///< Five cron fields, UTC.
    job_scope per = job_scope::service;
    std::optional<std::chrono::seconds> lock;
    std::optional<name> runs;       ///< An agent; unset: the user's own code.
    std::optional<name> publishes;  ///< A channel.
    source_range at;
};

struct webhook_spec {
    name webhook_name;
    name verify;  ///< How the sender proves itself: telegram_secret, stripe, …
    name runs;    ///< The hook in the user's own code.
};

struct oauth_spec {
    name oauth_name;
    std::vector<name> scopes;
    bool pkce = true;
};

struct integrations_spec {
    std::vector<oauth_spec> oauth;
    std::optional<name> storage;  ///< s3
    std::optional<name> email;    ///< smtp
    std::optional<setting> sentry;
    std::optional<setting> otlp;
};

/// Everything else a product may be given. Empty parts were not in the spec.
struct product_spec {
    std::vector<limit_spec> limits;
    std::vector<plan_spec> plans;
    std::vector<addon_spec> addons;
    std::vector<meter_spec> meters;
    std::optional<billing_spec> billing;
    std::vector<action_spec> actions;
    std::vector<agent_spec> agents;
    std::vector<channel_spec> channels;
    std::vector<job_spec> jobs;
    std::vector<webhook_spec> webhooks;
    integrations_spec integrations;
    std::vector<name> deploy;
    bool console = false;
};

}  // namespace tenon::gen
