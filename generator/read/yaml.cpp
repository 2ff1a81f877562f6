// Builds the node tree from yaml-cpp's events; the one place that knows yaml-cpp.
#include "generator/read/yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "generator/read/yaml_places.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

/// Ends the parse from within an event; everything that is to be said has been reported.
struct stop_parsing {};

/// What a node costs when an alias repeats it.
struct weight {
    std::size_t nodes = 0;
    std::size_t bytes = 0;
};

weight weight_of(const yaml_node& node) {
    weight total{1, node.text.size()};
    for (const name& key : node.keys) total.bytes += key.value.size();
    for (const yaml_node& item : node.items) {
        const weight inner = weight_of(item);
        total.nodes += inner.nodes;
        total.bytes += inner.bytes;
    }
    return total;
}

/// A list or map whose end has not come yet.
struct open_node {
    yaml_node node;
    YAML::anchor_t anchor = 0;
    std::unordered_map<std::string, source_range> seen;
    std::optional<name> key;  ///< The key whose value comes next.
    bool skip_value = false;  ///< The key was no good; its value is read and forgotten.
};

class tree_builder final : public YAML::EventHandler {
  public:
    tree_builder(std::string_view text, reporter& out, const yaml_bounds& bounds)
        : text_(text), out_(out), bounds_(bounds), skew_(text.starts_with("\xEF\xBB\xBF") ? 3 : 0) {}

    std::optional<yaml_node> take() { return std::move(root_); }

    /// The bracket of flow style that is still open, innermost.
    std::optional<std::size_t> open_bracket() const {
        if (open_.empty() || !open_.back().node.flow) return std::nullopt;
        return open_.back().node.at.offset;
    }

    std::size_t offset_of(const YAML::Mark& mark) const {
        if (mark.is_null() || mark.pos < 0) return text_.size();
        return std::min(text_.size(), static_cast<std::size_t>(mark.pos) + skew_);
    }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (documents_++ == 0) return;
        out_.report(code::several_documents, {offset_of(mark), 1}, "a second YAML document begins here",
                    "a spec is one document; take out the '---'");
        throw stop_parsing{};
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const std::size_t at = skip_properties(text_, offset_of(mark));
        yaml_node node;
        if (const std::size_t length = null_word_length(text_, at); length > 0) {
            node.plain = true;
            node.at = {at, length};
        } else {
            node.at = after_key();
        }
        add(std::move(node), anchor);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_tag(mark, tag);
        yaml_node node;
        node.shape = node_shape::scalar;
        node.text = value;
        const scalar_place place = find_scalar(text_, skip_properties(text_, offset_of(mark)), value);
        node.at = place.at;
        node.verbatim = place.verbatim;
        node.plain = place.plain;
        if (place.unclosed) {
            out_.report(code::yaml_syntax, {place.at.offset, 1}, "this quote is never closed",
                        "close it on the same line");
            throw stop_parsing{};
        }
        refuse_controls(node);
        add(std::move(node), anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const std::size_t at = offset_of(mark);
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end()) {
            out_.report(code::too_many_aliases, {at, alias_length(text_, at)}, "the alias stands within its own anchor",
                        "write the value out");
            throw stop_parsing{};
        }
        spend(weight_of(found->second), {at, alias_length(text_, at)});
        yaml_node copy = found->second;
        add(std::move(copy), 0);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(node_shape::list, mark, tag, anchor, style);
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(node_shape::map, mark, tag, anchor, style);
    }
    void OnMapEnd() override { close(); }

  private:
    /// A value left out stands right after the colon of its key, or where its list goes on.
    source_range after_key() const {
        if (open_.empty()) return {};
        const open_node& parent = open_.back();
        if (parent.key) return {parent.key->at.offset, parent.key->at.length};
        if (!parent.node.items.empty()) return parent.node.items.back().at;
        return {parent.node.at.offset, 1};
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        const std::size_t at = offset_of(mark);
        out_.report(code::yaml_feature, {at, alias_length(text_, at)},
                    "tags such as " + quoted(tag) + " are not used in specs",
                    "take the tag out; in quotes a value is text");
    }

    /// Escapes such as "\0" can bring in what the text itself must not hold.
    void refuse_controls(const yaml_node& node) {
        for (std::size_t at = 0; at < node.text.size();) {
            const decoded one = decode_utf8(node.text, at);
            const bool fine = one.value && (*one.value == U'\n' || *one.value == U'\t' || !is_control(*one.value));
            if (!fine) {
                out_.report(code::control_character, node.at,
                            "the value holds the control character " +
                                escaped(std::string_view(node.text).substr(at, one.length)),
                            "take the escape out");
                return;
            }
            at += one.length;
        }
    }

    void spend(weight cost, source_range at) {
        spent_.nodes += cost.nodes;
        spent_.bytes += cost.bytes;
        if (spent_.nodes <= bounds_.alias_nodes && spent_.bytes <= bounds_.alias_bytes) return;
        out_.report(code::too_many_aliases, at,
                    "the spec's aliases stand for more than " + std::to_string(bounds_.alias_nodes) + " nodes",
                    "write the values out");
        throw stop_parsing{};
    }

    void open(node_shape shape, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
              YAML::EmitterStyle::value style) {
        refuse_tag(mark, tag);
        const std::size_t at = skip_properties(text_, offset_of(mark));
        if (open_.size() >= bounds_.depth) {
            out_.report(code::too_deep, {at, 1}, "nested more than " + std::to_string(bounds_.depth) + " levels deep");
            throw stop_parsing{};
        }
        open_node next;
        next.node.shape = shape;
        next.node.flow = style == YAML::EmitterStyle::Flow;
        next.node.at = {at, 1};
        next.anchor = anchor;
        open_.push_back(std::move(next));
    }

    void close() {
        open_node done = std::move(open_.back());
        open_.pop_back();
        yaml_node& node = done.node;
        const std::size_t end = node.items.empty() ? node.at.offset + (node.flow ? 2 : 1)
                                                   : node.items.back().at.offset + node.items.back().at.length;
        if (end > node.at.offset) node.at.length = end - node.at.offset;
        if (node.flow && node.items.empty()) node.at.length = flow_length(text_, node.at.offset);
        add(std::move(node), done.anchor);
    }

    /// Hangs a finished node where it belongs: the root, a list's next item, a map's next key or value.
    void add(yaml_node node, YAML::anchor_t anchor) {
        if (++count_ > bounds_.nodes) {
            out_.report(code::file_too_large, node.at,
                        "the spec has more than " + std::to_string(bounds_.nodes) + " values");
            throw stop_parsing{};
        }
        if (anchor != 0) {
            spend(weight_of(node), node.at);
            anchors_[anchor] = node;
        }
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        open_node& parent = open_.back();
        if (parent.node.shape == node_shape::list)
            parent.node.items.push_back(std::move(node));
        else if (!parent.key)
            take_key(parent, std::move(node));
        else
            take_value(parent, std::move(node));
    }

    void take_key(open_node& parent, yaml_node key) {
        parent.key = name{key.text, key.at};
        parent.skip_value = true;
        if (key.shape != node_shape::scalar || key.text.empty()) {
            out_.report(code::key_not_a_word, key.at, "this key is not a word",
                        key.shape == node_shape::empty ? "YAML takes null for nothing: put it in quotes"
                                                       : "keys of a spec are plain words");
            return;
        }
        if (key.text == "<<" && key.plain) {
            out_.report(code::yaml_feature, key.at, "merge keys ('<<') are not used in specs", "write the keys out");
            return;
        }
        const auto [first, is_new] = parent.seen.emplace(key.text, key.at);
        if (!is_new) {
            const std::size_t line = line_of(first->second.offset);
            out_.report(code::duplicate_key, key.at, "key " + quoted(key.text) + " is written twice",
                        "it is already in line " + std::to_string(line));
            return;
        }
        parent.skip_value = false;
    }

    void take_value(open_node& parent, yaml_node value) {
        if (!parent.skip_value) {
            parent.node.keys.push_back(std::move(*parent.key));
            parent.node.items.push_back(std::move(value));
        }
        parent.key.reset();
    }

    std::size_t line_of(std::size_t offset) {
        if (!lines_) lines_.emplace(text_);
        return lines_->place(offset).line;
    }

    std::string_view text_;
    reporter& out_;
    yaml_bounds bounds_;
    std::size_t skew_;  ///< yaml-cpp's positions leave the byte order mark out.
    std::optional<line_index> lines_;
    std::vector<open_node> open_;
    std::map<YAML::anchor_t, yaml_node> anchors_;
    std::optional<yaml_node> root_;
    std::size_t documents_ = 0;
    std::size_t count_ = 0;
    weight spent_;
};

}  // namespace

source_range yaml_node::part(std::size_t begin, std::size_t length) const {
    if (!verbatim) return at;
    return {*verbatim + std::min(begin, text.size()), length};
}

std::optional<yaml_node> parse_yaml(std::string_view text, reporter& out, const yaml_bounds& bounds) {
    tree_builder builder(text, out, bounds);
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const stop_parsing&) {
        return std::nullopt;
    } catch (const YAML::Exception& error) {
        const syntax_message said =
            explain_syntax(text, builder.offset_of(error.mark), error.msg, builder.open_bracket());
        out.report(code::yaml_syntax, said.at, said.message, said.hint);
        return std::nullopt;
    }
    return builder.take();
}

}  // namespace tenon::gen
