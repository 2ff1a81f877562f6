// Somebody exchanges directories and files for links while a plan is applied: nothing outside the project changes.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "generator/apply/undo.hpp"
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

namespace fs = std::filesystem;

/// The real disk, with something happening right before one of the calls; does not wait for it, nobody pulls the plug.
class interrupted_filesystem final : public filesystem {
  public:
    interrupted_filesystem(std::unique_ptr<filesystem> inner, int at, std::function<void()> happening)
        : inner_(std::move(inner)), at_(at), happening_(std::move(happening)) {}

    int calls() const { return calls_; }

    outcome<node_info> inspect(std::string_view path) override { return next().inspect(path); }
    outcome<std::optional<file_data>> read(std::string_view path, std::uint64_t limit_bytes) override {
        return next().read(path, limit_bytes);
    }
    outcome<std::vector<directory_entry>> list(std::string_view path) override { return next().list(path); }
    outcome<void> make_directories(std::string_view path) override { return next().make_directories(path); }
    outcome<void> write(std::string_view path, std::string_view content, write_mode mode) override {
        return next().write(path, content, mode);
    }
    outcome<void> rename(std::string_view from, std::string_view to) override { return next().rename(from, to); }
    outcome<rename_result> rename_new(std::string_view from, std::string_view to) override {
        return next().rename_new(from, to);
    }
    outcome<exchanged> exchange(std::string_view a, std::string_view b) override { return next().exchange(a, b); }
    outcome<void> remove(std::string_view path) override { return next().remove(path); }
    outcome<bool> remove_directory(std::string_view path) override { return next().remove_directory(path); }
    outcome<void> set_permissions(std::string_view path, mode_t permissions) override {
        return next().set_permissions(path, permissions);
    }
    outcome<void> barrier() override { return {}; }
    outcome<void> lock() override { return inner_->lock(); }
    void unlock() override { inner_->unlock(); }

  private:
    filesystem& next() {
        if (++calls_ == at_) happening_();
        return *inner_;
    }

    std::unique_ptr<filesystem> inner_;
    int at_;
    int calls_ = 0;
    std::function<void()> happening_;
};

class swap_test : public testing::Test {
  protected:
    fs::path top;
    tree first = tree_of({{"src/a.cpp", "a1"}, {"src/b.cpp", "b1"}, {"src/old.cpp", "o1"}, {"src/run", "r"}});
    tree second = tree_of({{"src/a.cpp", "a2"}, {"src/b.cpp", "b1"}, {"src/deep/d.cpp", "d1"}, {"src/run", "r"}});

    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "tenon-swap-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        top = name;
        second.files["src/run"].executable = true;
    }

    void TearDown() override { fs::remove_all(top); }

    /// A project with an open plan, and a directory outside that has files of the same names.
    void start() {
        fs::remove_all(top);
        fs::create_directories(top / "project");
        fs::create_directories(top / "outside");
        for (const char* file : {"a.cpp", "b.cpp", "old.cpp", "run"}) std::ofstream(top / "outside" / file) << "victim";
        auto opened = open_directory((top / "project").string());
        ASSERT_TRUE(opened);
        interrupted_filesystem project(std::move(*opened), 0, [] {});
        auto p = make_plan(first, {}, project, test_origin);
        ASSERT_TRUE(p);
        ASSERT_TRUE(apply_in_place(*p, first, project));
        ASSERT_TRUE(regenerate(second, project));
    }

    std::string outside() const {
        std::ostringstream all;
        std::set<fs::path> paths;
        for (const auto& item : fs::recursive_directory_iterator(top / "outside")) paths.insert(item.path());
        for (const fs::path& path : paths) {
            std::ifstream file(path);
            all << path.filename() << " " << static_cast<unsigned>(fs::status(path).permissions()) << " "
                << file.rdbuf() << "\n";
        }
        return all.str();
    }

    /// Applies with `happening` before each call in turn; then once more, as the next run would.
    void expect_nothing_outside_changes(const std::function<void()>& happening) {
        for (int at = 1;; ++at) {
            start();
            const std::string before = outside();
            auto opened = open_directory((top / "project").string());
            ASSERT_TRUE(opened);
            interrupted_filesystem disk(std::move(*opened), at, happening);
            (void)apply_saved(disk);
            ASSERT_EQ(outside(), before) << "before call " << at;
            const int calls = disk.calls();
            (void)apply_saved(disk);
            (void)undo_last_apply(disk);
            ASSERT_EQ(outside(), before) << "after a second run, before call " << at;
            if (calls < at) break;
        }
    }
};

TEST_F(swap_test, a_directory_becomes_a_link) {
    expect_nothing_outside_changes([&] {
        fs::rename(top / "project/src", top / "project/was");
        fs::create_directory_symlink(top / "outside", top / "project/src");
    });
}

TEST_F(swap_test, files_become_links) {
    expect_nothing_outside_changes([&] {
        for (const char* file : {"a.cpp", "old.cpp", "run", ".a.cpp.tenon-tmp"}) {
            fs::remove(top / "project/src" / file);
            fs::create_symlink(top / "outside/b.cpp", top / "project/src" / file);
        }
    });
}

TEST_F(swap_test, tenons_own_directory_becomes_a_link) {
    expect_nothing_outside_changes([&] {
        fs::rename(top / "project/.tenon/local", top / "project/.tenon/was");
        fs::create_directory_symlink(top / "outside", top / "project/.tenon/local");
    });
}

}  // namespace
}  // namespace tenon::gen
