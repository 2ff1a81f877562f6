"""check_surface.py notices what breaks code of owners, and nothing else.   check_surface_test.py CLANG"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

CLANG = sys.argv.pop(1)
HERE = pathlib.Path(__file__).parent
HEADER = """// Boxes that keep things. They are small.
#pragma once
#define OPEN_BOX(box) (box).open()
namespace tenon::things {
namespace detail {
inline int hidden = 0;
}
struct later;
enum class size { small, large };
class box {
  public:
    explicit box(int width) : width_(width) {}
    bool open(int key) const;
    size how_large = size::small;

  protected:
    int inner() const;

  private:
    int width_;
};
template <class Thing>
Thing taken(const box& from);
}  // namespace tenon::things
"""
LIST = """<tenon/things/box.hpp>
OPEN_BOX(box) macro
tenon::things::box class
tenon::things::box::box constructor void (int)
tenon::things::box::how_large member tenon::things::size
tenon::things::box::open method bool (int) const
tenon::things::size enum
tenon::things::size::large value
tenon::things::size::small value
tenon::things::taken template function Thing (const tenon::things::box &)
"""
ROW = "| `<tenon/things/box.hpp>` | Boxes that keep things |\n"


class Surface(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.header = self.root / "include/tenon/things/box.hpp"
        self.header.parent.mkdir(parents=True)
        self.header.write_text(HEADER)
        (self.root / "page.md").write_text("Before.\n<!-- headers: written by tools/update-goldens -->\n"
                                           "<!-- end of headers -->\nAfter.\n")
        self.assertEqual(self.check(update=True).returncode, 0)

    def check(self, update=False):
        environment = {name: value for name, value in os.environ.items() if name != "TENON_UPDATE_GOLDENS"}
        if update:
            environment["TENON_UPDATE_GOLDENS"] = "1"
        command = [sys.executable, HERE / "check_surface.py", self.root / "include", self.root / "names.txt",
                   self.root / "page.md", CLANG]
        return subprocess.run(command, capture_output=True, text=True, env=environment)

    def edit(self, old, new):
        self.assertEqual(HEADER.count(old), 1, old)
        self.header.write_text(HEADER.replace(old, new))

    def test_lists_what_code_may_name(self):
        self.assertEqual((self.root / "names.txt").read_text(), LIST)
        page = (self.root / "page.md").read_text()
        self.assertIn(ROW, page)
        self.assertTrue(page.startswith("Before.\n") and page.endswith("After.\n"))
        self.assertEqual(self.check().returncode, 0)

    def test_tells_what_is_gone_and_what_to_do(self):
        for old, new, line in [("open(int key) const", "shut(int key) const", "-tenon::things::box::open method"),
                               ("open(int key) const", "open(long key) const", "-tenon::things::box::open method"),
                               ("enum class size { small, large }", "enum class size { small }",
                                "-tenon::things::size::large value"),
                               ("OPEN_BOX(box) ", "OPEN_A_BOX(box) ", "-OPEN_BOX(box) macro"),
                               ("    size how_large = size::small;\n\n  protected:\n",
                                "\n  protected:\n    size how_large;\n", "-tenon::things::box::how_large member")]:
            self.edit(old, new)
            checked = self.check()
            self.assertEqual(checked.returncode, 1, new)
            self.assertIn(line, checked.stdout)
            for words in ("docs/upgrading.md", "changed_names.cpp", "tools/update-goldens -R surface"):
                self.assertIn(words, checked.stdout)

    def test_tells_of_a_header_that_comes_or_goes(self):
        self.header.with_name("more.hpp").write_text("// More.\n#pragma once\n")
        self.assertIn("+<tenon/things/more.hpp>", self.check().stdout)
        self.header.rename(self.header.with_name("other.hpp"))
        self.assertIn("-<tenon/things/box.hpp>", self.check().stdout)

    def test_does_not_mind_what_nobody_may_name(self):
        for old, new in [("int width_;", "long width_ = 0;"), ("int inner() const", "int inner(int depth) const"),
                         ("int hidden = 0", "int hidden_well = 0"), ("open(int key)", "open(int with)"),
                         ("struct later;\n", ""), ("They are small.", "They are red.")]:
            self.edit(old, new)
            checked = self.check()
            self.assertEqual(checked.returncode, 0, new + "\n" + checked.stdout)


if __name__ == "__main__":
    unittest.main()
