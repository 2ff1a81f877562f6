// What features declare holds together: whoever writes the next one hears of a slip here.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "feature/order.hpp"
#include "generator/features/declared_names.hpp"

namespace tenon::feature {
namespace {

using testing::HasSubstr;

bool has(const table& in, std::string_view column) {
    return has_column(in, column);
}

const table* find(const std::vector<table>& all, std::string_view name) {
    const auto at = std::find_if(all.begin(), all.end(), [name](const table& each) { return each.name == name; });
    return at == all.end() ? nullptr : &*at;
}

std::vector<table> all_tables() {
    std::vector<table> out;
    for (const declaration& each : all_features()) out.insert(out.end(), each.tables.begin(), each.tables.end());
    return out;
}

/// The columns that an access asks for are there.
void expect_sound(const access& one, const table& in, const std::vector<table>& all) {
    const bool asks = one.who != viewer::service && one.who != viewer::owner;
    EXPECT_EQ(asks, !one.column.empty()) << in.name;
    if (one.through.table.empty()) {
        EXPECT_TRUE(!asks || has(in, one.column)) << in.name << "." << one.column;
        return;
    }
    const table* const other = find(all, one.through.table);
    ASSERT_NE(other, nullptr) << in.name << " through " << one.through.table;
    EXPECT_TRUE(has(in, one.through.own)) << in.name << "." << one.through.own;
    EXPECT_TRUE(has(*other, one.through.theirs)) << other->name << "." << one.through.theirs;
    EXPECT_TRUE(has(*other, one.column)) << other->name << "." << one.column;
}

TEST(Declarations, OfTablesNameWhatIsThere) {
    const std::vector<table> all = all_tables();
    ASSERT_FALSE(all.empty());
    for (const table& each : all) {
        for (const std::string_view column : each.primary_key) EXPECT_TRUE(has(each, column)) << each.name;
        for (const index& one : each.indexes) {
            for (const std::string_view column : one.columns) EXPECT_TRUE(has(each, column)) << each.name;
        }
        for (const reference& one : each.references) {
            EXPECT_TRUE(has(each, one.column)) << each.name;
            EXPECT_NE(find(all, one.table), nullptr) << each.name << " refers to " << one.table;
        }
        for (const access& one : each.accesses) expect_sound(one, each, all);
    }
}

bool is_instant(const table& in, std::string_view column) {
    return std::any_of(in.columns.begin(), in.columns.end(),
                       [column](const auto& each) { return each.name == column && each.type == column_type::instant; });
}

/// The sweep sees the rows, may delete them, and can tell them apart.
TEST(Declarations, OfTimesToKeepCanBeMet) {
    for (const table& each : all_tables()) {
        if (each.kept.column.empty()) continue;
        EXPECT_TRUE(is_instant(each, each.kept.column)) << each.name;
        if (is_of_tenants(each)) {
            EXPECT_GT(each.primary_key.size(), 1U) << each.name;
            const bool of_one = std::any_of(each.references.begin(), each.references.end(),
                                            [](const reference& one) { return one.column == tenant_column; });
            EXPECT_TRUE(of_one) << each.name << ": rows of the whole service are in no tenant that is swept";
            continue;
        }
        const bool deletes = std::any_of(each.accesses.begin(), each.accesses.end(), [](const access& one) {
            return one.who == viewer::service && one.commands == std::vector<command>{command::every};
        });
        EXPECT_TRUE(deletes) << each.name;
    }
}

/// Without any, the tenant's column is all that a policy can ask for.
TEST(Declarations, OfTablesSayWhoSeesTheirRows) {
    for (const table& each : all_tables()) {
        EXPECT_TRUE(!each.accesses.empty() || has(each, tenant_column)) << each.name;
        std::set<std::pair<viewer, command>> seen;
        for (const access& one : each.accesses) {
            for (const command what : one.commands) EXPECT_TRUE(seen.emplace(one.who, what).second) << each.name;
        }
    }
}

TEST(Declarations, HaveEachTableOnceBehindThoseItRefersTo) {
    std::set<std::string_view> before;
    for (const table& each : all_tables()) {
        for (const reference& one : each.references) EXPECT_EQ(before.count(one.table), 1U) << each.name;
        EXPECT_TRUE(before.insert(each.name).second) << each.name;
    }
}

/// Documents have them in an order that everybody chose.
TEST(Declarations, SayWhereTheyStand) {
    std::set<int> places;
    for (const declaration& each : all_features()) {
        EXPECT_GT(each.place, 0) << each.name;
        EXPECT_TRUE(places.insert(each.place).second) << each.name;
    }
}

/// Else a product without it would have half of another one.
TEST(Declarations, OfWhatEveryProductHasNeedNothingThatCanBeOff) {
    const auto all = all_features();
    for (const declaration& each : all) {
        if (can_be_off(each)) continue;
        for (const std::string_view needed : each.needs) {
            const auto other =
                std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == needed; });
            ASSERT_NE(other, all.end()) << each.name;
            EXPECT_FALSE(can_be_off(*other)) << each.name << " needs " << needed;
        }
    }
}

/// What is read otherwise already would be read twice, or refused.
TEST(Declarations, HaveKeysOfTheirOwn) {
    std::set<std::string_view> keys;
    for (const declaration& each : all_features()) {
        if (!can_be_off(each)) continue;
        EXPECT_TRUE(keys.insert(each.when.key).second) << each.name;
    }
    std::ifstream file(SPEC_SCHEMA, std::ios::binary);
    const std::string schema((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    ASSERT_NE(schema.find("\"entities\": {"), schema.npos);
    for (const std::string_view key : keys)
        EXPECT_EQ(schema.find("    \"" + std::string(key) + "\": {"), schema.npos) << key;
}

TEST(Declarations, AreOfTheFoldersThatTheyStandIn) {
    std::set<std::string> folders;
    for (const auto& each : std::filesystem::directory_iterator(FEATURES_DIR)) folders.insert(each.path().filename());
    std::set<std::string> names;
    for (const declaration& each : all_features()) names.emplace(each.name);
    EXPECT_EQ(names, folders);
}

TEST(Declarations, AreInAnOrderOfTheirNeeds) {
    const auto ordered = in_order({{.name = "a", .needs = {"c"}}, {.name = "b"}, {.name = "c", .needs = {"b"}}});
    ASSERT_EQ(ordered.size(), 3U);
    EXPECT_EQ(ordered[0].name, "b");
    EXPECT_EQ(ordered[1].name, "c");
    EXPECT_EQ(ordered[2].name, "a");
}

std::string refusal(std::vector<declaration> declared) {
    try {
        (void)in_order(std::move(declared));
    } catch (const std::logic_error& why) {
        return why.what();
    }
    return "none";
}

TEST(Declarations, ThatNeedEachOtherOrNothingThereAreRefused) {
    EXPECT_THAT(refusal({{.name = "a", .needs = {"b"}}, {.name = "b", .needs = {"a"}}}), HasSubstr("needs 'a'"));
    EXPECT_THAT(refusal({{.name = "a", .needs = {"a"}}}), HasSubstr("needs 'a'"));
    EXPECT_THAT(refusal({{.name = "a", .needs = {"gone"}}}), HasSubstr("needs 'gone'"));
    EXPECT_THAT(refusal({{.name = "a"}, {.name = "a"}}), HasSubstr("declared twice"));
}

}  // namespace
}  // namespace tenon::feature
