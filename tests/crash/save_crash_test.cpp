// Somebody saves a file before each writing call of apply-plan: what was saved is there afterwards, all else is as if
// nobody had, and generating again ends clean.
#include <gtest/gtest.h>

#include <cerrno>

#include "planned_apply.hpp"

namespace tenon::gen {
namespace {

class save_crash : public planned_apply {
  protected:
    /// One of every kind of file that the plan touches.
    const std::vector<std::string> touched_{"src/update0/part0/file0.txt",
                                            "src/merge/part1/file1.txt",
                                            "src/conflict/part2/file2.txt",
                                            "src/mode/part3/file3.txt",
                                            "src/conflict/part2/file2.txt.new",
                                            "src/removed/part0/file0.txt",
                                            "src/created/part1/file1.txt",
                                            "fresh/3/deep/file.txt",
                                            "src/invoice/part0/file0.txt",
                                            "src/bill/part2/file2.txt",
                                            "src/custom/hook1.cpp"};

    static bool is_near(const std::string& path, std::string saved) {
        if (saved.ends_with(".new")) saved.resize(saved.size() - 4);
        std::string other = saved;
        const auto from = saved.find("/invoice/"), to = saved.find("/bill/");
        if (from != std::string::npos) other.replace(from, 9, "/bill/");
        if (to != std::string::npos) other.replace(to, 6, "/invoice/");
        return path.starts_with(saved) || path.starts_with(other) || saved.starts_with(path + "/");
    }

    /// Whether the files that nobody saved are as an undisturbed apply leaves them.
    std::string disturbed(const folder_snapshot& now, const std::string& saved) const {
        folder_snapshot wanted, there;
        for (const auto& [from, to] : {std::pair(&new_, &wanted), std::pair(&now, &there)}) {
            for (const auto& [path, node] : *from) {
                const bool of_tenon = path.starts_with(".tenon");
                if (!of_tenon && !node.directory && !is_near(path, saved)) to->emplace(path, node);
            }
        }
        return difference(wanted, there);
    }

    bool keeps_saved(const folder_snapshot& now, const std::string& saved) const {
        for (const auto& [path, node] : now) {
            if (!node.directory && is_near(path, saved) && node.content.find("saved\n") != std::string::npos)
                return true;
        }
        return false;
    }
};

TEST_F(save_crash, a_file_is_saved_before_each_call) {
    ASSERT_GT(calls_, 500);
    const long step = is_soak() ? 1 : 7;
    int in_between = 0;
    for (long n = 1; n <= calls_ && !HasFailure(); n += step) {
        const std::string& path = touched_[static_cast<std::size_t>(n / step) % touched_.size()];
        const ending end = run(command_, "save:" + std::to_string(n) + ":" + (project_ / path).string());
        const std::string where = path + " before call " + std::to_string(n) + " of " + std::to_string(calls_);
        ASSERT_TRUE(end == 3 || end == 4) << where << ": it ended with " << end;
        in_between += end == 4 ? 1 : 0;
        const folder_snapshot after = take_snapshot(project_);
        ASSERT_TRUE(after.contains(path)) << where;
        EXPECT_EQ(after.at(path).content, "saved\n") << where;
        EXPECT_NO_THROW(regenerate_project(project_)) << where;
        const folder_snapshot now = take_snapshot(project_);
        EXPECT_TRUE(keeps_saved(now, path)) << where;
        EXPECT_EQ(disturbed(now, path), "") << where;
        put_back(project_, now, old_);
    }
    EXPECT_GT(in_between, 10);
}

}  // namespace
}  // namespace tenon::gen
