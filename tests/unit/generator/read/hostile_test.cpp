// Inputs meant to harm: huge, deep, binary, explosive. Each ends in an error with a place, in bounded time and memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/read/text_check.hpp"
#include "generator/read/yaml.hpp"
#include "tests/unit/generator/read/support.hpp"

namespace tenon::gen::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

std::string repeated(std::string_view part, std::size_t count) {
    std::string out;
    out.reserve(part.size() * count);
    for (std::size_t i = 0; i < count; ++i) out += part;
    return out;
}

constexpr std::size_t large = std::size_t{256} << 10;  // Enough to show work that grows faster than the text.

TEST(hostile, hundred_megabytes_are_refused_unread) {
    const std::string text(std::size_t{100} << 20, 'a');
    EXPECT_THAT(places_of(mistakes_in(text), "a"), ElementsAre("1:1 E001"));
}

TEST(hostile, invalid_utf8_has_a_place) {
    const std::string text = std::string(head) + "entities:\n  T\xC3(sk: {}\n";
    EXPECT_THAT(places_of(mistakes_in(text), text), ElementsAre("6:4 E002"));
    for (const char* bad : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF\xFE", "\x80", "\xE2\x82"})
        EXPECT_THAT(codes_of(mistakes_in(std::string(head) + bad)), ElementsAre("E002"));
}

TEST(hostile, controls_have_a_place) {
    const std::string nul = std::string(head) + "entities: {" + std::string(1, '\0') + "}\n";
    EXPECT_THAT(places_of(mistakes_in(nul), nul), ElementsAre("5:12 E003"));
    for (const char* bad : {"\x1b[31m", "\x04", "\x7f", "\xC2\x85", "\xE2\x80\xAE", "\xEF\xBB\xBF"})
        EXPECT_THAT(codes_of(mistakes_in(std::string(head) + "console: " + bad)), ElementsAre("E003"));
}

TEST(hostile, deep_nesting_is_refused) {
    for (const char* open : {"[", "{a: ", "- ", "? "})
        EXPECT_THAT(codes_of(mistakes_in(std::string(head) + "entities:\n  " + repeated(open, 20'000))),
                    Contains("E009"))
            << open;
    std::string indented = std::string(head) + "entities:\n";
    for (std::size_t i = 1; i < 1000; ++i) indented += std::string(i, ' ') + "a:\n";
    EXPECT_THAT(codes_of(mistakes_in(indented)), Contains("E009"));
}

TEST(hostile, alias_bomb_is_refused) {
    std::string text = std::string(head) + "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 30; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        text +=
            "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeated(before + ", ", 9) + before + "]\n";
    }
    EXPECT_THAT(codes_of(mistakes_in(text)), Contains("E010"));
}

TEST(hostile, long_text_behind_an_alias_counts) {
    const std::string text =
        std::string(head) + "a: &a " + std::string(100'000, 'x') + "\nb: [" + repeated("*a, ", 100) + "*a]\n";
    EXPECT_THAT(codes_of(mistakes_in(text)), Contains("E010"));
}

TEST(hostile, unclosed_things_end) {
    for (const char* open : {"\"", "'", "[", "{", "|", ">", "!", "&", "*", "%", "@", "`", "? ", "- "}) {
        EXPECT_FALSE(mistakes_in(std::string(head) + "entities: " + open).empty()) << open;
        EXPECT_FALSE(mistakes_in(open).empty()) << open;
    }
}

TEST(hostile, large_files_of_one_thing_end_soon) {
    for (const char* part :
         {"a\n", "a: b\n", "- a\n", "[]\n", "#\n", "a: &a b\n", "---\n", "\"a\" ", ": ", "? a\n", "{}, ", "*a "}) {
        const std::string text = repeated(part, large / std::string_view(part).size());
        EXPECT_FALSE(mistakes_in(text).empty()) << part;
    }
}

TEST(hostile, large_types_end_soon) {
    const auto field = [](const std::string& type) {
        return std::string(head) + "entities:\n  Task:\n    fields:\n      a: " + type + "\n";
    };
    const std::size_t most = large;
    EXPECT_THAT(codes_of(mistakes_in(field("enum [" + repeated("a, ", most / 3) + "b]"))), ElementsAre("E020"));
    EXPECT_THAT(codes_of(mistakes_in(field("string" + std::string(most, '?')))), ElementsAre("E020"));
    EXPECT_THAT(codes_of(mistakes_in(field("string(" + std::string(5000, '1') + "..2)"))), ElementsAre("E022"));
}

/// Thousands of mistakes: what is reported is bounded, and so is the time.
TEST(hostile, many_mistakes_are_counted) {
    std::string text = std::string(head) + "entities:\n";
    for (int i = 0; i < 3'000; ++i) text += "  E" + std::to_string(i) + ": {fields: {a: ref Missing, b: strng}}\n";
    const diagnostics found = mistakes_in(text);
    EXPECT_EQ(found.items.size(), 200U);
    EXPECT_GE(found.suppressed, 5'000U);
    const std::string shown = print(found, {"spec.yaml", text}, diagnostic_format::text);
    EXPECT_THAT(shown, testing::EndsWith("more errors not shown\n"));
}

TEST(hostile, long_chains_do_not_exhaust_the_stack) {
    std::string text = std::string(bare_head) + "members: {new: r0, founder: r0}\nroles:\n";
    constexpr int count = 10'000;
    for (int i = 0; i < count; ++i)
        text += "  r" + std::to_string(i) + ": {inherits: r" + std::to_string((i + 1) % count) + "}\n";
    EXPECT_THAT(codes_of(mistakes_in(text)), ElementsAre("E014", "E050"));
    text = std::string(bare_head) + "roles:\n";
    for (int i = 0; i < count; ++i) text += "  r" + std::to_string(i) + ": {}\n";
    text += "entities: {A: {fields: {a: int}}, B: {fields: {a: int}, access: {read: r0}}}\n";
    EXPECT_THAT(codes_of(mistakes_in(text)), UnorderedElementsAre("E014", "E049", "E049", "E049"));
    text = std::string(head) + "entities:\n";
    for (int i = 0; i < count; ++i)
        text += "  E" + std::to_string(i) + ": {fields: {a: ref E" + std::to_string((i + 1) % count) + "}}\n";
    EXPECT_THAT(codes_of(mistakes_in(text)), ElementsAre("E054"));
}

/// Whatever bytes a spec is cut off at or has changed, reading ends with a result.
TEST(hostile, every_prefix_of_a_spec_is_read_to_an_end) {
    const std::string whole = whole_language();
    for (std::size_t length = 0; length < whole.size(); length += 61) {
        const auto found = read_spec({"spec.yaml", whole.substr(0, length)}, {});
        EXPECT_TRUE(found.has_value() || !found.error().empty()) << length;
    }
}

}  // namespace
}  // namespace tenon::gen::test
