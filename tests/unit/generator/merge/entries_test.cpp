// .env, JSON and YAML: entries that the user added stay, formatting and comments too; broken files never come out.
#include "generator/merge/entries.hpp"

#include <gmock/gmock.h>

#include "generator/merge/outlines.hpp"
#include "merging.hpp"

namespace tenon::gen {
namespace {

using testing::HasSubstr;

TEST(env_entries, both_add_at_the_end) {
    EXPECT_EQ(clean(".env.example", "# Where.\n#HOST=a\n", "# Where.\n#HOST=a\n\n# Mine.\nMINE=1\n",
                    "# Where.\n#HOST=a\n\n# How many.\n#WORKERS=0\n"),
              "# Where.\n#HOST=a\n\n# How many.\n#WORKERS=0\n\n# Mine.\nMINE=1\n");
}

/// As a file with two examples of one variable is.
TEST(env_entries, a_name_that_comes_twice_is_one_entry) {
    EXPECT_EQ(clean(".env.example", "# Here.\n#URL=a\n# Or there.\n#URL=b\n#LAST=1\n",
                    "# Here.\n#URL=a\n# Or there.\n#URL=b\n#LAST=1\n\n# Mine.\nMINE=1\n",
                    "# The last one.\n#LAST=1\n\n# Where.\n#URL=c\n\n# More.\n#MORE=1\n"),
              "# The last one.\n#LAST=1\n\n# Mine.\nMINE=1\n\n# Where.\n#URL=c\n\n# More.\n#MORE=1\n");
    const auto out =
        merge_of(".env.example", "#URL=a\n#URL=b\n#LAST=1\n", "URL=mine\n#URL=b\n#LAST=1\n", "#LAST=1\n#URL=c\n");
    EXPECT_FALSE(out.conflicts.empty()) << out.text;
}

TEST(env_entries, what_theirs_drops_goes_and_what_mine_set_stays) {
    EXPECT_EQ(clean(".env.example", "A=1\nB=2\nC=3\n", "A=1\nB=2\nC=mine\n", "A=1\nC=3\nD=4\n"), "A=1\nC=mine\nD=4\n");
    const auto out = merge_of(".env.example", "A=1\nB=2\nC=3\n", "A=1\nB=mine\nC=3\n", "A=1\nC=3\n");
    EXPECT_EQ(out.conflicts.size(), 1u);
}

constexpr const char* presets = R"({
  "version": 6,
  "presets": [
    { "name": "dev", "type": "Debug" },
    { "name": "release", "type": "Release" }
  ]
}
)";

TEST(json_entries, both_add_to_a_list_of_named_objects) {
    const std::string mine = R"({
  "version": 6,
  "presets": [
    { "name": "dev", "type": "Debug" },
    { "name": "release", "type": "Release" },
    { "name": "mine", "type": "Mine" }
  ]
}
)";
    const std::string theirs = R"({
  "version": 6,
  "presets": [
    { "name": "dev", "type": "Debug" },
    { "name": "release", "type": "Release" },
    { "name": "sanitize", "type": "Debug" }
  ],
  "extra": true
}
)";
    EXPECT_EQ(clean("CMakePresets.json", presets, mine, theirs), R"({
  "version": 6,
  "presets": [
    { "name": "dev", "type": "Debug" },
    { "name": "release", "type": "Release" },
    { "name": "sanitize", "type": "Debug" },
    { "name": "mine", "type": "Mine" }
  ],
  "extra": true
}
)");
}

TEST(json_entries, a_clean_merge_of_lines_that_breaks_the_file_is_not_taken) {
    // Line by line both changes fit, and leave a comma before the bracket.
    const std::string base = "{\n  \"a\": 1,\n\n\n\n  \"b\": 2\n}\n";
    const std::string mine = "{\n  \"a\": 1\n}\n";
    const std::string out = clean("x.json", base, mine, "{\n  \"a\": 1,\n\n\n\n  \"b\": 2,\n  \"c\": 3\n}\n");
    EXPECT_EQ(out, "{\n  \"a\": 1,\n  \"c\": 3\n}\n");
}

TEST(json_entries, mine_keeps_its_formatting) {
    EXPECT_EQ(clean("x.json", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "{ \"a\": 1, \"b\": 2, \"m\": 0 }\n",
                    "{\n  \"a\": 1,\n  \"b\": 3\n}\n"),
              "{ \"a\": 1, \"b\": 3, \"m\": 0 }\n");
}

TEST(json_entries, one_value_changed_by_both_is_a_conflict) {
    EXPECT_EQ(merge_of("x.json", "{\"a\": 1}\n", "{\"a\": 2}\n", "{\"a\": 3}\n").conflicts.size(), 1u);
    EXPECT_EQ(merge_of("x.json", "[\"v4\"]\n", "[\"v5\"]\n", "[\"v6\"]\n").conflicts.size(), 1u);
}

TEST(json_entries, what_is_no_json_is_merged_by_lines) {
    EXPECT_EQ(clean("x.json", "{\n1\n2\n3\n", "{ // mine\n1\n2\n3\n", "{\n1\n2\n4\n"), "{ // mine\n1\n2\n4\n");
    EXPECT_FALSE(outline_json("{\"a\": 1, \"a\": 2}").has_value());
    EXPECT_FALSE(outline_json("{\"a\": 1,}").has_value());
    EXPECT_FALSE(outline_json(std::string(200, '[')).has_value());
}

constexpr const char* compose = R"(# How to run it.
services:
  shop:
    build: .
    ports:
      - "8080:8080"
    environment:
      A: 1

volumes:
  data:
)";

TEST(yaml_entries, both_add_services_ports_and_variables) {
    const std::string mine = R"(# How to run it.
services:
  shop:
    build: .
    ports:
      - "8080:8080"
      - "9090:9090"  # mine
    environment:
      A: 1
      MINE: 2

  # The mail trap of our team.
  mail:
    image: mailpit

volumes:
  data:
  mails:
)";
    const std::string theirs = R"(# How to run it.
services:
  shop:
    build: .
    ports:
      - "8080:8080"
      - "8443:8443"
    environment:
      A: 1
      B: 2
  redis:
    image: redis

volumes:
  data:
  cache:
)";
    EXPECT_EQ(clean("compose.yaml", compose, mine, theirs), R"(# How to run it.
services:
  shop:
    build: .
    ports:
      - "8080:8080"
      - "8443:8443"
      - "9090:9090"  # mine
    environment:
      A: 1
      B: 2
      MINE: 2
  redis:
    image: redis

  # The mail trap of our team.
  mail:
    image: mailpit

volumes:
  data:
  cache:
  mails:
)");
}

TEST(yaml_entries, a_step_replaced_by_theirs_and_a_step_of_mine) {
    EXPECT_EQ(
        clean(".github/workflows/ci.yaml",
              "jobs:\n  build:\n    steps:\n      - uses: checkout@v4\n      - run: make\n",
              "jobs:\n  build:\n    steps:\n      - uses: checkout@v4\n      - run: make\n      - run: |\n          # "
              "mine\n          make lint\n",
              "jobs:\n  build:\n    steps:\n      - uses: checkout@v5\n      - run: make\n      - run: make test\n"),
        "jobs:\n  build:\n    steps:\n      - uses: checkout@v5\n      - run: make\n      - run: make test\n      - "
        "run: |\n          # mine\n          make lint\n");
}

TEST(yaml_entries, one_value_changed_by_both_is_a_conflict) {
    const auto out = merge_of("x.yaml", "a:\n  b: 1\n  c: 2\n", "a:\n  b: mine\n  c: 2\n", "a:\n  b: theirs\n  c: 2\n");
    ASSERT_EQ(out.conflicts.size(), 1u);
    EXPECT_EQ(out.conflicts[0].line, 2u);
}

TEST(yaml_entries, the_same_key_added_by_both_is_never_there_twice) {
    const std::string base = "a: 1\nb: 2\nc: 3\nd: 4\n";
    const auto out = merge_of("x.yaml", base, "new: mine\na: 1\nb: 2\nc: 3\nd: 4\n", base + "new: theirs\n");
    EXPECT_EQ(out.conflicts.size(), 1u);
}

TEST(yaml_entries, outlines_keep_every_byte) {
    for (const char* text : {compose, "", "a: |\n  # no comment\n\n  b: c\n# end\n", "- a\n-\n  b: 1\n",
                             "k:\n- a\n- b\nl: {x: [1,\n  2]}\n", "\"quoted: key\": 1\n"}) {
        const auto read = outline_yaml(text);
        ASSERT_TRUE(read.has_value()) << text;
        EXPECT_EQ(text_of(*read, ""), text);
    }
    for (const char* text : {"---\na: 1\n", "a: [\n]\n", "a: 1\na: 2\n", "a\n", "a: 1"}) {
        EXPECT_FALSE(outline_yaml(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace tenon::gen
