// A description of an API as one page of HTML.
#include <yaml-cpp/yaml.h>

#include <array>
#include <string_view>

#include "document.hpp"

namespace tenon::describe {
namespace {

constexpr std::array methods{"get", "post", "put", "patch", "delete"};

constexpr std::string_view style =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem 1.5rem 4rem;color:#1b1f24;"
    "background:#fff}h1{margin-bottom:0}h2{margin-top:2.5rem;border-bottom:1px solid #d5dae0}"
    "summary{cursor:pointer;padding:.3rem 0}summary h3{display:inline;font-size:1rem}"
    "details{border-bottom:1px solid #eceff2;padding:.2rem 0}details>div{padding:0 0 .8rem 1.2rem}"
    "code,pre{font:14px/1.45 ui-monospace,monospace}pre{background:#f5f7f9;padding:.8rem;overflow-x:auto}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .8rem .25rem 0;"
    "border-top:1px solid #eceff2}.verb{display:inline-block;min-width:4.2rem;font-weight:700}.dim{color:#5b6470}"
    "@media (prefers-color-scheme:dark){body{background:#15181c;color:#e3e7eb}pre{background:#1e2329}"
    "a{color:#7ab7ff}.dim{color:#98a2ad}h2,td,th,details{border-color:#333b44}}";

std::string text_of(const YAML::Node& node) {
    return node && node.IsScalar() ? node.Scalar() : std::string();
}

std::string upper(std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

/// Text between backquotes as code.
std::string prose(const std::string& text) {
    std::string out;
    bool code = false;
    for (const char c : text) {
        if (c == '`') {
            out += code ? "</code>" : "<code>";
            code = !code;
        } else {
            out += escaped(std::string(1, c));
        }
    }
    return code ? out + "</code>" : out;
}

class page {
  public:
    explicit page(const YAML::Node& document) : document_(document) {}

    std::string write() {
        const YAML::Node info = document_["info"];
        const std::string title = escaped(text_of(info["title"]));
        out_ =
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
            title + "</title>\n<style>" + std::string(style) + "</style>\n<h1>" + title +
            "</h1>\n<p class=\"dim\">Version " + escaped(text_of(info["version"])) +
            " · <a href=\"/openapi.json\">openapi.json</a> · " + "<a href=\"/openapi.yaml\">openapi.yaml</a></p>\n<p>" +
            prose(text_of(info["description"])) + "</p>\n";
        for (const auto& tag : document_["tags"]) operations(tag);
        schemas();
        return std::move(out_);
    }

  private:
    YAML::Node follow(const YAML::Node& node) const {
        const std::string target = node.IsMap() ? text_of(node["$ref"]) : std::string();
        if (!target.starts_with("#/")) return node;
        YAML::Node at(document_);
        for (std::size_t from = 2; from <= target.size();) {
            const std::size_t end = std::min(target.find('/', from), target.size());
            const YAML::Node next = static_cast<const YAML::Node&>(at)[target.substr(from, end - from)];
            if (!next) return node;
            at.reset(next);
            from = end + 1;
        }
        return at;
    }

    void operations(const YAML::Node& tag) {
        const std::string name = text_of(tag["name"]);
        out_ += "<h2>" + escaped(name) + "</h2>\n<p>" + prose(text_of(tag["description"])) + "</p>\n";
        for (const auto& path : document_["paths"]) {
            for (const char* method : methods) {
                const YAML::Node one = path.second[method];
                if (one && text_of(one["tags"][0]) == name) operation(path.first.Scalar(), path.second, method, one);
            }
        }
    }

    void operation(const std::string& path, const YAML::Node& item, const char* method, const YAML::Node& one) {
        const std::string id = escaped(text_of(one["operationId"]));
        out_ += "<details id=\"" + id + "\"><summary><h3><span class=\"verb\">" + upper(method) + "</span> <code>" +
                escaped(path) + "</code></h3> <span class=\"dim\">" + escaped(text_of(one["summary"])) +
                "</span></summary><div>\n<p>" + prose(text_of(one["description"])) + "</p>\n";
        const bool any = (item["parameters"] && item["parameters"].size() > 0) ||
                         (one["parameters"] && one["parameters"].size() > 0);
        if (any) {
            out_ += "<table><tr><th>Parameter<th>In<th>Type<th>Meaning\n";
            for (const YAML::Node& list : {item["parameters"], one["parameters"]}) parameters(list);
            out_ += "</table>\n";
        }
        if (one["requestBody"]) {
            for (const auto& content : one["requestBody"]["content"])
                out_ += "<p>Body: " + type_of(content.second["schema"]) + "</p>\n";
        }
        answers(one["responses"]);
        out_ += "</div></details>\n";
    }

    void parameters(const YAML::Node& list) {
        if (!list) return;
        for (const auto& item : list) {
            const YAML::Node one = follow(item);
            out_ += "<tr><td><code>" + escaped(text_of(one["name"])) + "</code><td>" + escaped(text_of(one["in"])) +
                    "<td>" + type_of(one["schema"]) + "<td>" + prose(text_of(one["description"])) + "\n";
        }
    }

    void answers(const YAML::Node& responses) {
        out_ += "<table><tr><th>Answer<th>Body<th>Meaning\n";
        for (const auto& answer : responses) {
            const YAML::Node one = follow(answer.second);
            std::string body;
            for (const auto& content : one["content"]) body += type_of(content.second["schema"]);
            out_ += "<tr><td>" + escaped(answer.first.Scalar()) + "<td>" + body + "<td>" +
                    prose(text_of(one["description"])) + "\n";
        }
        out_ += "</table>\n";
    }

    /// A link to a named schema, else the type in a few words.
    std::string type_of(const YAML::Node& schema) const {
        if (!schema || !schema.IsMap()) return {};
        const std::string target = text_of(schema["$ref"]);
        if (!target.empty()) {
            const std::string name = escaped(target.substr(target.rfind('/') + 1));
            return "<a href=\"#schema-" + name + "\">" + name + "</a>";
        }
        std::string out;
        for (const auto& one : schema["anyOf"]) out += (out.empty() ? "" : " or ") + type_of(one);
        if (!out.empty()) return out;
        if (schema["items"]) return "list of " + type_of(schema["items"]);
        if (schema["const"]) return "<code>" + escaped(text_of(schema["const"])) + "</code>";
        const YAML::Node type = schema["type"];
        if (type && type.IsSequence()) {
            for (const auto& one : type) out += (out.empty() ? "" : " or ") + escaped(one.Scalar());
        } else {
            out = escaped(text_of(type));
        }
        for (const auto& value : schema["enum"])
            out += (out.find("<code>") == out.npos ? ": " : ", ") + ("<code>" + escaped(value.Scalar())) + "</code>";
        const std::string format = text_of(schema["format"]);
        return format.empty() ? out : out + " <span class=\"dim\">" + escaped(format) + "</span>";
    }

    void schemas() {
        out_ += "<h2>Schemas</h2>\n";
        for (const auto& item : document_["components"]["schemas"]) {
            const std::string name = escaped(item.first.Scalar());
            const YAML::Node& schema = item.second;
            out_ += "<details id=\"schema-" + name + "\" open><summary><h3>" + name + "</h3></summary><div>\n<p>" +
                    prose(text_of(schema["description"])) + "</p>\n";
            if (schema["properties"])
                members(schema);
            else
                out_ += "<p>" + type_of(schema) + "</p>\n";
            out_ += "</div></details>\n";
        }
    }

    void members(const YAML::Node& schema) {
        out_ += "<table><tr><th>Member<th>Type<th>Meaning\n";
        for (const auto& member : schema["properties"]) {
            const std::string name = member.first.Scalar();
            bool required = false;
            for (const auto& one : schema["required"]) required = required || one.Scalar() == name;
            out_ += "<tr><td><code>" + escaped(name) + "</code>" +
                    (required ? "" : " <span class=\"dim\">optional</span>") + "<td>" + type_of(member.second) +
                    "<td>" + prose(text_of(member.second["description"])) + "\n";
        }
        out_ += "</table>\n";
    }

    const YAML::Node& document_;
    std::string out_;
};

}  // namespace

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '&':
                out += "&amp;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string as_page(const YAML::Node& document) {
    return page(document).write();
}

}  // namespace tenon::describe
