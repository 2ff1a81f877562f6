// Decoding of JSON bodies: what is refused, where the error points, and that nothing is silently changed.
#include <tenon/json/reader.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include <tenon/json/writer.hpp>

namespace tenon {
enum class color { red, green };
template <>
struct enum_names<color> {
    static constexpr std::string_view list[] = {"red", "green"};
};
}  // namespace tenon

namespace tenon::json {
namespace {

std::string refusal(std::string_view text) {
    const auto parsed = document::parse(text);
    return parsed ? "" : parsed.error().message;
}

template <class T>
std::string read(std::string_view text, T& out) {
    auto parsed = document::parse(text);
    if (!parsed) return parsed.error().message;
    field_errors errors;
    decode(parsed->root(), "", out, errors);
    std::string all;
    for (const field_error& e : errors.list()) all += e.pointer + ": " + e.detail + "; ";
    return all;
}

TEST(document_test, refuses_what_is_not_one_json_value) {
    for (const char* bad : {"",
                            " ",
                            "{",
                            "}",
                            "[1,]",
                            "{\"a\":1,}",
                            "{a:1}",
                            "{'a':1}",
                            "nul",
                            "01",
                            "+1",
                            ".5",
                            "1.",
                            "1e",
                            "\"\n\"",
                            "\"\\x\"",
                            "\"\\ud800\"",
                            "[1] 2",
                            "{} {}",
                            "/* c */ 1",
                            "NaN",
                            "Infinity",
                            "-",
                            "\xEF\xBB\xBF{}",
                            "\"\xC0\x80\"",
                            "\"\xED\xA0\x80\"",
                            "\"\xF4\x90\x80\x80\"",
                            "\"\xFF\""})
        EXPECT_FALSE(document::parse(bad)) << bad;
    EXPECT_EQ(document::parse("{").error().code, errc::bad_request);
    EXPECT_EQ(document::parse("{").error().kind, "bad_json");
}

TEST(document_test, says_where) {
    EXPECT_NE(refusal("{\"a\": tru}").find("near byte"), std::string::npos);
}

TEST(document_test, refuses_duplicate_keys_at_any_depth_and_in_any_spelling) {
    EXPECT_NE(refusal(R"({"a":1,"b":2,"a":3})").find("twice"), std::string::npos);
    EXPECT_NE(refusal(R"([{"x":{"a":1,"\u0061":2}}])").find("twice"), std::string::npos);
    std::string many = "{";
    for (int i = 0; i < 100; ++i) many += "\"k" + std::to_string(i) + "\":1,";
    EXPECT_NE(refusal(many + "\"k7\":1}").find("twice"), std::string::npos);
    EXPECT_EQ(refusal(many + "\"other\":1}"), "");
}

TEST(document_test, refuses_nul_and_depth_and_endless_numbers) {
    std::string text;
    EXPECT_EQ(read(R"("a\u0000b")", text), ": must not hold the character U+0000; ");
    EXPECT_EQ(refusal(std::string(64, '[') + std::string(64, ']')), "");
    EXPECT_NE(refusal(std::string(65, '[') + std::string(65, ']')), "");
    EXPECT_NE(refusal(std::string(1'000'000, '[')), "");
    double number = 0;
    EXPECT_NE(read("1e400", number).find("must be a number no larger"), std::string::npos);
    EXPECT_NE(read("-1e400", number).find("must be a number no larger"), std::string::npos);
    EXPECT_EQ(refusal("1e-400"), "");
    EXPECT_NE(refusal("1e99999999999"), "");
}

TEST(decode_test, integers_are_exact_or_refused) {
    std::int64_t n = 0;
    EXPECT_EQ(read("9223372036854775807", n), "");
    EXPECT_EQ(n, INT64_MAX);
    EXPECT_EQ(read("-9223372036854775808", n), "");
    EXPECT_EQ(n, INT64_MIN);
    for (const char* bad : {"9223372036854775808", "-9223372036854775809", "1.5", "1e-3", "1e19",
                            "9223372036854775808.0", "\"1\"", "true", "null", "[1]"})
        EXPECT_NE(read(bad, n), "") << bad;
}

TEST(decode_test, whole_numbers_are_integers_however_they_are_written) {
    const std::pair<const char*, std::int64_t> cases[] = {
        {"3.0", 3},     {"-3.000", -3}, {"1e3", 1000}, {"0.05e3", 50},
        {"120e-1", 12}, {"-0.0", 0},    {"0e400", 0},  {"9223372036854775807.0", INT64_MAX}};
    for (const auto& [literal, value] : cases) {
        std::int64_t n = -1;
        EXPECT_EQ(read(literal, n), "") << literal;
        EXPECT_EQ(n, value) << literal;
    }
}

TEST(decode_test, doubles_are_the_nearest) {
    double d = 0;
    EXPECT_EQ(read("0.1", d), "");
    EXPECT_EQ(d, 0.1);
    EXPECT_EQ(read("123456789012345678", d), "");
    EXPECT_EQ(d, 123456789012345678.0);
    EXPECT_EQ(read("2.2250738585072014e-308", d), "");
    EXPECT_EQ(d, 2.2250738585072014e-308);
    EXPECT_EQ(read("1e-400", d), "");
    EXPECT_EQ(d, 0.0);
    EXPECT_NE(read("\"0.1\"", d), "");
}

TEST(decode_test, decimals_come_as_strings_or_literals_and_are_never_rounded) {
    decimal<18, 2> amount;
    EXPECT_EQ(read("\"12.50\"", amount), "");
    EXPECT_EQ(amount.units, 1250);
    EXPECT_EQ(read("9007199254740993.01", amount), "");  // no double holds this
    EXPECT_EQ(amount.units, 900719925474099301);
    EXPECT_NE(read("\"1.005\"", amount), "");
    EXPECT_NE(read("1e2", amount), "");
    EXPECT_NE(read("true", amount), "");
}

TEST(decode_test, texts_with_a_form) {
    uuid id;
    EXPECT_EQ(read("\"0190163d-8694-739b-aea5-966c26f8ad91\"", id), "");
    EXPECT_EQ(read("\"x\"", id), ": must be a UUID; ");
    instant time;
    EXPECT_EQ(read("\"2026-01-31T09:30:00+02:00\"", time), "");
    EXPECT_NE(read("\"2026-01-31\"", time), "");
    EXPECT_NE(read("1700000000", time), "");
    date day;
    EXPECT_EQ(read("\"2026-01-31\"", day), "");
    EXPECT_NE(read("\"2026-02-31\"", day), "");
    color c = color::red;
    EXPECT_EQ(read("\"green\"", c), "");
    EXPECT_EQ(c, color::green);
    EXPECT_EQ(read("\"Green\"", c), ": must be one of red, green; ");
    std::string text;
    EXPECT_EQ(read(R"("a\"\u00e9\ud83d\ude00\n")", text), "");
    EXPECT_EQ(text, "a\"é😀\n");
}

TEST(decode_test, money_is_an_object_of_two) {
    money m;
    EXPECT_EQ(read(R"({"amount":1250,"currency":"EUR"})", m), "");
    EXPECT_EQ(m, money(1250, *currency::parse("EUR")));
    EXPECT_EQ(read("12.5", m), ": must be an object with amount (in minor units) and currency; ");
    EXPECT_EQ(read(R"({"amount":12.5,"currency":"eur","x":1})", m),
              "/amount: must be a whole number between -(2^53 - 1) and 2^53 - 1; /x: is not a known field; ");
    EXPECT_EQ(read(R"({"amount":12,"currency":"eur"})", m), "/currency: must be an ISO 4217 code such as USD; ");
    for (const char* code : {"XYZ", "AAA", "XTS", "XAU", "EU ", " EU", "D A", "EURO"})
        EXPECT_EQ(read(R"({"amount":12,"currency":")" + std::string(code) + "\"}", m),
                  "/currency: must be an ISO 4217 code such as USD; ")
            << code;
    for (const char* code : {"AED", "ZWG", "BIF", "XPF", "BHD", "TND", "CLF", "CHE"})
        EXPECT_EQ(read(R"({"amount":12,"currency":")" + std::string(code) + "\"}", m), "") << code;
    for (const char* amount : {"1.5", "\"5\"", "true", "9223372036854775808"})
        EXPECT_EQ(read(R"({"currency":"EUR","amount":)" + std::string(amount) + "}", m),
                  "/amount: must be a whole number between -(2^53 - 1) and 2^53 - 1; ")
            << amount;
    EXPECT_EQ(read("{}", m), "/amount: is required; /currency: is required; ");
    for (const char* amount : {"9007199254740991", "-9007199254740991"})
        EXPECT_EQ(read(R"({"currency":"EUR","amount":)" + std::string(amount) + "}", m), "") << amount;
    for (const char* amount : {"9007199254740992", "-9007199254740992"})
        EXPECT_EQ(read(R"({"currency":"EUR","amount":)" + std::string(amount) + "}", m),
                  "/amount: must be a whole number between -(2^53 - 1) and 2^53 - 1; ")
            << amount;
}

TEST(decode_test, arrays_report_every_element) {
    std::vector<std::string> list;
    EXPECT_EQ(read(R"(["a",1,"b",null])", list), "/1: must be a string; /3: must be a string; ");
    EXPECT_EQ(read("{}", list), ": must be an array; ");
    std::string long_one = "[\"x\"";
    for (int i = 0; i < 1000; ++i) long_one += ",\"x\"";
    EXPECT_EQ(read(long_one + "]", list), ": must have at most 1000 elements; ");
}

TEST(decode_test, raw_json_keeps_numbers_as_written) {
    json_text json;
    EXPECT_EQ(read(R"( {"a" : [1.10, 12345678901234567890, "\u00e9\/", null, true], "b":{} } )", json), "");
    EXPECT_EQ(json.text, R"({"a":[1.10,12345678901234567890,"é/",null,true],"b":{}})");
}

struct sample {
    std::string name;
    std::optional<std::int64_t> age;
    patch<std::string> title;
    patch<std::optional<std::string>> note;
    std::int64_t count = 7;
};

std::string read_sample(std::string_view text, sample& out) {
    auto parsed = document::parse(text);
    field_errors errors;
    object_reader reader(parsed->root(), errors);
    reader.required("name", out.name);
    reader.required("age", out.age);
    reader.optional("title", out.title);
    reader.optional("note", out.note);
    reader.optional("count", out.count);
    reader.finish();
    std::string all;
    for (const field_error& e : errors.list()) all += e.pointer + ": " + e.detail + "; ";
    return all;
}

TEST(object_reader_test, tells_absent_from_null_from_set) {
    sample s;
    EXPECT_EQ(read_sample(R"({"name":"x","age":null,"note":null})", s), "");
    EXPECT_FALSE(s.age);
    EXPECT_FALSE(s.title.present());
    ASSERT_TRUE(s.note.present());
    EXPECT_FALSE(s.note.value().has_value());
    EXPECT_EQ(s.count, 7);
}

TEST(object_reader_test, reports_everything_at_once) {
    sample s;
    EXPECT_EQ(read_sample(R"({"age":"1","title":null,"a/b~c":1,"":2})", s),
              "/name: is required; /age: must be a whole number between -2^63 and 2^63 - 1; "
              "/title: must be a string; /a~1b~0c: is not a known field; /: is not a known field; ");
}

TEST(object_reader_test, names_a_hundred_mistakes_of_any_number) {
    std::string body = "{";
    for (int i = 0; i < 9'000; ++i) body += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":0";
    sample s;
    const std::string found = read_sample(body + "}", s);
    EXPECT_EQ(static_cast<std::size_t>(std::count(found.begin(), found.end(), ';')), field_errors::most);
}

TEST(object_reader_test, a_body_that_is_no_object_is_one_error) {
    sample s;
    EXPECT_EQ(read_sample("[1]", s), ": must be an object; ");
}

TEST(writer_test, separates_escapes_and_reads_back) {
    writer w;
    w.begin_object();
    w.member("a", std::vector<std::int64_t>{1, 2});
    w.key("b");
    w.begin_array();
    w.begin_object();
    w.end_object();
    w.value("x\"\\\n\x01é\xFF");
    w.null();
    w.end_array();
    w.member("c", std::optional<bool>());
    w.member("d", 0.1);
    w.member("e", std::numeric_limits<double>::infinity());
    w.member("f", decimal<5, 2>(-350));
    w.member("g", money(5, currency()));
    w.member("h", json_text("{\"x\":1}"));
    w.member("i", color::green);
    w.end_object();
    EXPECT_EQ(
        w.text(),
        R"({"a":[1,2],"b":[{},"x\"\\\n\u0001é)"
        "\xEF\xBF\xBD"
        R"(",null],"c":null,"d":0.1,"e":null,"f":"-3.50","g":{"amount":5,"currency":"USD"},"h":{"x":1},"i":"green"})");
    EXPECT_TRUE(document::parse(w.text()));
}

}  // namespace
}  // namespace tenon::json
