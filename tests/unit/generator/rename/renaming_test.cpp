// Which names follow a rename, and which stay.
#include "generator/rename/renaming.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

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
    std::vector<renamed_table> tables;

    carried_text carry(const text_to_carry& file) const {
        product_names names(renames, tables);
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
    product = {
        {"src/domain/task.hpp", "task", "std::string title;\n", "std::string headline;\n"},
        {"src/domain/task.cpp", "task", "check(value.title);\n", "check(value.headline);\n"},
        {"src/domain/page.hpp", "page", "std::string title;\n", "std::string title;\n"},
        {"src/domain/page.cpp", "page", "check(value.title);\n", "check(value.title);\n"},
        {"src/domain/new.hpp", "", "struct new_page; struct new_task;\n", "struct new_page; struct new_task;\n"}};
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

TEST_F(renaming_test, members_of_the_users_types_stay) {
    renames = {{"title", "headline"}};
    product = {{"src/domain/task.cpp", "task", "check(value.title);\n", "check(value.headline);\n"}};
    const std::string card = "struct task_card {\n    std::string title;\n    std::string headline;\n};\n";
    EXPECT_EQ(mine(card + "task_card f(const domain::task& one) {\n    task_card out;\n    out.title = one.title;\n"
                          "    return task_card{.title = out.title, .headline = one.title};\n}\n",
                   "task"),
              card +
                  "task_card f(const domain::task& one) {\n    task_card out;\n    out.title = one.headline;\n"
                  "    return task_card{.title = out.title, .headline = one.headline};\n}\n");
    // Generated code has an "item" of its own, and the object is called as the entity.
    product.push_back({"src/api/list.cpp", "", "item one;\n", "item one;\n"});
    const std::string item = "struct item { int title; };\nvoid f(const item& task) { use(task.title); }\n";
    EXPECT_EQ(mine(item, "task"), item);
    // The struct is in another file of the user's, or nothing says the type: somebody has to decide.
    for (const std::string line : {"void f(my_task_title other) { use(other.title); }\n",
                                   "struct task_card { std::string title; }; auto x = f(); use(x.title);\n"}) {
        const auto made = carry({"src/custom/own.cpp", "task", std::nullopt, line, ""});
        EXPECT_EQ(made.mine, line);
        EXPECT_EQ(made.undecided.size(), 1u) << line;
    }
}

TEST_F(renaming_test, words_of_the_runtime_tell_nothing_of_a_value) {
    renames = {{"done", "finished"}};
    product = {{"third_party/tenon/src/a.cpp", "", "if (one == state::done) f();\n", "if (one == state::done) f();\n"},
               {"src/domain/visit.hpp", "visit", "enum class visit_status { done };\nf(visit_status::done);\n",
                "enum class visit_status { finished };\nf(visit_status::finished);\n"}};
    EXPECT_EQ(mine("use(domain::visit_status::done);\n", "visit"), "use(domain::visit_status::finished);\n");
}

/// Task has become Job, and its title a headline; Project keeps its title.
class sql_renaming_test : public renaming_test {
  protected:
    void SetUp() override {
        renames = {{"task", "job"}, {"tasks", "jobs"}, {"title", "headline"}};
        tables = {{"tasks", "jobs", {{"title", "headline"}, {"project_id", "project_id"}}},
                  {"projects", "projects", {{"title", "title"}}},
                  {"users", "users", {{"workspace_id", "space_id"}}, true}};
        product = {{"src/storage/task.cpp", "job", "f(\"SELECT \\\"title\\\" FROM \\\"tasks\\\"\");\n",
                    "f(\"SELECT \\\"headline\\\" FROM \\\"jobs\\\"\");\n"},
                   {"src/storage/project.cpp", "project", "f(\"SELECT \\\"title\\\" FROM \\\"projects\\\"\");\n",
                    "f(\"SELECT \\\"title\\\" FROM \\\"projects\\\"\");\n"}};
    }
    std::string sql(const std::string& statement, std::size_t undecided = 0) const {
        const std::string before = "f(R\"sql(";
        const std::string after = ")sql\");\n";
        const std::string text = before + statement + after;
        const auto made = carry({"src/custom/own.cpp", "job", std::nullopt, text, ""});
        EXPECT_EQ(made.undecided.size(), undecided) << statement;
        return made.mine.substr(before.size(), made.mine.size() - before.size() - after.size());
    }
};

TEST_F(sql_renaming_test, a_column_is_one_of_its_statements_table) {
    EXPECT_EQ(sql("SELECT title FROM projects WHERE title = $1"), "SELECT title FROM projects WHERE title = $1");
    EXPECT_EQ(sql("SELECT title FROM tasks WHERE title = $1"), "SELECT headline FROM jobs WHERE headline = $1");
    EXPECT_EQ(sql("UPDATE projects SET title = $2"), "UPDATE projects SET title = $2");
    EXPECT_EQ(sql("UPDATE \"tasks\" SET \"title\" = $2"), "UPDATE \"jobs\" SET \"headline\" = $2");
    EXPECT_EQ(sql("DELETE FROM notes WHERE title = 'x'"), "DELETE FROM notes WHERE title = 'x'");
    EXPECT_EQ(sql("SELECT t.title, p.title, projects.title, tasks.title FROM tasks t, projects AS p, projects, tasks"),
              "SELECT t.headline, p.title, projects.title, jobs.headline FROM jobs t, projects AS p, projects, jobs");
    EXPECT_EQ(sql("SELECT extract(year FROM title), count(*) FROM tasks WHERE title IS DISTINCT FROM title"),
              "SELECT extract(year FROM headline), count(*) FROM jobs WHERE headline IS DISTINCT FROM headline");
    EXPECT_EQ(sql("SELECT 1 FROM tasks task LEFT JOIN notes n ON n.title = task.title"),
              "SELECT 1 FROM jobs task LEFT JOIN notes n ON n.title = task.headline");
}

TEST_F(sql_renaming_test, each_query_of_a_statement_has_its_own_tables) {
    EXPECT_EQ(sql("INSERT INTO tasks (title) SELECT title FROM projects ON CONFLICT (title) DO UPDATE SET "
                  "title = excluded.title RETURNING title"),
              "INSERT INTO jobs (headline) SELECT title FROM projects ON CONFLICT (headline) DO UPDATE SET "
              "headline = excluded.headline RETURNING headline");
    EXPECT_EQ(sql("SELECT title FROM tasks WHERE project_id IN (SELECT id FROM projects WHERE title = tasks.title)"),
              "SELECT headline FROM jobs WHERE project_id IN (SELECT id FROM projects WHERE title = jobs.headline)");
    EXPECT_EQ(sql("SELECT title FROM tasks UNION SELECT title FROM projects; SELECT title FROM tasks"),
              "SELECT headline FROM jobs UNION SELECT title FROM projects; SELECT headline FROM jobs");
}

TEST_F(sql_renaming_test, types_and_parts_of_times_are_no_columns) {
    for (const std::string type :
         {"$2::title", "$2 :: title", "title '2026-01-01'", "extract(title FROM now())", "1 ORDER BY id NULLS title"}) {
        EXPECT_EQ(sql("SELECT title FROM tasks WHERE id > " + type), "SELECT headline FROM jobs WHERE id > " + type);
    }
}

TEST_F(sql_renaming_test, tables_of_the_runtime_keep_their_columns) {
    EXPECT_EQ(sql("SELECT title FROM users u WHERE u.title = $1"), "SELECT title FROM users u WHERE u.title = $1");
    renames.emplace_back("workspace_id", "space_id");
    EXPECT_EQ(sql("SELECT 1 FROM users WHERE workspace_id = $1"), "SELECT 1 FROM users WHERE space_id = $1");
}

TEST_F(sql_renaming_test, what_no_table_tells_is_not_decided) {
    for (const std::string statement :
         {"SELECT title FROM tasks, projects", "SELECT title FROM tasks, notes", "SELECT title",
          "SELECT x.title FROM tasks t", "SELECT x.title FROM (SELECT 1) AS x",
          "SELECT p.name AS title FROM tasks t JOIN projects p ON true ORDER BY title"}) {
        EXPECT_NE(sql(statement, 1).find("title"), std::string::npos);
    }
    EXPECT_EQ(sql("WITH x AS (SELECT title FROM tasks) SELECT title FROM x", 1),
              "WITH x AS (SELECT headline FROM jobs) SELECT title FROM x");
}

TEST_F(sql_renaming_test, follows_although_a_variable_is_called_so) {
    EXPECT_EQ(
        mine("const std::string title = f();\nstd::vector<int> tasks;\ng(\"SELECT title \"\n  \"FROM tasks\");\n"),
        "const std::string title = f();\nstd::vector<int> tasks;\ng(\"SELECT headline \"\n  \"FROM jobs\");\n");
}

/// The user's own statements and types, put together at random, in between of what has to follow.
TEST_F(sql_renaming_test, leaves_every_byte_about_other_things) {
    const std::vector<std::string> others{
        "f(\"SELECT title, projects.title FROM projects ORDER BY title\");\n",
        "f(R\"sql(UPDATE projects AS p SET title = $2 WHERE p.title <> $3)sql\");\n",
        "f(R\"sql(\n  SELECT n.title, title FROM notes AS n\n  WHERE title IN (SELECT title FROM projects)\n)sql\");\n",
        "f(\"INSERT INTO projects (title) VALUES ($1)\" \" RETURNING title\");\n",
        "struct task_note { std::string title; };\nvoid f(const task_note& note) { use(note.title); }\n",
        "{ const std::string title = \"title of tasks\"; use(title); }\n",
        "void g(const domain::project& above) { use(above.title, project.title); }  // title of tasks\n"};
    const std::vector<std::pair<std::string, std::string>> followers{
        {"f(\"SELECT title FROM tasks\");\n", "f(\"SELECT headline FROM jobs\");\n"},
        {"void h(const domain::task& below) { use(below.title); }\n",
         "void h(const domain::job& below) { use(below.headline); }\n"},
        {"f(R\"sql(DELETE FROM tasks t\n WHERE t.title = $1)sql\");\n",
         "f(R\"sql(DELETE FROM jobs t\n WHERE t.headline = $1)sql\");\n"}};
    product.push_back({"src/domain/task.cpp", "job", "check(value.title); domain::task f();\n",
                       "check(value.headline); domain::job f();\n"});
    product.push_back({"src/domain/project.cpp", "project", "check(value.title);\n", "check(value.title);\n"});
    std::mt19937 random(11);
    for (int round = 0; round < 200; ++round) {
        std::string text;
        std::string wanted;
        for (auto parts = random() % 8 + 1; parts > 0; --parts) {
            const std::string& other = others[random() % others.size()];
            const auto& [was, is] = followers[random() % followers.size()];
            const bool first = random() % 2 == 0;
            text += first ? other + was : was + other;
            wanted += first ? other + is : is + other;
        }
        const auto made = carry({"src/custom/own.cpp", "job", std::nullopt, text, ""});
        ASSERT_EQ(made.mine, wanted);
        ASSERT_TRUE(made.undecided.empty()) << made.undecided[0].text;
    }
}

TEST_F(renaming_test, long_files_take_time_by_their_length) {
    renames = {{"title", "headline"}};
    product = {{"src/domain/task.cpp", "task", "check(value.title);\n", "check(value.headline);\n"}};
    std::string text;
    for (int i = 0; i < 40'000; ++i) text += "use(one.title, " + std::to_string(i) + ");\n";
    const auto start = std::chrono::steady_clock::now();
    EXPECT_NE(mine(text, "task"), text);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
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
