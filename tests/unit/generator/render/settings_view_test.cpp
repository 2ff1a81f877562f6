// What people read about variables is what features declare. TENON_UPDATE_GOLDENS=1 writes the document anew.
#include "generator/render/settings_view.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace tenon::gen {
namespace {

TEST(Settings, AreInTheDocument) {
    const std::string path = DOCUMENT_OF_SETTINGS;
    std::ostringstream read;
    read << std::ifstream(path).rdbuf();
    const std::string text = read.str();
    const std::string mark = "Settings.AreInTheDocument -->\n";
    const std::size_t begin = text.find(mark);
    const std::size_t end = text.find("<!-- end of settings -->");
    ASSERT_NE(begin, std::string::npos);
    ASSERT_LT(begin, end);
    const std::string expected =
        text.substr(0, begin + mark.size()) + settings_table(features_with({}), "<service>") + text.substr(end);
    if (std::getenv("TENON_UPDATE_GOLDENS") != nullptr) std::ofstream(path) << expected;
    EXPECT_EQ(text, expected);
}

}  // namespace
}  // namespace tenon::gen
