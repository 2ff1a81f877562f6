// Reads what is counted and what it costs: limits, plans, add-ons, meters, billing.
#include "generator/read/parts.hpp"
#include "generator/read/values.hpp"

namespace tenon::gen {

namespace {

constexpr choice<quota_window> windows[] = {{"minute", quota_window::minute}, {"hour", quota_window::hour},
                                            {"day", quota_window::day},       {"week", quota_window::week},
                                            {"month", quota_window::month},   {"year", quota_window::year}};

constexpr choice<bool> leases[] = {{"lease", true}};

void read_limit_kind(reading& in, map_reader& keys, const std::string& where, limit_spec& out) {
    const yaml_node* quota = keys.get("quota");
    const yaml_node* concurrency = keys.get("concurrency");
    const yaml_node* cooldown = keys.get("cooldown");
    const yaml_node* rows = keys.get("rows");
    const yaml_node* ttl = keys.get("ttl");
    const yaml_node* per = keys.get("per");
    const int kinds = (quota != nullptr) + (concurrency != nullptr) + (cooldown != nullptr) + (rows != nullptr);
    if (keys.is_map() && kinds != 1) {
        in.out.report(code::bad_value, out.at, where + " has to be of exactly one kind",
                      "write one of quota: month, concurrency: lease, cooldown: 30s, rows: memberships");
        return;
    }
    if (quota != nullptr) {
        out.window = read_choice<quota_window>(in, *quota, windows, "'quota' of " + where).value_or(out.window);
    } else if (concurrency != nullptr) {
        out.kind = limit_kind::concurrency;
        read_choice<bool>(in, *concurrency, leases, "'concurrency' of " + where);
        if (ttl == nullptr)
            in.out.report(code::missing_key, concurrency->at, "key 'ttl' is missing in " + where,
                          "add ttl: 10m, or a crash holds its place for ever");
    } else if (cooldown != nullptr) {
        out.kind = limit_kind::cooldown;
        out.duration = read_duration(in, *cooldown, "'cooldown' of " + where).value_or(out.duration);
        if (per != nullptr) out.per = read_scalar(in, *per, "'per' of " + where);
    } else if (rows != nullptr) {
        out.kind = limit_kind::rows;
        out.rows = read_scalar(in, *rows, "'rows' of " + where);
    }
    if (ttl != nullptr && out.kind != limit_kind::concurrency)
        in.out.report(code::option_not_for_type, ttl->at, "'ttl' means nothing for " + where,
                      "it is for concurrency: lease");
    else if (ttl != nullptr)
        out.duration = read_duration(in, *ttl, "'ttl' of " + where).value_or(out.duration);
    if (per != nullptr && out.kind != limit_kind::cooldown)
        in.out.report(code::option_not_for_type, per->at, "'per' means nothing for " + where,
                      "it is for cooldown: 30s");
}

std::vector<plan_limit> read_plan_limits(reading& in, const yaml_node& node, const std::string& where) {
    std::vector<plan_limit> out;
    if (!expect_shape(in, node, node_shape::map, "'limits' of " + where)) return out;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        const name& key = node.keys[i];
        plan_limit one{key, -1};
        const bool unlimited = node.items[i].shape == node_shape::scalar && node.items[i].text == "unlimited";
        if (!unlimited)
            one.value =
                read_integer(in, node.items[i], 0, 1'000'000'000'000, quoted(key.value) + " of " + where).value_or(0);
        out.push_back(std::move(one));
    }
    return out;
}

plan_spec read_plan(reading& in, const name& key, const yaml_node& node) {
    plan_spec out;
    out.plan_name = key;
    out.at = key.at;
    const std::string where = "plan " + quoted(key.value);
    map_reader keys(in, node, "plan", where);
    const yaml_node* cost = keys.get("price");
    if (cost != nullptr && cost->text != "free") out.cost = read_price(in, *cost, true, "'price' of " + where);
    out.is_default = read_bool(in, keys.get("default"), false, "'default' of " + where);
    if (const yaml_node* trial = keys.get("trial")) {
        out.trial = read_duration(in, *trial, "'trial' of " + where).value_or(out.trial);
        if (cost == nullptr || cost->text == "free")
            in.out.report(code::option_not_for_type, trial->at, "a free plan needs no trial", "take 'trial' out");
    }
    if (const yaml_node* limits = keys.get("limits")) out.limits = read_plan_limits(in, *limits, where);
    if (const yaml_node* features = keys.get("features"))
        out.features = read_words(in, *features, "'features' of " + where);
    for (const name& feature : out.features) check_name(in, feature, name_style::snake, "feature");
    keys.finish();
    return out;
}

std::vector<std::chrono::seconds> read_dunning(reading& in, const yaml_node& node) {
    std::vector<std::chrono::seconds> out;
    for (const yaml_node* item : read_items(in, node, "'dunning' of billing")) {
        const auto one = read_duration(in, *item, "an item of 'dunning'");
        if (!one) continue;
        if (!out.empty() && *one <= out.back())
            in.out.report(code::bad_value, item->at, "the retries of 'dunning' are in ascending order",
                          "each counts from the first failure");
        else
            out.push_back(*one);
    }
    return out;
}

}  // namespace

void read_limits(reading& in, const yaml_node& node, product_spec& out) {
    read_named(in, node, "limit", "limits", [&](const name& key, const yaml_node& one) {
        limit_spec limit;
        limit.limit_name = key;
        limit.at = key.at;
        const std::string where = "limit " + quoted(key.value);
        map_reader keys(in, one, "limit", where);
        read_limit_kind(in, keys, where, limit);
        keys.finish();
        out.limits.push_back(std::move(limit));
    });
}

void read_plans(reading& in, const yaml_node& node, product_spec& out) {
    read_named(in, node, "plan", "plans",
               [&](const name& key, const yaml_node& one) { out.plans.push_back(read_plan(in, key, one)); });
    int defaults = 0;
    for (const plan_spec& plan : out.plans) {
        if (plan.is_default && ++defaults > 1)
            in.out.report(code::default_plan, plan.at, "a second plan is the default",
                          "keep 'default: true' in one of them");
    }
    if (node.shape == node_shape::map && defaults == 0)
        in.out.report(code::default_plan, node.at, "no plan is the default",
                      "add 'default: true' to the one that new tenants start on");
}

void read_addons(reading& in, const yaml_node& node, product_spec& out) {
    read_named(in, node, "add-on", "addons", [&](const name& key, const yaml_node& one) {
        addon_spec addon;
        addon.addon_name = key;
        const std::string where = "add-on " + quoted(key.value);
        map_reader keys(in, one, "addon", where);
        if (const yaml_node* cost = keys.need("price", "price: 19.95 USD"))
            addon.cost = read_price(in, *cost, true, "'price' of " + where).value_or(price{});
        if (const yaml_node* lasts = keys.need("lasts", "lasts: 30d"))
            addon.lasts = read_duration(in, *lasts, "'lasts' of " + where).value_or(addon.lasts);
        if (const yaml_node* plan = keys.need("effective_plan", "effective_plan: pro"))
            addon.effective_plan = read_scalar(in, *plan, "'effective_plan' of " + where).value_or(name{});
        keys.finish();
        out.addons.push_back(std::move(addon));
    });
}

void read_meters(reading& in, const yaml_node& node, product_spec& out) {
    read_named(in, node, "meter", "meters", [&](const name& key, const yaml_node& one) {
        meter_spec meter;
        meter.meter_name = key;
        const std::string where = "meter " + quoted(key.value);
        map_reader keys(in, one, "meter", where);
        if (const yaml_node* cost = keys.need("price", "price: 0.10 USD"))
            meter.cost = read_price(in, *cost, false, "'price' of " + where).value_or(price{});
        keys.finish();
        out.meters.push_back(std::move(meter));
    });
}

void read_billing(reading& in, const yaml_node& node, product_spec& out) {
    static constexpr choice<billing_provider> providers[] = {{"stripe", billing_provider::stripe},
                                                             {"razorpay", billing_provider::razorpay}};
    static constexpr choice<proration_mode> modes[] = {{"immediate", proration_mode::immediate},
                                                       {"next_period", proration_mode::next_period},
                                                       {"none", proration_mode::none}};
    billing_spec billing;
    billing.at = node.at;
    map_reader keys(in, node, "billing", "billing");
    if (const yaml_node* provider = keys.need("provider", "provider: stripe"))
        billing.provider =
            read_choice<billing_provider>(in, *provider, providers, "'provider' of billing").value_or(billing.provider);
    if (const yaml_node* grace = keys.get("grace"))
        billing.grace = read_duration(in, *grace, "'grace' of billing").value_or(billing.grace);
    if (const yaml_node* dunning = keys.get("dunning")) billing.dunning = read_dunning(in, *dunning);
    if (const yaml_node* proration = keys.get("proration"))
        billing.proration =
            read_choice<proration_mode>(in, *proration, modes, "'proration' of billing").value_or(billing.proration);
    billing.ledger = read_bool(in, keys.get("ledger"), false, "'ledger' of billing");
    keys.finish();
    out.billing = std::move(billing);
}

}  // namespace tenon::gen
