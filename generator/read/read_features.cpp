// Reads the constructs that features declare.
#include <algorithm>
#include <set>

#include "feature/feature.hpp"
#include "generator/read/feature_choices.hpp"
#include "generator/read/parts.hpp"
#include "generator/read/values.hpp"

namespace tenon::gen {

namespace {

using feature::form;

std::optional<std::string> read_value(reading& in, const yaml_node& node, const feature::option& declared,
                                      const std::string& what) {
    switch (declared.what) {
        case form::flag:
            return read_bool(in, &node, declared.default_text == "true", what) ? "true" : "false";
        case form::whole:
            if (const auto number = read_integer(in, node, declared.min, declared.max, what))
                return std::to_string(*number);
            return std::nullopt;
        case form::duration:
            if (!read_duration(in, node, what)) return std::nullopt;
            return node.text;
        case form::word: {
            const auto found = read_scalar(in, node, what);
            if (!found) return std::nullopt;
            const std::vector<std::string> words(declared.words.begin(), declared.words.end());
            if (std::find(words.begin(), words.end(), found->value) != words.end()) return found->value;
            report_bad_choice(in, *found, words, what);
            return std::nullopt;
        }
        case form::text:
        case form::rate:
        case form::secret:
            break;
    }
    return read_line(in, &node, what, "one line");
}

/// Reads the keys of a map; `node` is null where it is left out, and every option with it.
class options_reader {
  public:
    options_reader(reading& in, feature_choice& out) : in_(in), out_(out) {}

    void read(const yaml_node* node, const std::vector<feature::option>& declared, const std::string& path,
              const std::string& where, source_range at) {
        if (node == nullptr || node->shape != node_shape::map) {
            for (const feature::option& each : declared) leave_out(each, path, where, at);
            return;
        }
        map_reader keys(in_, *node, "feature", where);
        for (const feature::option& each : declared) {
            const yaml_node* value = keys.get(each.name);
            if (value != nullptr) {
                take(*value, each, path, where);
            } else {
                leave_out(each, path, where, node->at);
            }
        }
        keys.finish();
    }

  private:
    void take(const yaml_node& value, const feature::option& declared, const std::string& path,
              const std::string& where) {
        const std::string name(declared.name);
        const std::string what = "'" + name + "' of " + where;
        if (!declared.inner.empty()) {
            if (expect_shape(in_, value, node_shape::map, what))
                read(&value, declared.inner, path + name + ".", what, value.at);
            return;
        }
        if (auto text = read_value(in_, value, declared, what)) out_.options[path + name] = std::move(*text);
    }

    void leave_out(const feature::option& declared, const std::string& path, const std::string& where,
                   source_range at) {
        const std::string name(declared.name);
        if (!declared.inner.empty()) {
            read(nullptr, declared.inner, path + name + ".", "'" + name + "' of " + where, at);
            return;
        }
        if (declared.required)
            in_.out.report(code::missing_key, at, where + " has no '" + name + "'",
                           "add " + name + ": " + std::string(declared.meaning));
        out_.options[path + name] = std::string(declared.default_text);
    }

    reading& in_;
    feature_choice& out_;
};

std::optional<feature_choice> read_construct(reading& in, const yaml_node& node, const feature::construct& declared) {
    const std::string key(declared.key);
    if (node.shape == node_shape::scalar) {
        if (!read_bool(in, &node, false, "'" + key + "'")) return std::nullopt;
    } else if (!expect_shape(in, node, node_shape::map, "'" + key + "'")) {
        return std::nullopt;
    }
    feature_choice out;
    out.at = node.at;
    options_reader(in, out).read(&node, declared.options, "", key, node.at);
    return out;
}

/// A feature that is on needs all those that it builds on. `wrong`: the keys of which something was reported.
void check_needs(reading& in, const spec& all, const std::vector<feature::declaration>& features,
                 const std::set<std::string_view>& wrong) {
    for (const feature::declaration& each : features) {
        const auto choice = all.features.find(each.name);
        if (choice == all.features.end()) continue;
        for (const std::string_view needed : each.needs) {
            const auto other = std::find_if(features.begin(), features.end(),
                                            [needed](const auto& one) { return one.name == needed; });
            const bool is_there =
                other == features.end() || !feature::can_be_off(*other) || all.features.contains(needed);
            if (is_there || wrong.contains(other->when.key)) continue;
            const std::string key(other->when.key);
            in.out.report(code::missing_key, choice->second.at,
                          quoted(each.when.key) + " builds on " + quoted(key) + ", which is not switched on",
                          "switch " + key + " on as well");
        }
    }
}

}  // namespace

void read_features(reading& in, map_reader& keys, spec& out) {
    const std::vector<feature::declaration> features = feature::documented_features();
    std::set<std::string_view> wrong;
    for (const feature::declaration& each : features) {
        if (!feature::can_be_off(each)) continue;
        const yaml_node* node = keys.get(each.when.key);
        if (node == nullptr) continue;
        if (auto choice = read_construct(in, *node, each.when)) {
            out.features.emplace(each.name, std::move(*choice));
        } else if (node->shape != node_shape::scalar || node->text != "false") {
            wrong.insert(each.when.key);
        }
    }
    check_needs(in, out, features, wrong);
    in.features = features_of(out);
}

}  // namespace tenon::gen
