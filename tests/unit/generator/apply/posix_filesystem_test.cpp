// The real file system: confinement, kinds of nodes, modes, locks.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

namespace fs = std::filesystem;

class posix_filesystem_test : public testing::Test {
  protected:
    fs::path top;
    std::unique_ptr<filesystem> disk;

    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "tenon-test-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        top = name;
        fs::create_directory(top / "project");
        std::ofstream(top / "outside") << "outside";
        auto opened = open_directory((top / "project").string());
        ASSERT_TRUE(opened);
        disk = std::move(*opened);
    }

    void TearDown() override {
        disk.reset();
        fs::remove_all(top);
    }

    std::string text(const std::string& path) {
        auto file = disk->read(path, 1000);
        return file && *file ? (*file)->content : "(none)";
    }
};

TEST_F(posix_filesystem_test, writes_reads_renames_lists_and_removes) {
    ASSERT_TRUE(disk->make_directories("a/b"));
    ASSERT_TRUE(disk->make_directories("a/b"));
    ASSERT_TRUE(disk->write("a/b/x", "one", {}));
    ASSERT_TRUE(disk->write("a/y", "two", {true, std::nullopt}));
    EXPECT_FALSE(disk->write("a/y", "three", {}));
    ASSERT_TRUE(disk->rename("a/b/x", "a/y"));
    EXPECT_EQ(text("a/y"), "one");
    EXPECT_EQ(text("a/b/x"), "(none)");
    auto entries = disk->list("a");
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 2u);
    EXPECT_EQ(entries->front().kind, node_kind::directory);
    EXPECT_FALSE(*disk->remove_directory("a"));
    ASSERT_TRUE(disk->remove("a/y"));
    ASSERT_TRUE(disk->remove("a/y"));
    EXPECT_TRUE(*disk->remove_directory("a/b"));
    ASSERT_TRUE(disk->make_directories("a/b"));
    ASSERT_TRUE(disk->write("a/b/again", "x", {}));
    ASSERT_TRUE(disk->barrier());
}

TEST_F(posix_filesystem_test, nothing_leads_through_a_link_or_above_the_root) {
    fs::create_directory_symlink(top, top / "project/up");
    fs::create_symlink(top / "outside", top / "project/link");
    for (const char* path : {"up/outside", "link", "../outside", "up/new"}) {
        EXPECT_FALSE(disk->read(path, 1000)) << path;
        EXPECT_FALSE(disk->write(path, "x", {})) << path;
    }
    EXPECT_FALSE(disk->make_directories("up/new"));
    EXPECT_FALSE(disk->make_directories("../new"));
    EXPECT_FALSE(disk->remove("../outside"));
    EXPECT_FALSE(disk->set_permissions("link", 0755));
    ASSERT_TRUE(disk->write("mine", "x", {}));
    EXPECT_FALSE(disk->rename("mine", "../stolen"));
    EXPECT_FALSE(fs::exists(top / "new"));
    auto info = disk->inspect("link");
    ASSERT_TRUE(info);
    EXPECT_EQ(info->kind, node_kind::symlink);
}

TEST_F(posix_filesystem_test, devices_pipes_and_huge_files_are_not_read) {
    ASSERT_EQ(mkfifo((top / "project/pipe").c_str(), 0600), 0);
    EXPECT_FALSE(disk->read("pipe", 1000));
    ASSERT_TRUE(disk->write("big", std::string(1001, 'x'), {}));
    EXPECT_FALSE(disk->read("big", 1000));
}

TEST_F(posix_filesystem_test, modes_come_from_the_umask_or_from_the_file_that_is_replaced) {
    const mode_t old = umask(027);
    ASSERT_TRUE(disk->write("plain", "", {}));
    ASSERT_TRUE(disk->write("tool", "", {true, std::nullopt}));
    ASSERT_TRUE(disk->write("exact", "", {false, mode_t{0664}}));
    umask(old);
    EXPECT_EQ(disk->inspect("plain")->permissions, 0640u);
    EXPECT_EQ(disk->inspect("tool")->permissions, 0750u);
    EXPECT_EQ(disk->inspect("exact")->permissions, 0664u);
    ASSERT_TRUE(disk->set_permissions("plain", with_executable(0640, true)));
    EXPECT_EQ(disk->inspect("plain")->permissions, 0750u);
}

TEST_F(posix_filesystem_test, one_process_at_a_time) {
    auto other = open_directory((top / "project").string());
    ASSERT_TRUE(other);
    ASSERT_TRUE(disk->lock());
    auto refused = (*other)->lock();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, failure_kind::busy);
    disk->unlock();
    EXPECT_TRUE((*other)->lock());
}

TEST_F(posix_filesystem_test, a_project_lives_on_the_real_disk_as_in_memory) {
    auto parent = open_directory(top.string());
    ASSERT_TRUE(parent);
    const tree one = tree_of({{"a.cpp", "a1"}, {"src/b.cpp", "b1"}, {"old/c.cpp", "c1"}});
    auto p = make_plan(one, {}, *disk, test_origin);
    ASSERT_TRUE(p);
    ASSERT_TRUE(create_project(*p, one, **parent, "project"));
    auto opened = open_directory((top / "project").string());
    ASSERT_TRUE(opened);
    disk = std::move(*opened);
    const auto written = fs::last_write_time(top / "project/a.cpp");
    const tree two = tree_of({{"a.cpp", "a1"}, {"src/b.cpp", "b2"}, {"src/deep/d.cpp", "d"}});
    ASSERT_TRUE(regenerate(two, *disk));
    auto done = apply_saved(*disk);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->entries.size(), 3u);
    EXPECT_EQ(text("src/b.cpp"), "b2");
    EXPECT_FALSE(fs::exists(top / "project/old"));
    EXPECT_EQ(fs::last_write_time(top / "project/a.cpp"), written);
    for (const auto& item : fs::recursive_directory_iterator(top)) {
        EXPECT_EQ(item.path().string().find("tenon-"), item.path().string().find("tenon-test-")) << item.path();
    }
    EXPECT_FALSE(fs::exists(top / "project/.tenon/local/stage"));
}

TEST_F(posix_filesystem_test, a_new_project_replaces_an_empty_directory_but_no_other) {
    auto parent = open_directory(top.string());
    ASSERT_TRUE(parent);
    const tree t = tree_of({{"a.cpp", "a1"}});
    auto p = make_plan(t, {}, *disk, test_origin);
    ASSERT_TRUE(p);
    std::ofstream(top / "project/mine") << "mine";
    EXPECT_FALSE(create_project(*p, t, **parent, "project"));
    EXPECT_EQ(text("mine"), "mine");
    EXPECT_FALSE(fs::exists(top / ".project.tenon-new"));
}

}  // namespace
}  // namespace tenon::gen
