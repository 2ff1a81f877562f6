// What Tenon writes satisfies the schemas it publishes, and the schemas refuse what Tenon refuses.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "generator/plan/manifest.hpp"
#include "generator/plan/plan.hpp"

namespace tenon::gen {
namespace {

boost::json::value read_schema(const std::string& name) {
    std::ifstream file(TENON_SCHEMAS "/" + name + ".schema.json");
    std::ostringstream text;
    text << file.rdbuf();
    return boost::json::parse(text.str());
}

bool satisfies(const std::string& document, const std::string& schema_name) {
    const boost::json::value schema_text = read_schema(schema_name);
    valijson::Schema schema;
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::BoostJsonAdapter(schema_text), schema);
    valijson::Validator validator;
    const boost::json::value value = boost::json::parse(document);
    return validator.validate(schema, valijson::adapters::BoostJsonAdapter(value), nullptr);
}

plan plan_in_conflict() {
    plan p;
    p.generator_version = "0.1.0";
    p.spec = sha256("spec");
    plan_entry clash;
    clash.path = "src/b.cpp";
    clash.action = plan_action::conflict;
    clash.reason = plan_reason::both_changed;
    clash.before = clash.after = sha256("mine");
    clash.base = sha256("base");
    clash.beside = beside_file{"src/b.cpp.new", absent, sha256("theirs")};
    p.entries = {clash};
    return p;
}

TEST(schemas, plan_and_conflicts_satisfy_theirs) {
    EXPECT_TRUE(satisfies(write_plan(plan_in_conflict()), "plan"));
    EXPECT_TRUE(satisfies(write_conflicts(plan_in_conflict().entries), "conflicts"));
}

TEST(schemas, know_every_action_and_reason) {
    for (int action = 0; action <= static_cast<int>(plan_action::error); ++action) {
        for (int reason = 0; reason <= static_cast<int>(plan_reason::not_a_file); ++reason) {
            plan p = plan_in_conflict();
            p.entries[0].action = static_cast<plan_action>(action);
            p.entries[0].reason = static_cast<plan_reason>(reason);
            ASSERT_TRUE(satisfies(write_plan(p), "plan")) << action << " " << reason;
        }
    }
}

TEST(schemas, the_manifest_satisfies_its_own) {
    manifest m;
    m.generator_version = "0.1.0";
    m.files["a"] = {owner_class::seeded, true, true, {}, ""};
    m.files["b/c"] = {owner_class::generated, false, false, {}, "b/c.new"};
    m.files["d"] = {owner_class::frozen, false, false, {sha256("d")}, ""};
    EXPECT_TRUE(satisfies(write_manifest(m), "manifest"));
}

TEST(schemas, refuse_paths_and_digests_of_another_kind) {
    for (const char* path : {"/etc/passwd", "a//b", "a/", "a\\\\b", ""}) {
        plan p = plan_in_conflict();
        p.entries[0].path = path;
        EXPECT_FALSE(satisfies(write_plan(p), "plan")) << path;
    }
    plan p = plan_in_conflict();
    p.spec = "beef";
    EXPECT_FALSE(satisfies(write_plan(p), "plan"));
}

}  // namespace
}  // namespace tenon::gen
