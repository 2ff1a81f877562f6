// Which identifiers follow a rename, and which stay.
#include "generator/plan/renaming.hpp"

#include <gtest/gtest.h>

namespace tenon::gen {
namespace {

const std::vector<renamed_word> invoice_to_bill{
    {"invoice", "bill"}, {"Invoice", "Bill"}, {"invoices", "bills"}, {"Invoices", "Bills"}, {"an invoice", "a bill"}};

bool is_no_name(std::string_view) {
    return false;
}

std::string after_renaming(std::string_view text, std::string_view base, std::string_view theirs,
                           const std::vector<renamed_word>& words = invoice_to_bill) {
    return renaming(words, base, theirs, is_no_name).apply(text);
}

TEST(renaming, changes_words_within_identifiers_and_nothing_else) {
    const std::string base = "create_invoice(InvoiceStatus s); list_invoices(); invoiced; preinvoice; an invoice\n";
    const std::string theirs = "create_bill(BillStatus s); list_bills(); invoiced; preinvoice; a bill\n";
    EXPECT_EQ(after_renaming(base, base, theirs), theirs);
}

TEST(renaming, carries_the_users_lines_along) {
    const std::string base = "struct invoice {\n};\ncreate_invoice();\n";
    const std::string theirs = "struct bill {\n};\ncreate_bill();\n";
    EXPECT_EQ(after_renaming(
                  "struct invoice {\n    int mine;\n};\n// an invoice of mine\ncreate_invoice(my_invoice_helper);\n",
                  base, theirs),
              "struct bill {\n    int mine;\n};\n// a bill of mine\ncreate_bill(my_invoice_helper);\n")
        << "a name that only the user has stays";
}

TEST(renaming, tells_two_meanings_of_a_word_apart_by_their_lines) {
    const std::vector<renamed_word> task_to_job{{"task", "job"}, {"Task", "Job"}};
    const std::string base = "tenon::task<int> run();\nstruct task {};\nvoid f(task t);\nvoid g(task t);\n";
    const std::string theirs = "tenon::task<int> run();\nstruct job {};\nvoid f(job t);\nvoid g(job t);\n";
    EXPECT_EQ(after_renaming(base, base, theirs, task_to_job), theirs);
    EXPECT_EQ(after_renaming("void mine(task t);\n", base, theirs, task_to_job), "void mine(job t);\n");
}

TEST(renaming, tells_two_meanings_apart_within_a_line) {
    const std::vector<renamed_word> task_to_job{{"task", "job"}, {"Task", "Job"}};
    const std::string base = "task<int> run(domain::task& t);\n";
    const std::string theirs = "task<int> run(domain::job& t);\n";
    EXPECT_EQ(after_renaming(base, base, theirs, task_to_job), theirs);
    EXPECT_EQ(after_renaming("task<void> mine(domain::task t);\n", base, theirs, task_to_job),
              "task<void> mine(domain::job t);\n");
}

TEST(renaming, one_that_is_long_done_changes_nothing) {
    const std::string base = "struct bill {};\n";
    const renaming done(invoice_to_bill, base, "struct bill { int x; };\n", is_no_name);
    EXPECT_FALSE(done.changes_base());
}

TEST(renaming, names_of_other_files_follow_when_only_the_new_one_exists) {
    const auto is_named = [](std::string_view name) { return name == "bill_repository" || name == "invoice_color"; };
    const renaming r(invoice_to_bill, "struct invoice {};\n", "struct bill {};\n", is_named);
    EXPECT_EQ(r.apply("invoice_repository r; invoice_color c; invoice_size s;\n"),
              "bill_repository r; invoice_color c; invoice_size s;\n");
}

TEST(renaming, keeps_line_ends_and_a_missing_last_one) {
    EXPECT_EQ(after_renaming("invoice\r\ninvoice", "invoice\n", "bill\n"), "bill\r\nbill");
    EXPECT_EQ(after_renaming("", "invoice\n", "bill\n"), "");
}

}  // namespace
}  // namespace tenon::gen
