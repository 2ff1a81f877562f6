// Random additions and removals on structured files: what comes out parses and has every entry of the user.
#include <yaml-cpp/yaml.h>
#include <boost/json.hpp>

#include <algorithm>
#include <random>
#include <set>

#include "merging.hpp"

namespace tenon::gen {
namespace {

using names = std::vector<std::string>;

struct name_triple {
    names base, mine, theirs;
};

class name_source {
  public:
    explicit name_source(unsigned seed) : random_(seed) {}

    name_triple next() {
        name_triple t;
        for (std::size_t i = below(6); i-- > 0;) t.base.push_back("b" + std::to_string(i));
        t.mine = edited(t.base, "m");
        t.theirs = edited(t.base, "t");
        return t;
    }

  private:
    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
    names edited(names from, const std::string& prefix) {
        std::erase_if(from, [&](const std::string&) { return below(6) == 0; });
        for (std::size_t i = below(3); i-- > 0;) {
            from.insert(from.begin() + static_cast<std::ptrdiff_t>(below(from.size() + 1)), prefix + std::to_string(i));
        }
        return from;
    }

    std::mt19937 random_;
};

/// What must be there: all of mine that theirs did not take away, all that theirs added.
std::set<std::string> expected(const name_triple& t) {
    const auto has = [](const names& in, const std::string& n) {
        return std::find(in.begin(), in.end(), n) != in.end();
    };
    std::set<std::string> out;
    for (const std::string& n : t.mine) {
        if (has(t.theirs, n) || !has(t.base, n)) out.insert(n);
    }
    for (const std::string& n : t.theirs) {
        if (!has(t.base, n)) out.insert(n);
    }
    return out;
}

template <class Render, class Read>
void run_property(const char* path, Render render, Read read) {
    int clean_ones = 0;
    for (unsigned seed = 1; seed <= 1500; ++seed) {
        const name_triple t = name_source(seed).next();
        const auto out = merge_of(path, render(t.base), render(t.mine), render(t.theirs));
        if (!out.conflicts.empty()) continue;
        ++clean_ones;
        ASSERT_EQ(read(out.text), expected(t)) << "seed " << seed << "\n" << out.text;
    }
    EXPECT_GT(clean_ones, 1000);
}

TEST(merge_property, json_lists) {
    const auto render = [](const names& all) {
        std::string out = "{\n  \"list\": [";
        for (std::size_t i = 0; i < all.size(); ++i) {
            out += std::string(i > 0 ? "," : "") + "\n    {\"name\": \"" + all[i] + "\", \"v\": 1}";
        }
        return out + (all.empty() ? "]\n}\n" : "\n  ]\n}\n");
    };
    run_property("x.json", render, [](const std::string& text) {
        std::set<std::string> found;
        const auto parsed = boost::json::parse(text);
        for (const auto& one : parsed.at("list").as_array()) found.insert(one.at("name").as_string().c_str());
        return found;
    });
}

TEST(merge_property, yaml_mappings) {
    const auto render = [](const names& all) {
        std::string out = "services:\n  fixed:\n    image: x\n";
        for (const std::string& one : all) out += "  " + one + ":\n    image: " + one + "\n";
        return out + "volumes:\n  data:\n";
    };
    run_property("compose.yaml", render, [](const std::string& text) {
        std::set<std::string> found;
        for (const auto& one : YAML::Load(text)["services"]) found.insert(one.first.as<std::string>());
        found.erase("fixed");
        return found;
    });
}

TEST(merge_property, cmake_lists) {
    const auto render = [](const names& all) {
        std::string out = "add_library(x STATIC\n  fixed";
        for (const std::string& one : all) out += "\n  " + one;
        return out + ")\n";
    };
    run_property("CMakeLists.txt", render, [](const std::string& text) {
        std::set<std::string> found;
        std::string word;
        for (const char c : text.substr(text.find("fixed") + 5)) {
            if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
                word += c;
            } else if (!word.empty()) {
                found.insert(std::exchange(word, {}));
            }
        }
        return found;
    });
}

}  // namespace
}  // namespace tenon::gen
