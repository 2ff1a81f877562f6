// What a good spec becomes: every construct lands in its typed place, with where it was written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "generator/support/text.hpp"
#include "tests/unit/generator/read/support.hpp"

namespace tenon::gen::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

read_options everything() {
    read_options options;
    options.accept_unsupported = true;
    return options;
}

std::vector<std::string> words(const std::vector<name>& names) {
    std::vector<std::string> out;
    for (const name& one : names) out.push_back(one.value);
    return out;
}

const entity_spec& entity_of(const spec& all, std::string_view wanted) {
    for (const entity_spec& one : all.entities) {
        if (one.entity_name.value == wanted) return one;
    }
    throw std::out_of_range(std::string(wanted));
}

const field_spec& field_of(const spec& all, std::string_view entity, std::string_view wanted) {
    for (const field_spec& one : entity_of(all, entity).fields) {
        if (one.field_name.value == wanted) return one;
    }
    throw std::out_of_range(std::string(wanted));
}

class whole_language_test : public testing::Test {
  protected:
    std::string text_ = whole_language();
    spec all_ = must_read(text_, everything());
};

TEST_F(whole_language_test, service_tenant_and_auth) {
    EXPECT_EQ(all_.service.service_name.value, "reel");
    EXPECT_EQ(all_.service.title, "Reel Content");
    EXPECT_EQ(all_.service.version, "1.2.3");
    EXPECT_EQ(all_.tenant.plural.value, "workspaces");
    EXPECT_EQ(all_.auth.tokens.access, 15min);
    EXPECT_EQ(all_.auth.tokens.refresh, 24h * 30);
    EXPECT_EQ(all_.auth.totp, totp_mode::optional);
    ASSERT_EQ(all_.auth.issuers.size(), 1U);
    EXPECT_TRUE(all_.auth.issuers[0].jwks_url.from_environment);
    EXPECT_EQ(all_.auth.issuers[0].jwks_url.value, "JWKS_URL");
    ASSERT_EQ(all_.roles.size(), 3U);
    EXPECT_THAT(words(all_.roles[0].inherits), ElementsAre("admin"));
}

TEST_F(whole_language_test, entities_and_their_options) {
    EXPECT_EQ(entity_of(all_, "User").extends, extended_entity::user);
    EXPECT_EQ(entity_of(all_, "Workspace").extends, extended_entity::tenant);
    const entity_spec& campaign = entity_of(all_, "Campaign");
    EXPECT_EQ(campaign.plural->value, "campaign_list");
    EXPECT_EQ(campaign.was->value, "Project");
    EXPECT_TRUE(campaign.soft_delete);
    ASSERT_EQ(campaign.uniques.size(), 2U);
    EXPECT_THAT(words(campaign.uniques[0].columns), ElementsAre("title", "starts"));
    EXPECT_THAT(words(campaign.uniques[1].columns), ElementsAre("code"));
    EXPECT_THAT(words(campaign.access.update->roles), ElementsAre("admin"));
    EXPECT_TRUE(campaign.access.update->creator);
    EXPECT_TRUE(campaign.access.remove->roles.empty());
    EXPECT_FALSE(campaign.access.remove->creator);
    EXPECT_THAT(words(campaign.list.search), ElementsAre("title"));
}

TEST_F(whole_language_test, types_bounds_and_defaults) {
    const field_spec& title = field_of(all_, "Campaign", "title");
    EXPECT_EQ(title.type.kind, type_kind::string);
    EXPECT_EQ(title.type.min->integer, 1);
    EXPECT_EQ(title.type.max->integer, 120);
    EXPECT_TRUE(title.unique);
    EXPECT_EQ(title.example->value, "Summer");
    EXPECT_EQ(field_of(all_, "Campaign", "starts").initial->kind, default_kind::now);
    const field_spec& price = field_of(all_, "Campaign", "price");
    EXPECT_EQ(price.type.currency, "EUR");
    EXPECT_EQ(price.initial->integer, 595);
    EXPECT_DOUBLE_EQ(field_of(all_, "Campaign", "weight").initial->number, 0.5);
    EXPECT_FALSE(field_of(all_, "Campaign", "rank").type.min.has_value());
    const field_spec& ratio = field_of(all_, "Draft", "ratio");
    EXPECT_EQ(ratio.type.precision, 14);
    EXPECT_EQ(ratio.type.scale, 2);
    EXPECT_EQ(ratio.initial->integer, 0);
    const field_spec& kinds = field_of(all_, "Draft", "kinds");
    EXPECT_TRUE(kinds.type.array);
    EXPECT_TRUE(kinds.type.optional);
    EXPECT_THAT(words(kinds.type.values), ElementsAre("a", "b"));
    const field_type& visibility = field_of(all_, "Draft", "visibility").type;
    EXPECT_THAT(words(visibility.values), ElementsAre("public", "private"));
    ASSERT_EQ(visibility.renamed.size(), 1U);
    EXPECT_EQ(visibility.values[visibility.renamed[0].value].value, "private");
    EXPECT_EQ(visibility.renamed[0].was.value, "hidden");
    EXPECT_EQ(field_of(all_, "Draft", "tags").max_items, 10);
    EXPECT_EQ(field_of(all_, "Draft", "tags").initial->kind, default_kind::empty_list);
}

TEST_F(whole_language_test, relations) {
    const field_spec& campaign = field_of(all_, "Draft", "campaign");
    EXPECT_EQ(campaign.type.target.value, "Campaign");
    EXPECT_TRUE(campaign.type.optional);
    EXPECT_EQ(campaign.on_delete, on_delete_rule::set_null);
    EXPECT_EQ(campaign.was->value, "project");
    EXPECT_EQ(field_of(all_, "Draft", "replies").type.via->value, "parent");
    EXPECT_EQ(field_of(all_, "Campaign", "drafts").type.kind, type_kind::has_many);
}

TEST_F(whole_language_test, workflow) {
    const workflow_spec& flow = *entity_of(all_, "Draft").workflow;
    EXPECT_EQ(flow.field.value, "status");
    ASSERT_EQ(flow.states.size(), 5U);
    EXPECT_THAT(words(flow.states[1].next), ElementsAre("approved", "rejected"));
    EXPECT_TRUE(flow.states[3].who->creator);
    EXPECT_TRUE(flow.states[4].next.empty());
    EXPECT_EQ(flow.schedule->value, "published");
}

TEST_F(whole_language_test, limits_plans_and_prices) {
    const product_spec& product = all_.product;
    EXPECT_EQ(product.limits[2].kind, limit_kind::concurrency);
    EXPECT_EQ(product.limits[2].duration, 10min);
    EXPECT_EQ(product.limits[3].per->value, "draft");
    EXPECT_FALSE(product.plans[0].cost.has_value());
    EXPECT_EQ(product.plans[1].cost->micros, 5'950'000);
    EXPECT_EQ(product.plans[1].cost->period, price_period::month);
    EXPECT_EQ(product.plans[2].limits[0].value, -1);
    EXPECT_EQ(product.plans[2].trial, 24h * 14);
    EXPECT_EQ(product.addons[0].effective_plan.value, "pro");
    EXPECT_EQ(product.meters[0].cost.micros, 400);
    EXPECT_THAT(product.billing->dunning, ElementsAre(24h, 72h, 168h));
}

TEST_F(whole_language_test, actions_agents_and_the_rest) {
    const product_spec& product = all_.product;
    EXPECT_EQ(product.actions[0].path, "/v1/regenerate/{draft}");
    EXPECT_EQ(product.actions[0].method, http_method::post);
    EXPECT_EQ(product.actions[0].runs->value, "reply_writer");
    EXPECT_EQ(product.agents[0].output[2].type.scale, 2);
    EXPECT_EQ(product.agents[0].caps.retries, 2);
    EXPECT_EQ(product.channels[0].cooldowns[1].duration, 24h);
    EXPECT_EQ(product.jobs[0].per, job_scope::tenant);
    EXPECT_EQ(product.webhooks[0].runs.value, "store_seed");
    EXPECT_EQ(product.integrations.otlp->value, "OTLP_URL");
    EXPECT_EQ(product.deploy.size(), 7U);
    EXPECT_TRUE(product.console);
}

TEST_F(whole_language_test, every_place_is_where_the_name_stands) {
    const auto at = [&](const name& one) { return text_.substr(one.at.offset, one.at.length); };
    for (const entity_spec& entity : all_.entities) {
        EXPECT_EQ(at(entity.entity_name), entity.entity_name.value);
        for (const field_spec& field : entity.fields) {
            EXPECT_EQ(at(field.field_name), field.field_name.value);
            if (!field.type.target.value.empty()) {
                EXPECT_EQ(at(field.type.target), field.type.target.value);
            }
            for (const name& value : field.type.values) EXPECT_EQ(at(value), value.value);
        }
        for (const name& column : entity.list.filter) EXPECT_EQ(at(column), column.value);
    }
    for (const role_spec& role : all_.roles) EXPECT_EQ(at(role.role_name), role.role_name.value);
}

TEST(good_spec, is_refused_only_for_what_is_not_generated_yet) {
    for (const std::string& code : codes_of(mistakes_in(whole_language()))) EXPECT_EQ(code, "E090");
}

TEST(good_spec, has_short_forms_and_defaults) {
    const spec all = must_read("tenon: 1\nservice: my_shop\ntenant: company\n");
    EXPECT_EQ(all.service.title, "My shop");
    EXPECT_EQ(all.service.version, "0.1.0");
    EXPECT_EQ(all.tenant.plural.value, "companies");
    ASSERT_EQ(all.roles.size(), 3U);
    EXPECT_EQ(all.roles[0].role_name.value, "owner");
    EXPECT_TRUE(all.auth.password);
}

TEST(good_spec, may_use_words_of_sql) {
    const spec all = must_read(
        std::string(head) +
        "entities:\n  Order: {fields: {select: int, group: string, table: text, limit: int, user: ref User}}\n  "
        "Group: {fields: {from: date}}\n");
    EXPECT_EQ(all.entities.size(), 2U);
}

TEST(good_spec, may_use_anchors_within_bounds) {
    const spec all = must_read(
        std::string(head) +
        "entities:\n  Task: {access: &open {read: member, create: member}, fields: {a: int}}\n  Note: {access: "
        "*open, fields: {a: int}}\n");
    EXPECT_THAT(words(all.entities[1].access.read->roles), ElementsAre("member"));
}

TEST(good_spec, is_the_same_with_windows_line_ends_and_byte_order_mark) {
    std::string windows = "\xEF\xBB\xBF";
    for (const char c : whole_language()) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const spec all = must_read(windows, everything());
    const name& last = all.entities.back().entity_name;
    EXPECT_EQ(windows.substr(last.at.offset, last.at.length), last.value);
    EXPECT_EQ(all.entities.size(), must_read(whole_language(), everything()).entities.size());
}

TEST(good_spec, decimals_are_read_as_the_service_reads_them) {
    const spec all = must_read(std::string(head) +
                               "entities:\n  Thing:\n    fields:\n"
                               "      a: {type: \"decimal(18,18)\", default: \"-0.999999999999999999\"}\n"
                               "      b: \"decimal(18,18) = -0.999999999999999999\"\n"
                               "      c: {type: \"decimal(4,2)\", default: \"1.5\"}\n");
    EXPECT_EQ(field_of(all, "Thing", "a").initial->integer, -999'999'999'999'999'999);
    EXPECT_EQ(field_of(all, "Thing", "b").initial->integer, -999'999'999'999'999'999);
    EXPECT_EQ(field_of(all, "Thing", "c").initial->integer, 150);
}

}  // namespace
}  // namespace tenon::gen::test
