// The table of evolutions. Rows are those of insert_rows: three a tenant, the third with NULL wherever it may stand.
#include "tests/unit/generator/migrate/evolutions.hpp"

#include <utility>

namespace tenon::gen::sample {

namespace {

/// One entity with a title and the given fields (flow style: `due: date?`).
std::string task(const std::string& fields, const std::string& rest = {}) {
    const std::string more = fields.empty() ? "" : ", " + fields;
    return "  Task: {fields: {title: \"string(1..40)\"" + more + "}" + (rest.empty() ? "" : ", " + rest) + "}\n";
}

evolution fields(std::string name, const std::string& before, const std::string& after) {
    return {std::move(name), task(before), task(after)};
}

evolution loses(evolution one, bool irreversible = true) {
    one.destructive = true;
    one.irreversible = irreversible;
    return one;
}

evolution asking(evolution one, std::string query, std::string answer) {
    one.query = std::move(query);
    one.answer = std::move(answer);
    return one;
}

evolution preparing(evolution one, std::string statements) {
    one.prepare = std::move(statements);
    return one;
}

const std::string note =
    "  Note: {fields: {body: \"string(1..80)\", task: {type: \"ref Task?\", on_delete: set_null}}}\n";
const std::string owned = "  Note: {fields: {body: \"string(1..80)\", task: {type: ref Task, on_delete: cascade}}}\n";

using list = std::vector<evolution>;

void add_columns(list& out) {
    out.push_back(fields("add an optional field", "", "due: \"date?\""));
    out.push_back(fields("add a short text", "", "nick: \"string(1..9)?\""));
    out.push_back(asking(fields("add a field with a default", "", "points: \"int = 3\""),
                         "SELECT count(*) FROM tasks WHERE points = 3", "6\n"));
    out.push_back(asking(fields("add a text with a default", "", "kind: \"string(1..9) = it's\""),
                         "SELECT DISTINCT kind FROM tasks", "it's\n"));
    out.push_back(asking(fields("add an enum", "", "state: \"enum [open, done] = open\""),
                         "SELECT DISTINCT state FROM tasks", "open\n"));
    out.push_back(asking(fields("add a time of creation", "", "seen: \"datetime = now\""),
                         "SELECT count(seen) FROM tasks", "6\n"));
    out.push_back(fields("add a date of today", "", "day: \"date = now\""));
    out.push_back(fields("add a decimal, a bool and json", "",
                         "ratio: \"decimal(6,2) = 1.50\", urgent: \"bool = false\", extra: \"json?\""));
    out.push_back(fields("add a list and a sum", "", "tags: \"string[] = []\", budget: \"money?\""));
    out.push_back(fields("add a float, an id, an address and a link", "",
                         "weight: \"float?\", other: \"uuid?\", mail: \"email?\", link: \"url?\""));
    out.push_back(fields("add a unique field", "", "code: {type: \"string(1..9)?\", unique: true}"));
    evolution empty = loses(fields("add a required field while there are no rows", "", "due: date"), false);
    empty.prepare = "DELETE FROM tasks";
    out.push_back(empty);
    out.push_back({"add a reference to the same table", task(""), task("parent: \"ref Task?\"")});
    out.push_back({"add a reference that is emptied", task("") + "  Note: {fields: {body: \"string(1..80)\"}}\n",
                   task("") + note});
    out.push_back({"add a user", task(""), task("assignee: \"ref User?\"")});
}

void drop_columns(list& out) {
    out.push_back(loses(fields("drop a field", "due: \"date?\"", "")));
    out.push_back(loses(fields("drop an enum", "state: \"enum [open, done]\"", "")));
    out.push_back(
        loses({"drop a reference", task("") + note, task("") + "  Note: {fields: {body: \"string(1..80)\"}}\n"}));
    out.push_back(loses(fields("drop a unique field", "code: {type: \"string(1..9)\", unique: true}", "")));
    out.push_back(loses(fields("drop a sum", "budget: money", "")));
    out.push_back(loses(fields("drop one field and add its look-alike", "due: \"date?\"", "until: \"date?\"")));
}

void rename_columns(list& out) {
    out.push_back(fields("rename a field", "due: \"date?\"", "until: {type: \"date?\", was: due}"));
    out.push_back(fields("rename a text", "nick: \"string(1..9)\"", "alias: {type: \"string(1..9)\", was: nick}"));
    out.push_back(
        fields("rename an enum", "state: \"enum [open, done]\"", "status: {type: \"enum [open, done]\", was: state}"));
    out.push_back(fields("rename a sum", "budget: money", "cost: {type: money, was: budget}"));
    out.push_back(fields("rename a unique field", "code: {type: \"string(1..9)\", unique: true}",
                         "key: {type: \"string(1..9)\", unique: true, was: code}"));
    out.push_back({"rename a reference", task("") + owned,
                   task("") +
                       "  Note: {fields: {body: \"string(1..80)\", job: {type: ref Task, on_delete: cascade, was: "
                       "task}}}\n"});
    out.push_back({"rename a reference that is emptied", task("") + note,
                   task("") + "  Note: {fields: {body: \"string(1..80)\", job: {type: \"ref Task?\", on_delete: "
                              "set_null, was: task}}}\n"});
    out.push_back(
        fields("rename and widen a field", "nick: \"string(1..9)\"", "alias: {type: \"string(1..20)\", was: nick}"));
    out.push_back(fields("rename a field and add another of its type", "due: \"date?\"",
                         "until: {type: \"date?\", was: due}, from: \"date?\""));
}

void retype_columns(list& out) {
    out.push_back(asking(fields("a whole number becomes text", "n: int", "n: \"string(1..30)\""),
                         "SELECT n FROM tasks ORDER BY id", "-7\n14\n35\n-7\n14\n35\n"));
    out.push_back(loses(preparing(fields("a whole number becomes a short text", "n: int", "n: \"string(1..3)\""),
                                  "UPDATE tasks SET n = -12"),
                        false));
    out.push_back(asking(fields("truth becomes a number", "b: bool", "b: int"), "SELECT b FROM tasks ORDER BY id",
                         "0\n1\n0\n0\n1\n0\n"));
    out.push_back(fields("a decimal gets more digits", "d: \"decimal(6,2)\"", "d: \"decimal(9,3)\""));
    out.push_back(fields("a decimal gets room", "d: \"decimal(6,2)?\"", "d: \"decimal(10,2)?\""));
    out.push_back(loses(preparing(fields("a decimal loses digits", "d: \"decimal(6,2)\"", "d: \"decimal(6,1)\""),
                                  "UPDATE tasks SET d = 0")));
    out.push_back(loses(asking(fields("a float becomes whole", "f: float", "f: int"),
                               "SELECT count(*) FROM tasks WHERE f >= 0", "6\n")));
    out.back().prepare = "UPDATE tasks SET f = 3";
    out.push_back(loses(fields("a whole number becomes decimal", "n: int", "n: \"decimal(8,2)\"")));
    out.push_back(loses(asking(fields("text becomes a number", "s: \"string(1..9)\"", "s: int"),
                               "SELECT DISTINCT s FROM tasks", "12\n")));
    out.back().prepare = "UPDATE tasks SET s = '12'";
    out.push_back(fields("a day becomes a time", "at: \"date?\"", "at: \"datetime?\""));
    out.push_back(loses(preparing(fields("a time becomes a day", "at: datetime", "at: date"), "DELETE FROM tasks")));
    out.push_back(fields("an address becomes a text with a length", "mail: \"email?\"", "mail: \"string(1..300)?\""));
    out.push_back(fields("a link becomes text", "link: url", "link: text"));
    out.push_back(loses(fields("a link becomes a short text", "link: url", "link: \"string(1..99)\""), false));
    out.push_back(loses(preparing(fields("a text becomes an address", "s: \"string(1..60)\"", "s: email"),
                                  "UPDATE tasks SET s = 'a@example.com'"),
                        false));
    out.push_back(loses(preparing(fields("an address becomes a link", "mail: \"email?\"", "mail: \"url?\""),
                                  "UPDATE tasks SET mail = NULL"),
                        false));
    out.push_back(fields("text becomes json", "s: \"url?\"", "s: \"json?\""));
    out.push_back(loses(fields("json becomes text", "j: \"json?\"", "j: \"url?\"")));
    out.back().prepare = "UPDATE tasks SET j = '\"https://example.com\"'";
    out.push_back(fields("an id becomes text", "u: uuid", "u: text"));
    out.push_back(fields("a time becomes text", "at: \"datetime?\"", "at: \"text?\""));
    out.push_back(fields("a decimal becomes text", "d: \"decimal(6,2)?\"", "d: \"text?\""));
    out.push_back(fields("truth becomes text", "b: \"bool?\"", "b: \"text?\""));
    out.push_back(fields("a text becomes a list of texts", "s: \"string(1..9)?\"", "s: \"string[]?\""));
    out.push_back(fields("a list becomes json", "s: \"string[]\"", "s: json"));
    out.push_back({"a reference becomes an id", task("") + owned,
                   task("") + "  Note: {fields: {body: \"string(1..80)\", task_id: {type: uuid, was: task}}}\n"});
}

void change_rules(list& out) {
    out.push_back(fields("make a text longer", "s: \"string(1..9)\"", "s: \"string(1..99)\""));
    out.push_back(loses(fields("make a text shorter", "s: \"string(1..99)\"", "s: \"string(1..9)\""), false));
    out.push_back(fields("make a field optional", "due: date", "due: \"date?\""));
    out.back().query = "SELECT count(due) FROM tasks";
    out.back().answer = "6\n";
    out.push_back(asking(fields("require a field with a default", "n: \"int?\"", "n: \"int = 5\""),
                         "SELECT count(*) FROM tasks WHERE n = 5", "2\n"));
    out.push_back(loses(preparing(fields("require a field that all rows have", "n: \"int?\"", "n: int"),
                                  "UPDATE tasks SET n = 0 WHERE n IS NULL"),
                        false));
    out.push_back(fields("change a default", "n: \"int = 5\"", "n: \"int = 6\""));
    out.push_back(fields("give a default", "s: \"string(1..9)\"", "s: \"string(1..9) = x\""));
    out.push_back(fields("take a default away", "b: \"bool = true\"", "b: bool"));
    out.push_back(fields("add a value", "e: \"enum [a, b] = a\"", "e: \"enum [a, b, c] = a\""));
    out.push_back(loses(preparing(fields("remove a value", "e: \"enum [a, b, c]\"", "e: \"enum [a, b]\""),
                                  "UPDATE tasks SET e = 'a' WHERE e = 'c'"),
                        false));
    out.push_back(asking(fields("rename a value", "e: \"enum [a, b] = b\"", "e: \"enum [a, z (was b)] = z\""),
                         "SELECT e, count(*) FROM tasks GROUP BY e ORDER BY e", "a|4\nz|2\n"));
    out.push_back(
        loses(asking(fields("turn a value into another", "e: \"enum [a, b, c]\"", "e: \"enum [a, b (was c)]\""),
                     "SELECT e, count(*) FROM tasks GROUP BY e ORDER BY e", "a|2\nb|4\n")));
    out.push_back(asking(fields("rename a value of a renamed field", "e: \"enum [a, b]?\"",
                                "f: {type: \"enum [a, z (was b), c]?\", was: e}"),
                         "SELECT count(*) FROM tasks WHERE f = 'z'", "2\n"));
    evolution items = fields("rename an item of a list", "l: \"enum [a, b][]?\"", "l: \"enum [a, z (was b), c][]?\"");
    items.prepare = "UPDATE tasks SET l = '[\"b\",\"a\",\"b\"]' WHERE title LIKE '1%'";
    items.query = "SELECT count(*) FROM tasks WHERE replace(CAST(l AS text), ' ', '') = '[\"z\",\"a\",\"z\"]'";
    items.answer = "2\n";
    out.push_back(items);
    // json_each has columns of these names.
    evolution value = fields("rename an item of a list called value", "value: \"enum [a, b][]?\"",
                             "value: \"enum [a, z (was b)][]?\"");
    value.prepare = "UPDATE tasks SET value = '[\"b\"]'";
    value.query = "SELECT count(*) FROM tasks WHERE CAST(value AS text) = '[\"z\"]'";
    value.answer = "6\n";
    out.push_back(value);
    out.push_back(loses(fields("remove an item of a list", "l: \"enum [a, b][]\"", "l: \"enum [a][]\""), false));
    out.push_back(loses(fields("a number becomes a sum", "n: \"int?\"", "n: \"money?\"")));
    out.push_back(fields("an enum becomes text", "e: \"enum [a, b]\"", "e: \"string(1..9)\""));
    out.push_back(loses(preparing(fields("text becomes an enum", "e: \"string(1..9)\"", "e: \"enum [a, b]\""),
                                  "UPDATE tasks SET e = 'b'"),
                        false));
    out.push_back(fields("fix the currency of none", "m: \"money(USD)?\"", "m: \"money?\""));
}

void change_tables(list& out) {
    out.push_back({"create a table", task(""), task("") + note});
    out.push_back({"create two that refer to each other", task(""),
                   task("") + "  Egg: {fields: {hen: \"ref Hen?\"}}\n  Hen: {fields: {egg: \"ref Egg?\"}}\n"});
    out.push_back({"create a table and refer to it", task(""),
                   task("sprint: \"ref Sprint?\"") + "  Sprint: {fields: {name: \"string(1..9)\"}}\n"});
    out.push_back(loses({"drop a table", task("") + note, task("")}));
    out.push_back(loses({"drop a table that is referred to",
                         task("parent: \"ref Note?\"") + "  Note: {fields: {body: text}}\n", task("")}));
    out.push_back({"rename a table", task("due: \"date?\", e: \"enum [a, b]\""),
                   "  Job: {was: Task, fields: {title: \"string(1..40)\", due: \"date?\", e: \"enum [a, b]\"}}\n"});
    out.push_back({"rename a table that is referred to", task("") + note,
                   "  Job: {was: Task, fields: {title: \"string(1..40)\"}}\n  Note: {fields: {body: \"string(1..80)\", "
                   "task: {type: \"ref Job?\", on_delete: set_null}}}\n"});
    out.push_back({"rename a table that refers to itself", task("parent: \"ref Task?\""),
                   "  Job: {was: Task, fields: {title: \"string(1..40)\", parent: \"ref Job?\"}}\n"});
    out.push_back(
        {"rename a table and its fields", task("due: \"date?\"") + owned,
         "  Job: {was: Task, fields: {name: {type: \"string(1..60)\", was: title}, until: {type: \"date?\", was: "
         "due}, done: \"bool = false\"}}\n  Note: {fields: {body: \"string(1..80)\", job: {type: ref Job, "
         "on_delete: cascade, was: task}}}\n"});
    out.push_back({"another plural", "  Task: {fields: {title: \"string(1..40)\"}}\n",
                   "  Task: {plural: todo_list, fields: {title: \"string(1..40)\"}}\n"});
    out.push_back({"another word for the tenant", task("due: \"date?\"") + note, task("due: \"date?\"") + note});
    out.back().tenant_after = "team";
    out.push_back(
        {"another word for the tenant and more", task("e: \"enum [a, b]\"") + note,
         "  Job: {was: Task, fields: {title: \"string(1..40)\", e: \"enum [a, c (was b)]\"}}\n  Note: {fields: "
         "{body: \"string(1..90)\", job: {type: \"ref Job?\", on_delete: set_null, was: task}}}\n"});
    out.back().tenant_after = "team";
    out.push_back(loses({"one table goes, another of the same shape comes", task(""),
                         "  Job: {fields: {title: \"string(1..40)\"}}\n"}));
}

void change_keys_and_indexes(list& out) {
    out.push_back({"add an index", task("n: int"), task("n: int", "indexes: [[n, title]]")});
    out.push_back({"drop an index", task("n: int", "indexes: [[n, title]]"), task("n: int")});
    out.push_back({"make a field unique", task("n: int"), task("n: {type: int, unique: true}")});
    out.push_back({"no longer unique", task("n: {type: int, unique: true}"), task("n: int")});
    out.push_back({"unique together", task("n: int"), task("n: int", "unique: [[title, n]]")});
    out.push_back({"delete softly", task("n: {type: int, unique: true}"),
                   task("n: {type: int, unique: true}", "soft_delete: true")});
    out.push_back(loses({"delete for good", task("", "soft_delete: true"), task("")}));
    const std::string follows = "task: {type: \"ref Task?\", on_delete: cascade}";
    const auto bins = [&](const std::string& rest) {
        return task("", "soft_delete: true") + "  Note: {fields: {body: text, " + follows + "}" + rest + "}\n";
    };
    out.push_back({"a bin of its own beside the one it goes along to", bins(""), bins(", soft_delete: true")});
    out.push_back(loses({"no bin of its own any more", bins(", soft_delete: {keep: 90d}"), bins("")}));
    out.push_back(loses(
        {"a cascade instead of a bin of its own",
         task("", "soft_delete: true") + "  Note: {fields: {body: text, task: \"ref Task?\"}, soft_delete: true}\n",
         bins("")}));
    for (std::size_t i = out.size() - 2; i < out.size(); ++i)
        out[i].prepare = "UPDATE notes SET deleted_at = NULL";  // what comes back: see bins_test.cpp
    out.push_back({"restrict instead of cascade", task("") + owned,
                   task("") + "  Note: {fields: {body: \"string(1..80)\", task: ref Task}}\n"});
    out.push_back({"empty instead of restrict",
                   task("") + "  Note: {fields: {body: \"string(1..80)\", task: \"ref Task?\"}}\n", task("") + note});
    out.push_back({"an optional reference becomes cascading", task("") + note,
                   task("") + "  Note: {fields: {body: \"string(1..80)\", task: {type: \"ref Task?\", on_delete: "
                              "cascade}}}\n"});
    evolution retarget{"refer to another table", task("") + "  Plan: {fields: {name: text}}\n" + note,
                       task("") +
                           "  Plan: {fields: {name: text}}\n  Note: {fields: {body: \"string(1..80)\", task: "
                           "{type: \"ref Plan?\", on_delete: set_null}}}\n"};
    retarget.prepare = "UPDATE notes SET task_id = NULL";
    out.push_back(loses(retarget, false));
    out.push_back(
        {"an id becomes a reference", task("") + "  Note: {fields: {body: \"string(1..80)\", task_id: \"uuid?\"}}\n",
         task("") + "  Note: {fields: {body: \"string(1..80)\", task: {type: \"ref Task?\", was: task_id}}}\n"});
    out.back().prepare = "UPDATE notes SET task_id = NULL";
    out.push_back(
        {"sort by something else", task("n: int", "list: {sort: [title]}"), task("n: int", "list: {sort: [n]}")});
}

void combine(list& out) {
    out.push_back({"everything at once",
                   task("n: \"int?\", e: \"enum [a, b]\", s: \"string(1..9)\", due: \"date?\"") + note,
                   "  Job:\n    was: Task\n    soft_delete: true\n    indexes: [[e, n]]\n    fields:\n"
                   "      title: {type: \"string(1..80)\", unique: true}\n      n: int = 4\n"
                   "      e: enum [a, c (was b), d]\n      label: {type: \"string(1..20)\", was: s}\n"
                   "      until: {type: \"datetime?\", was: due}\n      sprint: ref Sprint?\n"
                   "  Sprint: {fields: {name: \"string(1..9)\"}}\n"
                   "  Note: {fields: {body: text, job: {type: \"ref Job?\", on_delete: cascade, was: task}}}\n"});
    out.push_back(asking(fields("rename, retype and require", "n: \"bool?\"", "m: {type: \"int = 1\", was: n}"),
                         "SELECT m FROM tasks ORDER BY id", "0\n1\n1\n0\n1\n1\n"));
    out.push_back(
        fields("add and widen", "e: \"enum [a, b]\"", "e: \"enum [a, b, c]\", f: \"enum [x, y]?\", g: \"date?\""));
    out.push_back(loses({"drop one and rename the other",
                         task("") + "  Old: {fields: {a: int}}\n  Note: {fields: {body: text}}\n",
                         task("") + "  Memo: {was: Note, fields: {body: text, stars: \"int = 1\"}}\n"}));
    out.push_back({"rename both ends", task("") + owned,
                   "  Job: {was: Task, fields: {title: \"string(1..40)\"}}\n  Memo: {was: Note, fields: {body: "
                   "\"string(1..80)\", job: {type: ref Job, on_delete: cascade, was: task}}}\n"});
}

}  // namespace

std::vector<evolution> evolutions() {
    list out;
    add_columns(out);
    drop_columns(out);
    rename_columns(out);
    retype_columns(out);
    change_rules(out);
    change_tables(out);
    change_keys_and_indexes(out);
    combine(out);
    return out;
}

std::string spec_text(const std::string& entities, const std::string& tenant) {
    return "tenon: 1\nservice: {name: proof}\ntenant: {name: " + tenant +
           "}\naccess: {read: member, create: member, update: member, delete: admin}\nentities:\n" + entities;
}

}  // namespace tenon::gen::sample
