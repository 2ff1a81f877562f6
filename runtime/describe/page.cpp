// A description of an API as one page of HTML.
#include <yaml-cpp/yaml.h>

#include <array>
#include <set>
#include <string_view>

#include "document.hpp"
#include "http/html.hpp"

namespace tenon::describe {
namespace {

using http::escaped_html;
using http::prose_as_html;

constexpr std::array methods{"get", "post", "put", "patch", "delete", "head", "options", "trace"};

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

/// What a mapping has under a name; nothing where there is none, or no mapping. `node[...]` throws there, and what
/// users have written into the document must not stop their builds.
YAML::Node get(const YAML::Node& node, const std::string& name) {
    const YAML::Node none(YAML::NodeType::Undefined);
    return node && node.IsMap() ? node[name] : none;
}

class page {
  public:
    explicit page(const YAML::Node& document) : document_(document) {}

    std::string write() {
        const YAML::Node info = get(document_, "info");
        const std::string title = escaped_html(text_of(get(info, "title")));
        out_ =
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
            title + "</title>\n<style>" + std::string(style) + "</style>\n<h1>" + title +
            "</h1>\n<p class=\"dim\">Version " + escaped_html(text_of(get(info, "version"))) +
            " · <a href=\"/openapi.json\">openapi.json</a> · " + "<a href=\"/openapi.yaml\">openapi.yaml</a></p>\n<p>" +
            prose_as_html(text_of(get(info, "description"))) + "</p>\n";
        who_and_where(info);
        for (const auto& tag : get(document_, "tags")) tags_.insert(text_of(get(tag, "name")));
        tags_.erase("");
        for (const auto& tag : get(document_, "tags")) {
            const std::string name = text_of(get(tag, "name"));
            if (name.empty()) continue;
            out_ +=
                "<h2>" + escaped_html(name) + "</h2>\n<p>" + prose_as_html(text_of(get(tag, "description"))) + "</p>\n";
            operations(name);
        }
        const std::size_t end = out_.size();
        out_ += "<h2>Other</h2>\n";
        if (!operations("")) out_.resize(end);
        schemas();
        return std::move(out_);
    }

  private:
    void who_and_where(const YAML::Node& info) {
        const auto add = [this](const char* label, const YAML::Node& from, std::initializer_list<const char*> keys) {
            std::string words;
            for (const char* key : keys) {
                const std::string word = text_of(get(from, key));
                if (!word.empty()) words += (words.empty() ? "" : ", ") + word;
            }
            if (!words.empty()) out_ += "<p class=\"dim\">" + std::string(label) + escaped_html(words) + "</p>\n";
        };
        add("Contact: ", get(info, "contact"), {"name", "email", "url"});
        add("Licence: ", get(info, "license"), {"name", "url"});
        for (const auto& server : get(document_, "servers")) add("Server: ", server, {"url", "description"});
    }

    YAML::Node follow(const YAML::Node& node) const {
        const std::string target = text_of(get(node, "$ref"));
        if (!target.starts_with("#/")) return node;
        YAML::Node at(document_);
        for (std::size_t from = 2; from <= target.size();) {
            const std::size_t end = std::min(target.find('/', from), target.size());
            const YAML::Node next = get(at, target.substr(from, end - from));
            if (!next) return node;
            at.reset(next);
            from = end + 1;
        }
        return at;
    }

    /// The first of its tags that the document lists; "" when there is none.
    std::string tag_of(const YAML::Node& one) const {
        for (const auto& tag : get(one, "tags"))
            if (tags_.contains(text_of(tag))) return text_of(tag);
        return {};
    }

    /// Those of one tag; false when there are none.
    bool operations(const std::string& tag) {
        bool any = false;
        for (const auto& path : get(document_, "paths")) {
            for (const char* method : methods) {
                const YAML::Node one = get(path.second, method);
                if (!one || tag_of(one) != tag) continue;
                operation(path.first.Scalar(), path.second, method, one);
                any = true;
            }
        }
        return any;
    }

    void operation(const std::string& path, const YAML::Node& item, const char* method, const YAML::Node& one) {
        const std::string id = escaped_html(text_of(get(one, "operationId")));
        out_ += "<details id=\"" + id + "\"><summary><h3><span class=\"verb\">" + upper(method) + "</span> <code>" +
                escaped_html(path) + "</code></h3> <span class=\"dim\">" + escaped_html(text_of(get(one, "summary"))) +
                "</span></summary><div>\n<p>" + prose_as_html(text_of(get(one, "description"))) + "</p>\n";
        const bool any = (get(item, "parameters") && get(item, "parameters").size() > 0) ||
                         (get(one, "parameters") && get(one, "parameters").size() > 0);
        if (any) {
            out_ += "<table><tr><th>Parameter<th>In<th>Type<th>Meaning\n";
            for (const YAML::Node& list : {get(item, "parameters"), get(one, "parameters")}) parameters(list);
            out_ += "</table>\n";
        }
        for (const auto& content : get(follow(get(one, "requestBody")), "content"))
            out_ += "<p>Body: " + type_of(get(content.second, "schema")) + "</p>\n";
        answers(get(one, "responses"));
        out_ += "</div></details>\n";
    }

    void parameters(const YAML::Node& list) {
        if (!list) return;
        for (const auto& item : list) {
            const YAML::Node one = follow(item);
            out_ += "<tr><td><code>" + escaped_html(text_of(get(one, "name"))) + "</code><td>" +
                    escaped_html(text_of(get(one, "in"))) + "<td>" + type_of(get(one, "schema")) + "<td>" +
                    prose_as_html(text_of(get(one, "description"))) + "\n";
        }
    }

    void answers(const YAML::Node& responses) {
        out_ += "<table><tr><th>Answer<th>Body<th>Meaning\n";
        for (const auto& answer : responses) {
            const YAML::Node one = follow(answer.second);
            std::string body;
            for (const auto& content : get(one, "content")) body += type_of(get(content.second, "schema"));
            out_ += "<tr><td>" + escaped_html(answer.first.Scalar()) + "<td>" + body + "<td>" +
                    prose_as_html(text_of(get(one, "description"))) + "\n";
        }
        out_ += "</table>\n";
    }

    /// A link to a named schema, else the type in a few words.
    std::string type_of(const YAML::Node& schema) const {
        if (!schema || !schema.IsMap()) return {};
        const std::string target = text_of(get(schema, "$ref"));
        if (!target.empty()) {
            const std::string name = escaped_html(target.substr(target.rfind('/') + 1));
            return "<a href=\"#schema-" + name + "\">" + name + "</a>";
        }
        std::string out;
        for (const auto& one : get(schema, "anyOf")) out += (out.empty() ? "" : " or ") + type_of(one);
        if (!out.empty()) return out;
        if (get(schema, "items")) return "list of " + type_of(get(schema, "items"));
        if (get(schema, "const")) return "<code>" + escaped_html(text_of(get(schema, "const"))) + "</code>";
        const YAML::Node type = get(schema, "type");
        if (type && type.IsSequence()) {
            for (const auto& one : type) out += (out.empty() ? "" : " or ") + escaped_html(one.Scalar());
        } else {
            out = escaped_html(text_of(type));
        }
        for (const auto& value : get(schema, "enum"))
            out +=
                (out.find("<code>") == out.npos ? ": " : ", ") + ("<code>" + escaped_html(value.Scalar())) + "</code>";
        const std::string format = text_of(get(schema, "format"));
        return format.empty() ? out : out + " <span class=\"dim\">" + escaped_html(format) + "</span>";
    }

    void schemas() {
        out_ += "<h2>Schemas</h2>\n";
        for (const auto& item : get(get(document_, "components"), "schemas")) {
            const std::string name = escaped_html(item.first.Scalar());
            const YAML::Node& schema = item.second;
            out_ += "<details id=\"schema-" + name + "\" open><summary><h3>" + name + "</h3></summary><div>\n<p>" +
                    prose_as_html(text_of(get(schema, "description"))) + "</p>\n";
            if (get(schema, "properties"))
                members(schema);
            else
                out_ += "<p>" + type_of(schema) + "</p>\n";
            out_ += "</div></details>\n";
        }
    }

    void members(const YAML::Node& schema) {
        out_ += "<table><tr><th>Member<th>Type<th>Meaning\n";
        for (const auto& member : get(schema, "properties")) {
            const std::string name = member.first.Scalar();
            bool required = false;
            for (const auto& one : get(schema, "required")) required = required || one.Scalar() == name;
            out_ += "<tr><td><code>" + escaped_html(name) + "</code>" +
                    (required ? "" : " <span class=\"dim\">optional</span>") + "<td>" + type_of(member.second) +
                    "<td>" + prose_as_html(text_of(get(member.second, "description"))) + "\n";
        }
        out_ += "</table>\n";
    }

    const YAML::Node& document_;
    std::set<std::string> tags_;
    std::string out_;
};

}  // namespace

std::string as_page(const YAML::Node& document) {
    return page(document).write();
}

}  // namespace tenon::describe
