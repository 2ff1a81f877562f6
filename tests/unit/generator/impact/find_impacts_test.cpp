// From one spec to the next: what is told, with the line that says so.
#include "generator/impact/find_impacts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/plan/gate.hpp"
#include "generator/read/read.hpp"
#include "generator/resolve/resolve.hpp"

namespace tenon::gen {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string shop = R"(tenon: 1
service: {name: shop}
tenant: {name: workspace}
members:
  manage: admin
  settings: admin
  new: member
access: {read: member, create: member, update: member, delete: admin}
entities:
  Task:
    fields: {title: string}
    soft_delete: true
  Note:
    fields: {title: string}
)";

const std::string list_of_tasks = R"(openapi: 3.1.0
paths:
  /v1/tasks:
    get:
      operationId: list_tasks
      parameters:
        - name: sort
          in: query
          schema: { type: string, enum: ["title", "-title"] }
  /v1/tasks/{id}:
    get:
      operationId: get_task
)";

std::string with(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

/// "LINE SEVERITY KIND: MESSAGE" of each impact of going from one spec (and document) to another.
std::vector<std::string> told(const std::string& before, const std::string& after, const std::string& old_api = "",
                              const std::string& new_api = "") {
    const auto was = read_spec({"spec.yaml", before}), is = read_spec({"spec.yaml", after});
    EXPECT_TRUE(was.has_value() && is.has_value());
    if (!was || !is) return {};
    former_files files;
    files.access = write_access_record(access_of(resolve(*was)));
    if (!old_api.empty()) files.openapi = old_api;
    tree made;
    made.files[std::string(openapi_path)].content = new_api;
    const model product = resolve(*is);
    const auto found = find_impacts(files, made, product, spec_places(*is, product, after));
    EXPECT_TRUE(found.has_value());
    std::vector<std::string> out;
    for (const impact& one : found ? *found : std::vector<impact>()) {
        EXPECT_NE(find_impact_kind(one.kind), nullptr) << one.kind;
        out.push_back(std::to_string(one.spec_line) + " " + std::string(to_string(one.level)) + " " + one.kind + ": " +
                      one.message);
    }
    return out;
}

TEST(find_impacts, another_role_of_the_founder_is_told_with_its_line) {
    EXPECT_THAT(told(shop, shop), IsEmpty());
    const std::string named = with(shop, "  new: member\n", "  new: member\n  founder: admin\n");
    const auto first = [](const std::vector<std::string>& all) { return all.empty() ? "" : all.front().substr(0, 26); };
    EXPECT_EQ(first(told(shop, named)), "8 warning founder_changed:");
    EXPECT_EQ(first(told(named, shop)), "5 warning founder_changed:") << "where members begin, if nothing names it";
}

TEST(find_impacts, a_bin_that_begins_to_be_emptied_or_is_emptied_earlier_loses_data) {
    const auto kept = [](const std::string& soft_delete) { return with(shop, "soft_delete: true", soft_delete); };
    const std::string always = kept("soft_delete: {keep: 90d}"), at_once = kept("soft_delete:\n      keep: 1s");
    EXPECT_THAT(told(shop, at_once),
                ElementsAre("13 destructive retention_added: deletes for good what has been in the bin of 'task' for "
                            "1s; the bin has kept everything"));
    EXPECT_THAT(told(always, at_once),
                ElementsAre("13 destructive retention_shortened: deletes for good what has been in the bin of 'task' "
                            "for 1s, no longer for 90d"));
    EXPECT_THAT(told(at_once, always),
                ElementsAre("12 info retention_lengthened: keeps what is in the bin of 'task' for "
                            "90d, no longer only for 1s"));
    EXPECT_THAT(told(always, shop), ElementsAre("10 info retention_lengthened: keeps what is in the bin of 'task' for "
                                                "ever, no longer only for 90d"));
    EXPECT_THAT(told(with(shop, "    soft_delete: true\n", ""), always), IsEmpty()) << "what was deleted was gone";
    const std::string renamed = with(at_once, "  Task:\n", "  Job:\n    was: Task\n");
    EXPECT_THAT(told(always, renamed), ElementsAre(testing::StartsWith("14 destructive retention_shortened: ")));
}

/// The shop and an entity whose ref stands on line 19.
std::string with_ref(const std::string& ref) {
    return shop + "  Project:\n    fields: {title: string}\n  Step:\n    fields:\n      project: " + ref + "\n";
}

TEST(find_impacts, a_deletion_that_takes_records_along_is_a_right_and_a_loss) {
    const std::string refused = with_ref("ref Project?"),
                      along = with_ref("{type: 'ref Project?', on_delete: cascade}"),
                      emptied = with_ref("{type: 'ref Project?', on_delete: set_null}");
    const std::string now =
        "19 destructive deletion_cascades: whoever may delete 'project' now deletes with it, without a right to, "
        "each 'step' that names it in 'project'; until now ";
    EXPECT_THAT(told(refused, along), ElementsAre(now + "that was refused (409)"));
    EXPECT_THAT(told(emptied, along), ElementsAre(now + "the ref was emptied"));
    EXPECT_THAT(told(along, along), IsEmpty());
    EXPECT_THAT(told(along, refused),
                ElementsAre("19 breaking deletion_refused: deleting 'project' is refused (409) while a record of "
                            "'step' names it in 'project'; until now that went along"));
    EXPECT_THAT(told(emptied, refused), ElementsAre(testing::EndsWith("until now the ref was emptied")));
    EXPECT_THAT(told(refused, emptied),
                ElementsAre("19 warning deletion_empties: deleting 'project' empties 'project' of each 'step' that "
                            "names it; until now that was refused (409)"));
    EXPECT_THAT(told(along, emptied), ElementsAre(testing::EndsWith("until now that went along")));
}

TEST(find_impacts, what_a_deletion_takes_along_is_told_first_and_stopped_by_the_gates) {
    const std::string before = with_ref("ref Project?");
    const std::string after =
        with(with(with_ref("{type: 'ref Project?', on_delete: cascade}"), "update: member", "update: admin"),
             "soft_delete: true", "soft_delete: {keep: 90d}");
    const auto all = told(before, after);
    ASSERT_FALSE(all.empty());
    EXPECT_THAT(all.front(), testing::StartsWith("19 destructive deletion_cascades: "));
    const impact one{"deletion_cascades", severity::destructive, "takes along", 19};
    EXPECT_TRUE(widens(one));
    plan p;
    p.impacts = {one};
    for (const char* gate : {"destructive", "breaking", "widens-access", "changes-access"})
        EXPECT_THAT(caught_by({gate}, p), testing::SizeIs(1)) << gate;
}

TEST(find_impacts, a_new_ref_that_takes_old_records_along_widens_rights) {
    const std::string ref = "{type: 'ref Project?', on_delete: cascade}";
    const std::string before = with(with_ref("int"), "project: int", "size: int");
    EXPECT_THAT(told(before, with_ref(ref)),
                ElementsAre("19 warning deletion_cascades: whoever may delete 'project' now deletes with it, without "
                            "a right to, each 'step' that names it in 'project'; that ref is new"));
    EXPECT_THAT(told(before, with_ref("{type: ref Project, on_delete: cascade}")), testing::SizeIs(1)) << "required";
    EXPECT_THAT(told(before, with_ref("ref Project?")), IsEmpty());
    for (const std::string& one : told(shop, with_ref(ref)))
        EXPECT_THAT(one, testing::Not(testing::HasSubstr("deletion_cascades"))) << "all of it is new";
    EXPECT_THAT(told(with_ref(ref), with_ref("{type: 'ref Task?', on_delete: cascade}")),
                ElementsAre(testing::EndsWith("'task' now deletes with it, without a right to, each 'step' that names "
                                              "it in 'project'; that ref is new")))
        << "another target";
}

TEST(find_impacts, rules_of_refs_to_users_never_act_and_are_not_told) {
    const auto to_user = [](const std::string& rule) { return with_ref("{type: 'ref User?'" + rule + "}"); };
    const std::vector<std::string> all{"", ", on_delete: cascade", ", on_delete: set_null"};
    for (const std::string& before : all) {
        for (const std::string& after : all) EXPECT_THAT(told(to_user(before), to_user(after)), IsEmpty()) << after;
        const std::string none = with(with_ref("int"), "project: int", "size: int");
        EXPECT_THAT(told(none, to_user(before)), IsEmpty()) << before;
    }
    EXPECT_THAT(told(to_user(", on_delete: cascade"), with_ref("{type: 'ref Project?', on_delete: cascade}")),
                ElementsAre(testing::EndsWith("that ref is new")));
}

TEST(find_impacts, refs_are_known_by_their_former_names) {
    const std::string before = with_ref("{type: 'ref Project?', on_delete: cascade}");
    const std::string renamed =
        with(with(with(before, "  Step:\n", "  Stage:\n    was: Step\n"), "  Project:\n", "  Job:\n    was: Project\n"),
             "      project: {type: 'ref Project?'", "      job: {was: project, type: 'ref Job?'");
    EXPECT_THAT(told(before, renamed), IsEmpty());
    EXPECT_THAT(told(renamed, renamed), IsEmpty()) << "`was` stays";
    EXPECT_THAT(told(before, with(renamed, ", on_delete: cascade", "")),
                ElementsAre(testing::HasSubstr("breaking deletion_refused: deleting 'job'")));
}

TEST(find_impacts, a_tree_refuses_what_was_taken) {
    const auto tree = [](const std::string& more) {
        return shop + "  Folder:\n    fields:\n      parent: {type: 'ref Folder?'" + more + "}\n";
    };
    EXPECT_THAT(told(tree(""), tree(", tree: true")),
                ElementsAre("17 breaking tree_added: 'parent' of 'folder' below the record itself is refused (422) "
                            "now"));
    EXPECT_THAT(told(tree(", tree: true"), tree("")),
                ElementsAre("17 info tree_removed: 'parent' of 'folder' below the record itself is no longer refused"));
    EXPECT_THAT(told(tree(", tree: true"), tree(", tree: true")), IsEmpty());
}

TEST(find_impacts, a_new_purge_widens_rights_and_has_its_line) {
    const std::string purged = with(shop, "soft_delete: true", "soft_delete:\n      purge: admin");
    EXPECT_THAT(told(shop, purged), ElementsAre("13 warning grant_added: the role 'admin' may now do task:purge",
                                                "13 warning grant_added: the role 'owner' may now do task:purge",
                                                "13 info permission_added: the right task:purge is new"));
    EXPECT_THAT(told(purged, with(purged, "purge: admin", "purge: creator")),
                testing::Each(testing::StartsWith("13 ")));
}

TEST(find_impacts, a_route_that_moves_is_told_with_the_line_of_its_path) {
    const std::string spec = with(shop, "  Task:\n", "  Task:\n    path: library/tasks\n");
    const std::string moved = with(list_of_tasks, "/v1/tasks", "/v1/library/tasks");
    EXPECT_THAT(told(shop, spec, list_of_tasks, moved),
                ElementsAre("11 breaking operation_moved: /v1/tasks moved to /v1/library/tasks, with everything below "
                            "it"));
    EXPECT_THAT(told(spec, shop, moved, list_of_tasks),
                ElementsAre("10 breaking operation_moved: /v1/library/tasks moved to /v1/tasks, with everything below "
                            "it"));
    EXPECT_THAT(
        told(shop, spec, list_of_tasks, with(moved, ", \"-title\"", "")),
        testing::Contains("10 breaking parameter_narrowed: GET /v1/library/tasks: sort no longer takes '-title'"));
}

TEST(find_impacts, the_route_of_a_renamed_entity_moves) {
    const std::string spec = with(shop, "  Task:\n", "  Job:\n    was: Task\n");
    const std::string jobs = with(list_of_tasks, "task", "job");
    EXPECT_THAT(
        told(shop, spec, list_of_tasks, jobs),
        testing::Contains("10 breaking operation_moved: /v1/tasks moved to /v1/jobs, with everything below it"));
}

}  // namespace
}  // namespace tenon::gen
