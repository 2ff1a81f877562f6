// Which names follow a rename, and which stay.
#include "generator/rename/renaming.hpp"

#include <gtest/gtest.h>

namespace tenon::gen {
namespace {

/// A generated source, before and after.
struct source {
    std::string path;
    std::string subject;
    std::string before;
    std::string after;
};

class renaming_test : public testing::Test {
  protected:
    std::vector<renamed_word> renames{{"invoice", "bill"},   {"Invoice", "Bill"},      {"invoices", "bills"},
                                      {"Invoices", "Bills"}, {"an invoice", "a bill"}, {"An invoice", "A bill"}};
    std::vector<source> product;

    carried_text carry(const text_to_carry& file) const {
        product_names names(renames);
        for (const source& one : product) names.learn(one.path, one.subject, one.before, one.after);
        return carry_renames(names, file);
    }
    /// Of a source of which nothing but the user's lines is known.
    std::string mine(std::string_view text, std::string_view subject = "") const {
        return carry({"src/custom/own.cpp", subject, std::nullopt, text, ""}).mine;
    }
};

TEST_F(renaming_test, the_base_becomes_what_is_generated_and_the_users_lines_keep_their_words) {
    const std::string base = "struct invoice {\n};\n// Makes an invoice.\ncreate_invoice(\"invoice\");\n";
    const std::string theirs = "struct bill {\n};\n// Makes a bill.\ncreate_bill(\"bill\");\n";
    const std::string edited =
        "struct invoice {\n    invoice* next;  // the invoice after it\n};\n// Makes an invoice.\n"
        "create_invoice(\"invoice\");\nlog(\"no invoice\", my_invoice_helper, invoiced);\n";
    const auto made = carry({"src/invoice.cpp", "bill", base, edited, theirs});
    EXPECT_EQ(made.base, theirs);
    EXPECT_EQ(made.mine,
              "struct bill {\n    bill* next;  // the invoice after it\n};\n// Makes a bill.\n"
              "create_bill(\"bill\");\nlog(\"no invoice\", my_invoice_helper, invoiced);\n");
    EXPECT_TRUE(made.undecided.empty());
}

TEST_F(renaming_test, one_word_becomes_two_in_the_form_of_each_place) {
    renames = {
        {"shipment", "inbound shipment"},   {"shipment", "inbound-shipment"},   {"shipment", "inbound_shipment"},
        {"Shipment", "Inbound shipment"},   {"Shipment", "InboundShipment"},    {"shipments", "inbound-shipments"},
        {"shipments", "inbound_shipments"}, {"Shipments", "Inbound shipments"}, {"a shipment", "an inbound shipment"}};
    const std::string base =
        "// A shipment.\nnamespace shipments {\ndomain::shipment find();\n}\nget(\"/v1/shipments\");\nclass "
        "Shipment;\n";
    const std::string theirs =
        "// An inbound shipment.\nnamespace inbound_shipments {\ndomain::inbound_shipment find();\n}\n"
        "get(\"/v1/inbound-shipments\");\nclass InboundShipment;\n";
    product = {{"src/shipment.cpp", "inbound_shipment", base, theirs}};
    EXPECT_EQ(mine("using namespace shipments;\ndomain::shipment mine;  // shipment\nget(\"/v1/shipments/late\");\n"
                   "class Shipment;\n\"A shipment of mine\";\n"),
              "using namespace inbound_shipments;\ndomain::inbound_shipment mine;  // shipment\n"
              "get(\"/v1/inbound-shipments/late\");\nclass InboundShipment;\n\"A shipment of mine\";\n");
    renames = {{"done", "finished_at"}, {"Done", "FinishedAt"}};
    product = {
        {"src/task.cpp", "task", "bool done;\nvalue.done = 1;\n", "bool finished_at;\nvalue.finished_at = 1;\n"}};
    EXPECT_EQ(mine("if (value.done) say(\"done\");\n", "task"), "if (value.finished_at) say(\"done\");\n");
}

TEST_F(renaming_test, fields_of_other_entities_stay) {
    renames = {{"title", "headline"}, {"Title", "Headline"}};
    product = {{"src/domain/task.hpp", "task", "std::string title;\n", "std::string headline;\n"},
               {"src/domain/task.cpp", "task", "check(value.title);\n", "check(value.headline);\n"},
               {"src/domain/page.hpp", "page", "std::string title;\n", "std::string title;\n"},
               {"src/domain/page.cpp", "page", "check(value.title);\n", "check(value.title);\n"}};
    EXPECT_EQ(mine("void f(const domain::page& one, const domain::task& two) { use(one.title, two.title); }\n", "task"),
              "void f(const domain::page& one, const domain::task& two) { use(one.title, two.headline); }\n");
    EXPECT_EQ(mine("page.title; task.title; new_page{.title = 1}; new_task{.title = 1};\n"),
              "page.title; task.headline; new_page{.title = 1}; new_task{.headline = 1};\n");
    EXPECT_EQ(mine("value.title;\n", "task"), "value.headline;\n");
    EXPECT_EQ(mine("value.title;\n", "page"), "value.title;\n");
}

TEST_F(renaming_test, names_that_the_user_declares_stay) {
    renames = {{"title", "headline"}, {"task", "job"}};
    product = {{"src/domain/task.cpp", "job", "std::string title;\ncheck(value.title);\ndomain::task find();\n",
                "std::string headline;\ncheck(value.headline);\ndomain::job find();\n"}};
    EXPECT_EQ(mine("struct filter { std::string title; };\nvoid f(const filter& x, const domain::task& task) {\n"
                   "    const auto title = task.title;\n    use(title, x.title);\n}\n",
                   "job"),
              "struct filter { std::string title; };\nvoid f(const filter& x, const domain::job& task) {\n"
              "    const auto title = task.headline;\n    use(title, x.title);\n}\n");
    const std::string base = "void f(std::string title) {\n    check(title);\n}\n";
    const std::string theirs = "void f(std::string headline) {\n    check(headline);\n}\n";
    EXPECT_EQ(carry({"src/a.cpp", "job", base, "void f(std::string title) {\n    log(title);\n    check(title);\n}\n",
                     theirs})
                  .mine,
              "void f(std::string headline) {\n    log(headline);\n    check(headline);\n}\n");
}

TEST_F(renaming_test, what_two_things_share_is_not_decided) {
    renames = {{"title", "headline"}};
    product = {{"src/domain/task.cpp", "task", "check(value.title);\n", "check(value.headline);\n"},
               {"src/domain/page.cpp", "page", "check(value.title);\n", "check(value.title);\n"}};
    const auto made = carry({"src/custom/own.cpp", "", std::nullopt, "auto x = find();\nuse(x.title);\n", ""});
    ASSERT_EQ(made.undecided.size(), 1u);
    EXPECT_EQ(made.undecided[0].line, 2u);
    EXPECT_EQ(made.undecided[0].text, "use(x.title);");
    EXPECT_EQ(made.undecided[0].other, "use(x.headline);");
    EXPECT_EQ(made.mine, "auto x = find();\nuse(x.title);\n");
    EXPECT_EQ(made.other, "auto x = find();\nuse(x.headline);\n");
}

TEST_F(renaming_test, two_meanings_of_a_word_are_told_apart) {
    renames = {{"task", "job"}, {"Task", "Job"}};
    const std::string base = "task<int> run(domain::task& t);\ntenon::task<int> go();\n";
    const std::string theirs = "task<int> run(domain::job& t);\ntenon::task<int> go();\n";
    const std::string edited = base + "task<void> mine(domain::task t);\ntenon::task<void> more();\n";
    EXPECT_EQ(carry({"src/a.cpp", "job", base, edited, theirs}).mine,
              theirs + "task<void> mine(domain::job t);\ntenon::task<void> more();\n");
}

TEST_F(renaming_test, enumerators_are_those_of_their_type) {
    renames = {{"open", "fresh"}};
    product = {{"src/domain/task.cpp", "task", "task_status::open;\npage_status::open;\nfile.open();\n",
                "task_status::fresh;\npage_status::open;\nfile.open();\n"}};
    EXPECT_EQ(mine("task_status::open, page_status::open, file.open(), \"open\";\n"),
              "task_status::fresh, page_status::open, file.open(), \"open\";\n");
}

TEST_F(renaming_test, two_fields_that_swap_names_swap_them_everywhere) {
    renames = {{"begin", "end"}, {"end", "begin"}};
    const std::string base = "int begin;\nint end;\nuse(value.begin);\nuse(value.end);\n";
    const std::string theirs = "int end;\nint begin;\nuse(value.end);\nuse(value.begin);\n";
    EXPECT_EQ(carry({"src/a.cpp", "slot", base, base + "mine(value.begin, value.end);\n", theirs}).mine,
              theirs + "mine(value.end, value.begin);\n");
}

TEST_F(renaming_test, plurals_are_learnt_as_they_are) {
    renames = {{"series", "episode"}, {"Series", "Episode"}, {"series", "episodes"}, {"Series", "Episodes"}};
    const std::string base = "namespace series {\ndomain::series find();\n}\nstd::vector<domain::series> list();\n";
    const std::string theirs =
        "namespace episodes {\ndomain::episode find();\n}\nstd::vector<domain::episode> list();\n";
    product = {{"src/storage/series.cpp", "episode", base, theirs}};
    EXPECT_EQ(mine("series::find(domain::series());\n"), "episodes::find(domain::episode());\n");
}

TEST_F(renaming_test, sql_and_configuration_have_names_as_well) {
    product = {{"src/storage/a.cpp", "bill", "f(R\"sql(SELECT * FROM invoices i WHERE i.x = 'invoices')sql\");\n",
                "f(R\"sql(SELECT * FROM bills i WHERE i.x = 'invoices')sql\");\n"}};
    EXPECT_EQ(mine("g(\"SELECT 'invoices' FROM invoices -- invoices\");\n"),
              "g(\"SELECT 'invoices' FROM bills -- invoices\");\n");
    EXPECT_EQ(mine("say(\"UPDATE all invoices now\");\n"), "say(\"UPDATE all invoices now\");\n");
    const std::string base = "  /v1/invoices:\n    $ref: '#/components/Invoice'\n    description: An invoice.\n";
    const std::string theirs = "  /v1/bills:\n    $ref: '#/components/Bill'\n    description: A bill.\n";
    const std::string own =
        "    also: '#/components/Invoice'\n    summary: Mine, of an invoice.\n    more: |\n      This invoice is "
        "mine,\n"
        "      and this one is not.\n    list:\n      - every invoice of mine\n# invoices\n";
    const auto made = carry({"openapi.yaml", "", base, base + own, theirs});
    std::string renamed = own;
    EXPECT_EQ(made.mine, theirs + renamed.replace(renamed.find("Invoice"), 7, "Bill"));
    EXPECT_EQ(carry({"README.md", "", "# Invoices\n", "# Invoices\nMy invoices.\n", "# Bills\n"}).mine,
              "# Bills\nMy invoices.\n");
}

TEST_F(renaming_test, one_that_is_long_done_changes_nothing) {
    const std::string text = "struct bill { int invoice; };\n";
    EXPECT_EQ(carry({"src/a.cpp", "bill", text, text + "mine(invoice);\n", text + "int x;\n"}).mine,
              text + "mine(invoice);\n");
}

TEST_F(renaming_test, names_whose_lines_are_gone_follow_when_only_the_new_one_is_left) {
    product = {{"src/a.cpp", "bill", "class invoice_repository {\n  int a;\n};\nint invoice_color;\n",
                "class bill_repository final : base {\n};\nint invoice_color;\n"}};
    EXPECT_EQ(mine("invoice_repository r; invoice_color c; invoice_size s;\n"),
              "bill_repository r; invoice_color c; invoice_size s;\n");
}

TEST_F(renaming_test, keeps_line_ends_and_a_missing_last_one) {
    const auto made = carry({"a.cpp", "", "invoice\n", "invoice\r\ninvoice", "bill\n"});
    EXPECT_EQ(made.mine, "bill\r\nbill");
    EXPECT_EQ(carry({"a.cpp", "", "invoice\n", "", "bill\n"}).mine, "");
}

}  // namespace
}  // namespace tenon::gen
