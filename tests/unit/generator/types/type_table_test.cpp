// Each row of the table of types agrees with itself, and each type has one.
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "generator/types/type_row.hpp"
#include "generator/types/type_words.hpp"

namespace tenon::gen {
namespace {

std::string_view inside(std::string_view json) {
    return json.size() < 2 ? json : json.substr(1, json.size() - 2);
}

TEST(type_table, has_each_kind_and_each_word_once) {
    std::set<type_kind> kinds;
    std::set<std::string_view> words;
    for (const type_row& one : type_rows()) {
        EXPECT_TRUE(kinds.insert(one.kind).second) << one.word;
        EXPECT_TRUE(words.insert(one.word).second) << one.word;
        EXPECT_EQ(type_of_word(one.word), one.kind);
        EXPECT_EQ(type_word(one.kind), one.word);
        EXPECT_TRUE(foreign_type(one.word).empty()) << one.word << " is a word of ours";
    }
    for (int kind = 0; kind <= static_cast<int>(type_kind::has_many); ++kind)
        EXPECT_NO_THROW(row_of(static_cast<type_kind>(kind))) << kind;
}

TEST(type_table, samples_are_values_of_their_own_type) {
    for (const type_row& one : type_rows()) {
        const type_samples& given = one.samples;
        if (!given.valid.empty()) {
            EXPECT_NE(given.valid, given.other) << one.word;
        }
        if (one.fits == nullptr) continue;
        EXPECT_TRUE(one.fits(inside(given.valid))) << one.word;
        EXPECT_TRUE(one.fits(inside(given.other))) << one.word;
        EXPECT_FALSE(one.fits(inside(given.invalid))) << one.word;
        const std::string numbered =
            std::string(given.before) + std::string(given.digits, '1') + std::string(given.behind);
        EXPECT_TRUE(one.fits(numbered)) << one.word << " " << numbered;
        EXPECT_NE(one.expected, "") << one.word << " has a form that has to be told";
    }
}

TEST(type_table, says_of_each_column_what_lists_make_of_it) {
    for (const type_row& one : type_rows()) {
        const bool has_parameter = one.parameter.has_value();
        EXPECT_EQ(has_parameter, one.kind != type_kind::json && one.kind != type_kind::has_many) << one.word;
        EXPECT_TRUE(!one.ordered || has_parameter) << one.word;
        EXPECT_EQ(one.takes_now, !one.now.empty()) << one.word;
        EXPECT_EQ(one.takes_now, !one.now_words.empty()) << one.word;
        EXPECT_EQ(one.check.empty(), one.check_sentence.empty()) << one.word;
        EXPECT_TRUE(!one.is_text || one.column == sql_type::text) << one.word;
    }
}

TEST(type_table, counts_what_it_prints) {
    for (const type_row& one : type_rows()) {
        EXPECT_EQ(one.counted != nullptr, one.value == value_form::counted) << one.word;
        if (one.counted == nullptr) continue;
        const counted_form& form = *one.counted;
        for (const std::int64_t count : {form.lowest, form.usual, form.usual + form.step, form.highest}) {
            EXPECT_EQ(form.count(form.print(count)), count) << one.word;
            EXPECT_TRUE(std::regex_match(form.print(count), std::regex(std::string(form.pattern))))
                << form.print(count);
        }
        EXPECT_NE(form.count(form.print(form.highest + 1)), form.highest + 1) << one.word;
        EXPECT_FALSE(form.count(inside(one.samples.invalid))) << one.word;
        EXPECT_FALSE(form.count("")) << one.word;
        EXPECT_FALSE(one.expected.empty() || one.example.empty() || one.header.empty()) << one.word;
        EXPECT_EQ(one.parameter, list_column_type::written) << one.word;
    }
}

TEST(type_table, reads_times_as_people_write_them) {
    const auto read = [](std::string_view text) {
        const auto count = row_of(type_kind::time).counted->count(text);
        return count ? row_of(type_kind::time).counted->print(*count) : "none";
    };
    EXPECT_EQ(read("09:30"), "09:30:00");
    EXPECT_EQ(read("23:59:59.990"), "23:59:59.99");
    for (const char* wrong : {"9:30", "0930", "24:00", "09:60", "09:30:60", "09:30:1", "09:30:012", "09:30.5", "09:30:",
                              "09:30:00.", "09:30:00.1234567", "noon", "09:30Z", "34200", "\xD9\xA0\xD9\xA9:30"})
        EXPECT_EQ(read(wrong), "none") << wrong;
}

TEST(type_table, reads_durations_as_specs_and_the_api_write_them) {
    const auto read = [](std::string_view text) {
        const auto count = row_of(type_kind::duration).counted->count(text);
        return count ? row_of(type_kind::duration).counted->print(*count) : "none";
    };
    EXPECT_EQ(read("0s"), "PT0S");
    EXPECT_EQ(read("90m"), "PT1H30M");
    EXPECT_EQ(read("3d"), "PT72H");
    EXPECT_EQ(read("2w"), "PT336H");
    EXPECT_EQ(read("1.50s"), "PT1.5S");
    EXPECT_EQ(read("P1DT12H"), "PT36H");
    EXPECT_EQ(read("P2W"), "PT336H");
    EXPECT_EQ(read("PT0.25S"), "PT0.25S");
    EXPECT_EQ(read("100000d"), "PT2400000H");
    EXPECT_EQ(read("PT000000000000000000000007M"), "PT7M");
    for (const char* wrong : {"100001d", "90", "1.5m", "-5m", "5 m", "1h30m", "5min", "P1Y", "P1M", "PT", "P", "P1DT",
                              "PT1S1M", "P1W1D", "PT0.1234567S", "PT99999999999999999999S", "m", "s", "30M"})
        EXPECT_EQ(read(wrong), "none") << wrong;
}

}  // namespace
}  // namespace tenon::gen
