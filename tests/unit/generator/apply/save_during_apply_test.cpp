// Somebody saves, or deletes, a file before each call that an apply makes: what was saved stays on disk, the plan is
// stale where that came in between, and generating again goes on from there.
#include "project_fixture.hpp"

#include "generator/apply/status.hpp"
#include "generator/apply/undo.hpp"

#include <algorithm>
#include <cstdlib>

namespace tenon::gen {
namespace {

const std::string saved_text = "saved\n2\n3\n4\n5\n6\n7\n8\n";

std::string lines(const std::string& first, const std::string& last) {
    return first + "\n2\n3\n4\n5\n6\n7\n" + last + "\n";
}

bool is_soak() {
    return std::getenv("TENON_SOAK") != nullptr;
}

class save_during_apply : public project_test {
  protected:
    memory_filesystem planned;
    tree second;

    void SetUp() override {
        tree first = tree_of({{"src/update", lines("1", "8")},
                              {"src/merge", lines("1", "8")},
                              {"src/conflict", lines("1", "8")},
                              {"src/mode", lines("1", "8")},
                              {"old/removed", lines("1", "8")},
                              {"src/invoice", lines("1 invoice", "8")}});
        second = tree_of({{"src/update", lines("1", "8 of 2")},
                          {"src/merge", lines("1", "8 of 2")},
                          {"src/conflict", lines("1 of 2", "8")},
                          {"src/mode", lines("1", "8")},
                          {"new/created", lines("1", "8")},
                          {"src/bill", lines("1 bill", "8")}});
        second.files["src/mode"].executable = true;
        second.files["src/bill"].former = "src/invoice";
        second.renames = {{"invoice", "bill"}};
        create(first);
        disk.put("src/merge", lines("1 of mine", "8"));
        disk.put("src/conflict", lines("1 of mine", "8"));
        disk.put("src/invoice", lines("1 invoice", "8 of mine"));
        must_regenerate(second);
        planned = disk;
    }

    /// Every path that the plan touches.
    const std::vector<std::string> touched{"src/update",  "src/merge",   "src/conflict", "src/conflict.new", "src/mode",
                                           "old/removed", "new/created", "src/invoice",  "src/bill"};

    /// The calls of an apply that nobody disturbs.
    std::vector<std::string> all_calls(bool can_exchange) {
        disk = planned;
        disk.can_exchange = can_exchange;
        std::vector<std::string> calls;
        disk.before_call = [&](int, const std::string& call) { calls.push_back(call); };
        must_apply();
        disk.before_call = nullptr;
        return calls;
    }

    /// The calls before which something happens to `path`: those about that file or its staged copy, the ones next to
    /// them, and of the others one in so many; in a soak each.
    std::vector<int> calls_near(const std::string& path, bool can_exchange = true) {
        const std::vector<std::string> calls = all_calls(can_exchange);
        const int every = is_soak() ? 1 : 13;
        const std::string staged = "." + std::string(name_of(path)) + ".tenon-tmp";
        const auto is_about = [&](const std::string& call) {
            return call.ends_with(path) || call.find(staged) != std::string::npos;
        };
        const int last = static_cast<int>(calls.size());
        std::vector<int> near;
        for (int at = 1; at <= last; ++at) {
            const auto from = calls.begin() + std::max(at - 2, 0), to = calls.begin() + std::min(at + 1, last);
            if (std::any_of(from, to, is_about) || at % every == 0) near.push_back(at);
        }
        EXPECT_GT(near.size(), 10u);
        return near;
    }

    /// Whether what was saved is in `path`, perhaps merged by now, moved, or beside it.
    bool is_there(const std::string& path) const {
        for (const auto& [name, content] : disk.files()) {
            const bool moved = path == "src/invoice" && name == "src/bill";
            const bool near = moved || name == path || name.starts_with(path + ".new");
            if (near && content.starts_with("saved\n")) return true;
        }
        return false;
    }

    exit_code status() {
        const auto s = status_of(disk);
        EXPECT_TRUE(s) << s.error().message;
        return s ? s->code : exit_code::failed;
    }

    /// The next commands of a user: they end, and nothing is pending then.
    void expect_to_converge(const std::string& where) {
        ASSERT_TRUE(recover(disk)) << where;
        auto p = regenerate(second, disk);
        ASSERT_TRUE(p) << where << ": " << p.error().message;
        if (has_pending(*p)) {
            const auto done = apply_saved(disk);
            ASSERT_TRUE(done) << where << ": " << done.error().message;
            ASSERT_TRUE(done->saved.paths.empty()) << where;
        }
        p = regenerate(second, disk);
        ASSERT_TRUE(p) << where << ": " << p.error().message;
        for (const plan_entry& e : p->entries) ASSERT_FALSE(is_pending(e)) << where << ": " << e.path;
        expect_tidy();
    }

    /// What the user had before the apply, or what the apply makes of it.
    void expect_edits(const std::string& but, const std::string& where) {
        const auto has = [&](const std::string& path, const std::string& text) {
            return disk.content(path).find(text) != std::string::npos;
        };
        if (but != "src/merge") {
            EXPECT_TRUE(has("src/merge", "1 of mine")) << where;
        }
        if (but != "src/conflict") {
            EXPECT_TRUE(has("src/conflict", "1 of mine")) << where;
        }
        if (but != "src/invoice" && but != "src/bill") {
            EXPECT_TRUE(has("src/bill", "8 of mine")) << where;
        }
    }

    /// Runs one apply with `happening` before its call number `at`.
    outcome<applied_plan> apply_with(int at, const std::function<void()>& happening) {
        disk.calls = 0;
        disk.before_call = [at, &happening](int call, const std::string&) {
            if (call == at) happening();
        };
        auto done = apply_saved(disk);
        disk.before_call = nullptr;
        return done;
    }

    void save_before_each_call(bool can_exchange) {
        int in_between = 0;
        for (const std::string& path : touched) {
            for (const int at : calls_near(path, can_exchange)) {
                disk = planned;
                disk.can_exchange = can_exchange;
                const auto done = apply_with(at, [&] { disk.put(path, saved_text); });
                const std::string where = path + " before call " + std::to_string(at);
                ASSERT_TRUE(done || done.error().kind == failure_kind::stale) << where << ": " << done.error().message;
                if (done && !done->saved.paths.empty()) {
                    ++in_between;
                    ASSERT_EQ(status(), exit_code::stale) << where;
                }
                ASSERT_EQ(disk.content(path), saved_text) << where;
                expect_to_converge(where);
                ASSERT_TRUE(is_there(path)) << where;
                expect_edits(path, where);
                if (HasFailure()) return;
            }
        }
        EXPECT_GT(in_between, 20);
    }
};

TEST_F(save_during_apply, a_file_is_saved_before_each_call) {
    save_before_each_call(true);
}

TEST_F(save_during_apply, a_file_is_saved_before_each_call_where_files_cannot_be_exchanged) {
    save_before_each_call(false);
}

TEST_F(save_during_apply, a_file_is_saved_twice) {
    for (const std::string& path : touched) {
        for (const int at : calls_near(path)) {
            for (int later = 1; later <= 7; later += 2) {
                disk = planned;
                disk.calls = 0;
                disk.before_call = [&](int call, const std::string&) {
                    if (call == at) disk.put(path, "earlier\n");
                    if (call == at + later) disk.put(path, saved_text);
                };
                const auto done = apply_saved(disk);
                disk.before_call = nullptr;
                if (disk.calls < at + later) break;
                const std::string where =
                    path + " before calls " + std::to_string(at) + " and +" + std::to_string(later);
                ASSERT_TRUE(done || done.error().kind == failure_kind::stale) << where << ": " << done.error().message;
                ASSERT_EQ(disk.content(path), saved_text) << where;
                expect_to_converge(where);
                ASSERT_TRUE(is_there(path)) << where;
            }
        }
    }
}

TEST_F(save_during_apply, a_file_is_deleted_before_each_call) {
    for (const std::string& path : touched) {
        for (const int at : calls_near(path)) {
            disk = planned;
            const auto done = apply_with(at, [&] { disk.nodes.erase(path); });
            const std::string where = path + " before call " + std::to_string(at);
            ASSERT_TRUE(done || done.error().kind == failure_kind::stale) << where << ": " << done.error().message;
            expect_to_converge(where);
            expect_edits(path, where);
        }
    }
}

TEST_F(save_during_apply, a_link_takes_the_place_of_a_file) {
    for (const std::string& path : touched) {
        for (const int at : calls_near(path)) {
            disk = planned;
            const auto done = apply_with(at, [&] { disk.put_link(path); });
            const std::string where = path + " before call " + std::to_string(at);
            ASSERT_TRUE(done || done.error().kind == failure_kind::stale) << where << ": " << done.error().message;
            ASSERT_TRUE(recover(disk)) << where;
            ASSERT_TRUE(disk.nodes.contains(path)) << where;
            ASSERT_EQ(disk.nodes.find(path)->second.kind, node_kind::symlink) << where;
            disk.nodes.erase(path);
            expect_to_converge(where);
            expect_edits(path, where);
        }
    }
}

TEST_F(save_during_apply, killed_after_a_save) {
    for (const std::string& path : touched) {
        const std::vector<int> near = calls_near(path);
        for (std::size_t i = 0; i < near.size(); ++i) {
            const int at = near[i];
            const int number = static_cast<int>(i);
            const int step = is_soak() ? 1 : 11;
            for (int killed = at + 1 + number % step; killed < at + 36; killed += step) {
                disk = planned;
                disk.can_exchange = i % 2 == 0;
                disk.fail_at = killed;
                disk.fail_for_good = true;
                const auto done = apply_with(at, [&] { disk.put(path, saved_text); });
                disk.fail_at = 0;
                const std::string where =
                    path + " before call " + std::to_string(at) + ", killed in " + std::to_string(killed);
                if (disk.calls < killed) break;
                expect_to_converge(where);
                ASSERT_TRUE(is_there(path)) << where;
                expect_edits(path, where);
                if (HasFailure()) return;
            }
        }
    }
}

TEST_F(save_during_apply, the_rest_can_be_undone) {
    disk = planned;
    disk.before_call = [&](int, const std::string&) {
        if (disk.nodes.contains(".tenon/local/journal.committed") && disk.content("src/update") != saved_text) {
            disk.put("src/update", saved_text);
        }
    };
    const auto done = apply_saved(disk);
    disk.before_call = nullptr;
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->saved.paths, std::vector<std::string>{"src/update"});
    EXPECT_EQ(disk.content("new/created"), lines("1", "8"));
    const auto undone = undo_last_apply(disk);
    ASSERT_TRUE(undone) << undone.error().message;
    EXPECT_TRUE(undone->changed.empty());
    EXPECT_EQ(disk.content("new/created"), "(absent)");
    EXPECT_EQ(disk.content("src/update"), saved_text);
    EXPECT_EQ(disk.content("src/invoice"), lines("1 invoice", "8 of mine"));
}

/// A hook follows a rename once, told by the spec of the last generation: as long as it has not, that spec stays.
TEST_F(project_test, a_seeded_file_saved_while_names_are_carried_gets_them_later) {
    const auto made = [](const std::string& word, const std::string& spec) {
        tree t = tree_of({{"spec.yaml", spec}, {"src/list", word + "\n"}});
        t.files["src/hook.cpp"] = {"use(" + word + ");\n", owner_class::seeded, false, "test", "task"};
        return t;
    };
    tree second = made("promised_on", "2\n");
    second.renames = {{"due", "promised_on"}};
    const auto regenerated = [&] {
        // As the command line: nothing has another name once the last spec is this one.
        const bool is_over = base_of(std::string(spec_path)) == "2\n";
        second.renamed_subjects =
            is_over ? std::set<std::string, std::less<>>{} : std::set<std::string, std::less<>>{"task"};
        return must_regenerate(second);
    };
    create(made("due", "1\n"));
    disk.put("src/hook.cpp", "use(due);  // mine\n");
    regenerated();
    const memory_filesystem planned = disk;
    int calls = 0;
    disk.before_call = [&](int, const std::string&) { ++calls; };
    must_apply();
    disk.before_call = nullptr;
    ASSERT_EQ(disk.content("src/hook.cpp"), "use(promised_on);  // mine\n");
    int spared = 0;
    for (int at = 1; at <= calls; ++at) {
        disk = planned;
        disk.before_call = [&](int n, const std::string&) {
            if (n == at) disk.put("src/hook.cpp", "use(due);  // mine, saved\n");
        };
        const auto done = apply_saved(disk);
        disk.before_call = nullptr;
        if (done && !done->saved.paths.empty()) ++spared;
        ASSERT_TRUE(recover(disk)) << at;
        const plan next = regenerated();
        if (has_pending(next)) must_apply();
        if (disk.content("src/hook.cpp").find("saved") == std::string::npos) continue;
        // Saved after it was carried, the old name is the user's own doing.
        const bool was_carried = done && done->saved.paths.empty();
        if (was_carried) continue;
        EXPECT_EQ(disk.content("src/hook.cpp"), "use(promised_on);  // mine, saved\n") << at;
    }
    EXPECT_GT(spared, 0);
}

}  // namespace
}  // namespace tenon::gen
