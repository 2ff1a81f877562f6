// Programs made at random of lines whose uses are known: each is found at its line, and nothing else; mended, none is.
#include <gtest/gtest.h>

#include <random>

#include "generator/impact/code_uses.hpp"

namespace tenon::gen {
namespace {

struct moved_name {
    std::string was;
    std::string is;
    std::string name;  ///< Without qualifiers.
};

const std::vector<moved_name> moved{
    {"tenon::http", "tenon::service", "open_call"},      {"tenon::http", "tenon::service", "user_route"},
    {"tenon::http", "tenon::service", "tenant_handler"}, {"tenon::http", "tenon::service", "route"},
    {"tenon::app", "tenon::limits", "rate_settings"},    {"tenon::app", "tenon", "secret"},
};

/// One program as it is and as it is once mended.
struct program {
    std::string text;
    std::string mended;
    std::vector<std::string> uses;  ///< "3 tenon::http::route"
    std::size_t lines = 0;

    void add(const std::string& as_is, const std::string& as_mended) {
        text += as_is + "\n";
        mended += as_mended + "\n";
        lines += 1 + static_cast<std::size_t>(std::count(as_is.begin(), as_is.end(), '\n'));
    }
    void add(const std::string& line) { add(line, line); }
    /// The use is on the last line of the two.
    void add_use(const std::string& as_is, const std::string& as_mended, const std::string& name) {
        add(as_is, as_mended);
        uses.push_back(std::to_string(lines) + " " + name);
    }
};

class program_maker {
  public:
    explicit program_maker(unsigned seed) : dice_(seed) {}

    program make() {
        program out;
        out.add("// Ours.");
        out.add("namespace shortened = tenon::http;", "namespace shortened = tenon::service;");
        out.add("namespace whole = tenon;");
        if (one_of(2) == 0) out.add("namespace twice = whole::app;");
        for (std::size_t i = 0; i < 40; ++i) add_line(out);
        return out;
    }

  private:
    std::size_t one_of(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(dice_); }

    void add_line(program& out) {
        const moved_name& one = moved[one_of(moved.size())];
        const std::string full = one.was + "::" + one.name;
        switch (one_of(3)) {
            case 0:
                return add_use(out, one, full);
            case 1:
                return add_hidden(out, full);
            default:
                return add_other_name(out, one, full);
        }
    }

    void add_use(program& out, const moved_name& one, const std::string& full) {
        const std::string now = one.is + "::" + one.name;
        const auto use = [&](const std::string& before, const std::string& after) {
            out.add_use(before + full + after, before + now + after, full);
        };
        const std::string inner = one.was.substr(7) + "::" + one.name;  // Behind "tenon::".
        switch (one_of(10)) {
            case 0:
                return use("void f(const ", "& value);");
            case 1:
                return use("auto a = ::", "(1);");
            case 2:
                return use("std::vector<", "> many; // \"");
            case 3:
                return use("/* before */ using ours = ", "; /* after */");
            case 4:
                return use("const char* text = \"/*\"; auto b = 1'000 + ", "{}.size();");
            case 5:
                return use("auto c = R\"x(a\n)\" b)x\"; ", " d;");
            case 6:
                return use("if (", "::inner::value) {}");
            case 7:
                use("#if 0\nint a;\n#else\n", " h;");
                return out.add("#endif");
            case 8:
                return out.add_use("auto e = whole::" + inner + "();", "auto e = " + now + "();", full);
            default:
                if (one.was != "tenon::http") return use("return ", "();");
                return out.add_use("shortened::" + one.name + " g;", "shortened::" + one.name + " g;", full);
        }
    }

    void add_hidden(program& out, const std::string& full) {
        switch (one_of(8)) {
            case 0:
                return out.add("// " + full + " a;");
            case 1:
                return out.add("/* " + full + "\n" + full + " */ int b;");
            case 2:
                return out.add("log(\"" + full + "\", '\"', u8\"\\\"" + full + "\");");
            case 3:
                return out.add("auto c = R\"(" + full + "\n#include <tenon/http/call.hpp>\n\" " + full + ")\";");
            case 4:
                return out.add("ask(\"SELECT a FROM b WHERE c = '" + full + "'\", R\"sql(SELECT " + full + ")sql\");");
            case 5:
                return out.add("#if 0\n" + full + " a;\n#if defined(b)\n#else\n#endif\n" + full + " c;\n#endif");
            case 6:
                return out.add("/*\n#include <tenon/http/route.hpp>\n*/");
            default:
                return out.add("//#include <tenon/http/route.hpp>");
        }
    }

    void add_other_name(program& out, const moved_name& one, const std::string& full) {
        switch (one_of(7)) {
            case 0:
                return out.add(full + "_of_ours a;");
            case 1:
                return out.add("my::" + full + " b;");
            case 2:
                return out.add("my_" + full + " c;");
            case 3:
                return out.add("thing." + one.name + "(); thing->" + one.name + "();");
            case 4:
                return out.add(one.is + "::" + one.name + " d;");
            case 5:
                return out.add(one.was + "::inner::" + one.name + " e;");
            default:
                return out.add("#include <tenon/http/" + one.name + "s.hpp>");
        }
    }

    std::mt19937 dice_;
};

std::vector<std::string> found_in(const std::string& text) {
    std::vector<std::string> out;
    for (const code_use& one : find_code_uses(text))
        out.push_back(std::to_string(one.line) + " " + std::string(one.what->was));
    return out;
}

TEST(random_code, has_the_uses_that_were_put_into_it_and_none_once_mended) {
    for (unsigned seed = 1; seed <= 500; ++seed) {
        program made = program_maker(seed).make();
        ASSERT_EQ(found_in(made.text), made.uses) << "seed " << seed << "\n" << made.text;
        ASSERT_EQ(found_in(made.mended), std::vector<std::string>{}) << "seed " << seed << "\n" << made.mended;
    }
}

TEST(random_code, may_be_cut_anywhere) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const program made = program_maker(seed).make();
        for (std::size_t end = 0; end < made.text.size(); end += 7) find_code_uses(made.text.substr(0, end));
    }
}

}  // namespace
}  // namespace tenon::gen
