// What a spec says to a feature: options, mistakes, needs; and the schema that editors have.
#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "generator/cli/editor_schema.hpp"
#include "tests/unit/generator/switching/specs.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

TEST(FeatureOptions, HaveTheirDefaultsAndWhatTheSpecSays) {
    const spec all = read_or_fail(spec_with("notes: {longest: 80, reminders: {sender: Ada, every: 2d}}\n"));
    ASSERT_TRUE(all.features.contains("notes"));
    EXPECT_THAT(all.features.find("notes")->second.options,
                ElementsAre(Pair("longest", "80"), Pair("reminders.every", "2d"), Pair("reminders.sender", "Ada"),
                            Pair("who", "all")));
}

TEST(FeatureOptions, AreNotReadOfWhatIsOff) {
    EXPECT_THAT(read_or_fail(spec_with("")).features, IsEmpty());
    EXPECT_THAT(read_or_fail(spec_with("notes: false\n")).features, IsEmpty());
}

TEST(FeatureOptions, ThatAreWrongAreAllToldInOneRun) {
    const std::string told =
        refusals_of(spec_with("notes: {longest: 0, who: some, reminders: {every: soon}, colour: red}\nlabels: 7\n"));
    EXPECT_THAT(told, HasSubstr("'longest' of notes"));
    EXPECT_THAT(told, HasSubstr("'who' of notes"));
    EXPECT_THAT(told, HasSubstr("'every' of 'reminders' of notes"));
    EXPECT_THAT(told, HasSubstr("'reminders' of notes has no 'sender'"));
    EXPECT_THAT(told, HasSubstr("colour"));
    EXPECT_THAT(told, HasSubstr("'labels'"));
}

TEST(FeatureOptions, ThatAreRequiredAreMissedWithoutTheirMap) {
    EXPECT_THAT(refusals_of(spec_with("notes: true\n")), HasSubstr("has no 'sender'"));
    // A key without a value is mostly one that somebody forgot to fill in.
    EXPECT_THAT(refusals_of(spec_with("notes:\n")), HasSubstr("'notes'"));
    EXPECT_THAT(refusals_of(spec_with("notes: [a]\n")), HasSubstr("'notes'"));
}

TEST(FeatureNeeds, AreToldWhereTheyAreMissing) {
    EXPECT_THAT(refusals_of(spec_with("labels: true\n")), HasSubstr("'labels' builds on 'notes'"));
    EXPECT_THAT(refusals_of(spec_with("notes: false\nlabels: true\n")), HasSubstr("which is not switched on"));
    EXPECT_THAT(refusals_of(spec_with("notes: [a]\nlabels: true\n")), Not(HasSubstr("builds on")));
    EXPECT_EQ(refusals_of(spec_with(notes_on + "labels: true\n")), "");
}

/// Only a feature that is on takes names.
TEST(FeatureNames, AreTakenWhereItIsOn) {
    EXPECT_EQ(refusals_of(spec_with("", "Note")), "");
    EXPECT_THAT(refusals_of(spec_with(notes_on, "Note")), HasSubstr("is one that every service has itself"));
    const std::string path =
        "access: {read: member, create: member, update: member, delete: member}\nentities:\n"
        "  Paper: {path: notes, fields: {title: \"string(1..9)\"}}\n";
    const std::string head = "tenon: 1\nservice: {name: shop, title: Shop}\ntenant: {name: workspace}\n";
    EXPECT_EQ(refusals_of(head + path), "");
    EXPECT_THAT(refusals_of(head + notes_on + path), HasSubstr("belongs to every service"));
}

TEST(EditorSchema, HasTheConstructs) {
    namespace json = boost::json;
    const json::value schema = json::parse(editor_schema());
    const json::object& notes = schema.at("properties").at("notes").as_object();
    EXPECT_EQ(notes.at("description"), "What members write down.");
    EXPECT_EQ(notes.at("anyOf").at(0).at("const"), false) << "`true` would leave out what is required";
    const json::object& map = notes.at("anyOf").at(1).as_object();
    EXPECT_EQ(map.at("additionalProperties"), false);
    EXPECT_EQ(map.at("properties").at("longest").at("maximum"), 10'000);
    EXPECT_EQ(map.at("properties").at("longest").at("default"), 500);
    EXPECT_EQ(map.at("properties").at("who").at("enum"), (json::array{"all", "own"}));
    EXPECT_EQ(map.at("properties").at("reminders").at("required"), json::array{"sender"});
    EXPECT_EQ(map.at("required"), json::array{"reminders"});
    EXPECT_EQ(schema.at("properties").at("labels").at("anyOf").at(0).at("type"), "boolean");
}

}  // namespace
}  // namespace tenon::gen
