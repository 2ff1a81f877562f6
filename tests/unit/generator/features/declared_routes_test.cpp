// What features declare of their routes, permissions and problems holds together.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include "feature/feature.hpp"

namespace tenon::feature {
namespace {

std::vector<route> all_routes() {
    std::vector<route> out;
    for (const declaration& each : all_features()) {
        out.insert(out.end(), each.routes.begin(), each.routes.end());
        out.insert(out.end(), each.record_routes.begin(), each.record_routes.end());
    }
    return out;
}

TEST(DeclaredRoutes, AreAtOnePlaceEachAndHaveNamesOfTheirOwn) {
    std::set<std::pair<method, std::string_view>> places;
    std::set<std::string_view> operations;
    for (const route& each : all_routes()) {
        EXPECT_TRUE(places.emplace(each.verb, each.path).second) << each.operation;
        EXPECT_TRUE(operations.insert(each.operation).second) << each.operation;
    }
    EXPECT_GT(operations.size(), 20U);
}

/// The dispatcher knows them by their paths.
TEST(DeclaredRoutes, ThatNoLimitCountsAreGetsOfPlainPaths) {
    for (const route& each : all_routes()) {
        if (each.limited) continue;
        EXPECT_EQ(each.verb, method::get) << each.operation;
        EXPECT_EQ(each.path.find('{'), each.path.npos) << each.operation;
    }
}

/// openapi.yaml has operations below their path, in one place.
TEST(DeclaredRoutes, OfOnePathStandTogether) {
    std::set<std::string_view> seen;
    for (const declaration& each : all_features()) {
        std::string_view before;
        for (const route& one : each.routes) {
            if (one.path != before) {
                EXPECT_TRUE(seen.insert(one.path).second) << one.operation;
            }
            before = one.path;
        }
    }
}

TEST(DeclaredRoutes, AreUnderTagsThatAreDeclared) {
    std::set<std::string_view> tags{"{{tag}}"};
    for (const declaration& each : all_features()) {
        for (const tag& one : each.tags) EXPECT_TRUE(tags.insert(one.name).second) << one.name;
    }
    for (const route& each : all_routes()) EXPECT_EQ(tags.count(each.tag), 1U) << each.operation << ": " << each.tag;
}

TEST(DeclaredRoutes, AskForPermissionsThatAreDeclared) {
    std::set<std::string_view> permissions;
    for (const declaration& each : all_features()) {
        for (const permission& one : each.permissions) EXPECT_TRUE(permissions.insert(one.name).second) << one.name;
        for (const route& one : each.routes) {
            if (one.who.of() != right::whom::member) continue;
            EXPECT_EQ(permissions.count(one.who.permission()), 1U) << one.operation;
        }
    }
}

/// A sentence ends, since another one follows; a phrase does not, and is plain in YAML.
TEST(DeclaredRoutes, AreSaidInSentences) {
    for (const route& each : all_routes()) {
        const bool is_whole = each.description.empty() || each.description.ends_with('.') ||
                              each.description.ends_with("{{/soft_delete}}");
        EXPECT_TRUE(is_whole) << each.operation << ": " << each.description;
        EXPECT_FALSE(each.summary.empty()) << each.operation;
        for (const std::string_view plain : {each.summary, each.gives.meaning}) {
            EXPECT_EQ(plain.find(": "), plain.npos) << each.operation << ": " << plain;
            EXPECT_EQ(plain.find(" #"), plain.npos) << each.operation << ": " << plain;
        }
    }
}

TEST(DeclaredRoutes, AnswerNothingOnlyWithoutABody) {
    for (const route& each : all_routes())
        EXPECT_EQ(each.gives.status == 204, each.gives.schema.empty()) << each.operation;
}

std::string text_of(const std::filesystem::path& file) {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return out.str();
}

/// Names below a section of a fragment, but those that products choose.
std::set<std::string> names_in(const std::string& fragment, const std::string& section) {
    std::set<std::string> out;
    std::istringstream lines(fragment);
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(' ')) inside = line == section + ":";
        const bool is_name = inside && line.size() > 3 && line.starts_with("  ") && line[2] != ' ';
        if (is_name && line.find("{{") == line.npos) out.insert(line.substr(2, line.size() - 3));
    }
    return out;
}

TEST(DeclaredComponents, AreThereOnceEach) {
    for (const char* section : {"securitySchemes", "parameters", "headers", "responses", "schemas"}) {
        std::set<std::string> seen;
        for (const declaration& each : all_features()) {
            const auto file = std::filesystem::path(FEATURES_DIR) / each.name / "openapi.yaml";
            for (const std::string& name : names_in(text_of(file), section))
                EXPECT_TRUE(seen.insert(name).second) << file << ": " << name;
        }
        for (const route& each : all_routes()) {
            if (section != std::string_view("securitySchemes") || each.token.empty()) continue;
            EXPECT_TRUE(seen.contains(std::string(each.token))) << each.operation;
        }
    }
}

TEST(DeclaredSchemas, AreThoseOfTheFragment) {
    for (const declaration& each : all_features()) {
        const auto file = std::filesystem::path(FEATURES_DIR) / each.name / "openapi.yaml";
        const std::set<std::string> declared(each.schemas.begin(), each.schemas.end());
        EXPECT_EQ(names_in(text_of(file), "schemas"), declared) << file;
    }
}

TEST(DeclaredProblems, HaveOneMeaningEach) {
    std::set<std::string_view> codes;
    for (const problem& each : problems_of(all_features())) {
        EXPECT_TRUE(codes.insert(each.code).second) << each.code;
        EXPECT_TRUE(each.meaning.ends_with('.')) << each.code;
        EXPECT_TRUE(each.remedy.ends_with('.')) << each.code;
        EXPECT_GE(each.status, 400) << each.code;
        EXPECT_LT(each.status, 600) << each.code;
    }
}

TEST(DeclaredPermissions, AreANounAndAVerb) {
    std::set<std::string_view> members;
    for (const declaration& each : all_features()) {
        for (const permission& one : each.permissions) {
            const auto colon = one.name.find(':');
            EXPECT_NE(colon, one.name.npos) << one.name;
            EXPECT_EQ(one.name.find(':', colon + 1), one.name.npos) << one.name;
            const bool is_new = one.asked_as.empty() || members.insert(one.asked_as).second;
            EXPECT_TRUE(is_new) << one.name;
        }
    }
}

}  // namespace
}  // namespace tenon::feature
