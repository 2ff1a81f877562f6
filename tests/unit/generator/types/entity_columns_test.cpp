// Texts that name the columns of every entity name those of the table, and no template forgets one.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>
#include <string>

#include "generator/support/diagnostics.hpp"
#include "generator/types/entity_columns.hpp"

namespace tenon::gen {
namespace {

std::string file(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(REPOSITORY + ("/" + path)).rdbuf();
    return out.str();
}

std::string explanation(code of) {
    for (const code_info& each : all_codes()) {
        if (each.id == of) return std::string(each.explanation);
    }
    return {};
}

bool has_word(const std::string& text, std::string_view word) {
    return std::regex_search(text, std::regex("\\b" + std::string(word) + "\\b"));
}

TEST(entity_columns, have_the_id_first_and_each_name_once) {
    EXPECT_EQ(entity_columns().front().name, "id");
    for (const entity_column& each : entity_columns()) EXPECT_EQ(find_entity_column(each.name), &each);
    EXPECT_EQ(find_entity_column("title"), nullptr);
}

TEST(entity_columns, are_in_the_explanations_of_errors) {
    for (const entity_column& each : entity_columns()) {
        EXPECT_TRUE(has_word(explanation(code::reserved_name), each.name)) << each.name;
        // Those of the bin are explained with soft deletion.
        const bool listed = each.parameter && each.owners == column_owners::all;
        EXPECT_EQ(has_word(explanation(code::unknown_field), each.name), listed) << each.name;
    }
}

/// Written once for each column, because each is set and read in a way of its own.
TEST(entity_columns, are_in_each_template_that_shows_records) {
    const std::string json = file("templates/src/api/{{entity}}_json.cpp"), api = file("templates/openapi.yaml"),
                      record = file("templates/src/domain/{{entity}}.hpp"),
                      row = file("templates/src/storage/{{entity}}_repository.cpp");
    const auto at = api.find("{{yaml_member}}{{/fields}}, created_by");
    ASSERT_NE(at, std::string::npos) << "the members of a record that openapi.yaml requires";
    const std::string required = api.substr(api.rfind('\n', at), api.find('\n', at) - api.rfind('\n', at));
    const auto has = [](const std::string& text, const std::string& part) { return text.find(part) != text.npos; };
    for (const entity_column& each : entity_columns()) {
        const std::string name(each.name);
        const std::regex refused("refuse\\(\\{[^;]*\"" + name + "\"");
        const auto times = std::distance(std::sregex_iterator(json.begin(), json.end(), refused), {});
        EXPECT_EQ(times, each.is_shown ? 2 : 0) << name << ": refused when records are made and when they change";
        EXPECT_EQ(has(json, "out.member(\"" + name + "\""), each.is_shown) << name;
        EXPECT_EQ(has_word(required, name), each.is_shown) << name;
        EXPECT_EQ(has(record, " " + name + ";") || has(record, " " + name + " = "), each.is_shown) << name;
        if (name == "id") continue;
        EXPECT_EQ(has(row, "{{" + name + "_index}}"), each.is_shown) << name;
    }
}

}  // namespace
}  // namespace tenon::gen
