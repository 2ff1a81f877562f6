// A workspace with shelves, crates and what refers to them; see spec.yaml.
#pragma once

#include <chrono>
#include <string>

#include "support/tenant.hpp"

namespace library::tests {

enum class after { stays, emptied, in_bin, hidden, gone };

inline std::string json(std::string_view name, std::string_view value) {
    return "\"" + std::string(name) + "\":\"" + std::string(value) + "\"";
}

class deletion : public service_test {
  protected:
    client& owner() { return home_.founder(); }
    client& member() { return home_.as("member"); }

    /// `members` of a JSON object besides what it needs.
    std::string make(const std::string& kind, const std::string& members = "") {
        const std::string word = "n" + std::to_string(++count_);
        std::string body = kind == "books" ? json("title", word) : json("name", word);
        if (kind == "notes") body = json("text", word);
        if (kind == "tags") body = json("word", word);
        if (!members.empty()) body += "," + members;
        const answer made = owner().post("/v1/" + kind, "{" + body + "}");
        EXPECT_EQ(made.status, 201) << kind << " " << made.body;
        return "/v1/" + kind + "/" + made.at("/id");
    }
    static std::string id(const std::string& path) { return path.substr(path.rfind('/') + 1); }
    int remove(const std::string& path) { return owner().remove(path).status; }
    int restore(const std::string& path) { return owner().post(path + "/restore").status; }
    int purge(const std::string& path) { return owner().post(path + "/purge").status; }
    std::string at(const std::string& path, const std::string& field) {
        const answer got = owner().get(path);
        EXPECT_EQ(got.status, 200) << path << " " << got.body;
        return got.at("/" + field);
    }
    bool listed(const std::string& path, const std::string& query = "") {
        return owner().get(path.substr(0, path.rfind('/')) + "?limit=100" + query).body.find(id(path)) !=
               std::string::npos;
    }

    void expect(after what, const std::string& path, const std::string& field, const std::string& target) {
        switch (what) {
            case after::stays:
                EXPECT_EQ(at(path, field), id(target));
                EXPECT_EQ(at(path, "version"), "1");
                break;
            case after::emptied:
                EXPECT_EQ(at(path, field), "");
                EXPECT_EQ(at(path, "version"), "2") << "who has read it before is told";
                break;
            case after::in_bin:
                EXPECT_EQ(owner().get(path).status, 404);
                EXPECT_TRUE(listed(path, "&deleted=only"));
                break;
            case after::hidden:
            case after::gone:
                EXPECT_EQ(owner().get(path).status, 404);
                if (path.find("/notes/") == std::string::npos) {
                    EXPECT_FALSE(listed(path, "&deleted=only"));
                }
                break;
        }
        const bool live = what == after::stays || what == after::emptied;
        EXPECT_EQ(listed(path), live);
    }

    /// Past the service: what only an earlier version left behind.
    void write(const std::string& text, const std::string& path) {
        const tenon::tenant_id whose = *tenon::tenant_id::parse(home_.id());
        auto parameters = tenon::db::args(*tenon::uuid::parse(id(path)), tenon::instant::now());
        EXPECT_EQ(service().write(whose, text, std::move(parameters)), 1);
    }

    tenant home_;

  private:
    int count_ = 0;
};

}  // namespace library::tests
