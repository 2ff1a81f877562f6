// Entities first, then what refers to them: fields, the other sides of refs, lists, indexes, rights.
#include "spec_maker.hpp"

#include <algorithm>
#include <set>

#include "field_maker.hpp"
#include "generator/support/naming.hpp"
#include "tests/histories/dice.hpp"
#include "words.hpp"

namespace tenon::gen {
namespace {

std::string flat(std::string_view name) {
    std::string out;
    for (const std::string& word : words_of(name)) out += word;
    return out;
}

struct made_entity {
    std::string name;
    std::string plural;  ///< Empty: the English one.
    std::vector<made_field> fields;
    std::vector<made_field> inverses;  ///< has_many
    bool soft_delete = false;
    std::set<std::string> taken;  ///< Columns and names of fields, flattened.
};

class maker {
  public:
    maker(std::uint64_t seed, const spec_size& size) : d_(seed * 2 + 1), size_(size) {}

    spec_node make() {
        make_head();
        make_roles();
        access_for_all_ = d_.one_in(3);
        if (access_for_all_) root_.with("access", access());
        const std::size_t count = 1 + d_.below(size_.entities);
        for (std::size_t tries = 0; entities_.size() < count && tries < 100; ++tries) start_entity();
        for (std::size_t i = 0; i < entities_.size(); ++i) make_fields(i);
        for (made_entity& entity : entities_) make_inverses(entity);
        spec_node all;
        for (made_entity& entity : entities_) all.with(entity.name, node_of(entity));
        root_.with("entities", std::move(all));
        if (d_.one_in(4)) root_.with("deploy", spec_node::list({"docker", "compose"}));
        return std::move(root_);
    }

  private:
    void make_head() {
        root_.with("tenon", spec_node::plain("1"));
        const std::vector<std::string> services{"demo", "shop_2", "x", "time", "signal", "my_very_long_service_name",
                                                "read"};
        const std::vector<std::string> tenants{"workspace", "team",    "group", "order",
                                               "select",    "company", "o",     "person"};
        spec_node service;
        service.with("name", spec_node::text(size_.same_service ? "demo" : d_.pick(services)));
        if (!size_.same_service && d_.one_in(2)) service.with("title", spec_node::text(line()));
        if (d_.one_in(2)) service.with("description", spec_node::text(d_.pick(proses())));
        if (!size_.same_service && d_.one_in(3)) service.with("version", spec_node::text("12.0.345"));
        if (d_.one_in(4)) add_api_info(service);
        root_.with("service", std::move(service));
        tenant_ = size_.same_service ? "workspace" : d_.pick(tenants);
        spec_node tenant;
        tenant.with("name", spec_node::text(tenant_));
        taken_.insert({flat(tenant_), flat(plural(tenant_)), flat(tenant_) + "list", flat(tenant_) + "changes",
                       "new" + flat(tenant_)});
        root_.with("tenant", std::move(tenant));
        if (d_.one_in(3)) {
            spec_node tokens, auth;
            tokens.with("access", spec_node::text("5m")).with("refresh", spec_node::text("2w"));
            auth.with("password", spec_node::plain("true")).with("tokens", std::move(tokens));
            root_.with("auth", std::move(auth));
        }
    }

    const std::string& line() { return d_.pick(prose_lines()); }

    void add_api_info(spec_node& service) {
        spec_node contact, license;
        contact.with("name", spec_node::text(line())).with("email", spec_node::text("api@example.com"));
        license.with("name", spec_node::text(line())).with("url", spec_node::text("https://example.com/t"));
        service.with("contact", std::move(contact));
        service.with("license", d_.one_in(2) ? license : spec_node::text("Apache-2.0 OR (MIT AND BSD-3-Clause)"));
        service.with("servers", spec_node::list({"https://api.shop.test", "http://10.0.0.5:8080/a"}));
    }

    /// A graph in which each inherits from some that come later, or from none.
    void make_roles() {
        if (d_.one_in(5)) {
            roles_ = {"owner", "admin", "member"};
            return;
        }
        const std::vector<std::string> usual{"owner", "admin", "member", "viewer", "auditor"};
        std::set<std::string> known;
        for (std::size_t i = 1 + d_.below(5); i > 0; --i) {
            const std::string role = d_.one_in(3) ? d_.pick(small_words()) : d_.pick(usual);
            if (known.insert(role).second) roles_.push_back(role);
        }
        spec_node all;
        for (std::size_t i = 0; i < roles_.size(); ++i) {
            std::vector<std::string> parents;
            for (std::size_t other = i + 1; other < roles_.size(); ++other) {
                if (d_.one_in(other == i + 1 ? 2 : 4)) parents.push_back(roles_[other]);
            }
            spec_node role;
            if (!parents.empty()) role.with("inherits", spec_node::list(parents));
            if (d_.one_in(3)) role.with("description", spec_node::text(d_.pick(proses())));
            all.with(roles_[i], std::move(role));
        }
        root_.with("roles", std::move(all));
        make_members();
    }

    /// What a spec with roles of its own has to say: what newcomers are, and founders where nobody is called owner.
    void make_members() {
        spec_node out;
        out.with("new", spec_node::text(role()));
        const bool has_owner = std::find(roles_.begin(), roles_.end(), "owner") != roles_.end();
        if (!has_owner || d_.one_in(4)) out.with("founder", spec_node::text(role()));
        if (!d_.one_in(3)) out.with("manage", spec_node::text(role()));
        if (!d_.one_in(3)) out.with("settings", spec_node::text(role()));
        root_.with("members", std::move(out));
    }

    void start_entity() {
        made_entity one;
        one.name = d_.pick(entity_words());
        if (d_.one_in(6)) one.plural = (d_.one_in(2) ? "all_" : "") + snake_case(d_.pick(entity_words()));
        const std::string table = one.plural.empty() ? snake_case(plural(one.name)) : one.plural;
        if (table.size() > 60 || table == "me") return;  // GET /v1/me is everybody's
        std::set<std::string> wanted{flat(one.name), flat(table)};
        for (const std::string end : {"list", "changes"}) wanted.insert(flat(one.name) + end);
        wanted.insert("new" + flat(one.name));
        for (const std::string& each : wanted) {
            if (taken_.contains(each)) return;
        }
        taken_.insert(wanted.begin(), wanted.end());
        one.soft_delete = d_.one_in(2);
        for (const std::string column : {"id", "createdat", "updatedat", "deletedat", "version", "createdby"})
            one.taken.insert(column);
        one.taken.insert(flat(tenant_ + "_id"));
        entities_.push_back(std::move(one));
    }

    /// A name of which no column comes that is there already.
    std::string free_name(made_entity& entity, const std::string& wish) {
        std::string name = wish;
        const auto taken = [&] {
            for (const std::string end : {"", "id", "currency"}) {
                if (entity.taken.contains(flat(name) + end)) return true;
            }
            return false;
        };
        for (int i = 2; taken(); ++i) name = wish + "_" + std::to_string(i);
        for (const std::string end : {"", "id", "currency"}) entity.taken.insert(flat(name) + end);
        return name;
    }

    void make_fields(std::size_t at) {
        made_entity& entity = entities_[at];
        for (std::size_t i = 1 + d_.below(size_.fields); i > 0; --i)
            entity.fields.push_back(make_value(free_name(entity, d_.pick(small_words())), d_));
        for (std::size_t i = d_.below(4); i > 0; --i) {
            const std::size_t target = d_.below(entities_.size());
            std::string wish = d_.one_in(2) ? snake_case(entities_[target].name) : d_.pick(small_words());
            if (wish.size() > 40) wish = "long_one";
            entity.fields.push_back(make_ref(free_name(entity, wish), entities_[target].name, target < at, d_));
            if (target == at && entity.fields.back().optional && d_.one_in(2)) make_tree(entity.fields.back());
        }
        if (d_.one_in(3))
            entity.fields.push_back(make_ref(free_name(entity, d_.one_in(2) ? "assignee" : "user"), "User", true, d_));
        for (std::size_t i = entity.fields.size(); i > 1; --i)
            std::swap(entity.fields[i - 1], entity.fields[d_.below(i)]);
    }

    static void make_tree(made_field& parent) {
        if (parent.node.is_scalar()) {
            const spec_node type = parent.node;
            parent.node = spec_node::map();
            parent.node.with("type", type);
        }
        parent.node.with("tree", spec_node::plain("true"));
    }

    void make_inverses(made_entity& entity) {
        for (const made_entity& other : entities_) {
            std::size_t refs = 0;
            for (const made_field& field : other.fields) refs += field.target == entity.name ? 1 : 0;
            for (const made_field& field : other.fields) {
                if (field.target != entity.name || !d_.one_in(3)) continue;
                const std::string via = refs > 1 || d_.one_in(3) ? " via " + field.name : "";
                made_field inverse;
                inverse.name = free_name(entity, snake_case(plural(other.name)).substr(0, 40));
                if (inverse.name.ends_with('_')) inverse.name += "x";
                inverse.node = spec_node::text("has_many " + other.name + via);
                entity.inverses.push_back(std::move(inverse));
            }
        }
    }

    using allowed = bool (made_field::*)() const;

    std::vector<std::string> some_of(const made_entity& entity, allowed fits, std::size_t most,
                                     bool distinct_filter = false) {
        static const std::set<std::string> parameters{"cursor", "deleted", "limit", "q", "sort"};
        std::vector<std::string> out;
        const auto is_bound = [&](const std::string& one, const std::string& of) {
            return one == of + "_from" || one == of + "_to";
        };
        const auto clashes = [&](const std::string& name) {
            return parameters.contains(name) || std::any_of(out.begin(), out.end(), [&](const std::string& other) {
                       return is_bound(name, other) || is_bound(other, name);
                   });
        };
        for (const made_field& field : entity.fields) {
            if (out.size() < most && (field.*fits)() && !(distinct_filter && clashes(field.name)) && d_.one_in(2))
                out.push_back(field.name);
        }
        return out;
    }

    spec_node lists_of(const made_entity& entity) {
        spec_node out;
        const auto add = [&](const char* key, std::vector<std::string> words) {
            if (!words.empty()) out.with(key, spec_node::list(words));
        };
        std::vector<std::string> filters = some_of(entity, &made_field::can_be_filtered, 5, true);
        if (d_.one_in(4)) filters.emplace_back("created_by");
        add("filter", std::move(filters));
        add("search", some_of(entity, &made_field::is_text, 3));
        std::vector<std::string> sorts = some_of(entity, &made_field::can_be_sorted, 4);
        if (d_.one_in(4)) sorts.emplace_back("updated_at");
        add("sort", std::move(sorts));
        return out;
    }

    std::string role() { return d_.pick(roles_); }

    spec_node rule(bool with_creator) {
        if (d_.one_in(12)) return spec_node::text("nobody");
        if (with_creator && d_.one_in(8)) return spec_node::text("creator");
        if (d_.one_in(2)) return spec_node::text(role());
        std::set<std::string> words{role(), role()};
        if (with_creator && d_.one_in(2)) words.insert("creator");
        return spec_node::list({words.begin(), words.end()});
    }

    spec_node access() {
        spec_node out;
        const bool all = d_.one_in(2);  // everything by everybody who is anybody
        const std::string lowest = roles_.back();
        for (const char* operation : {"read", "create", "update", "delete"})
            out.with(operation, all ? spec_node::text(lowest) : rule(std::string_view(operation) != "create"));
        return out;
    }

    static std::size_t bytes_of(const made_entity& entity, const std::vector<std::string>& columns) {
        std::size_t sum = 0;
        for (const made_field& field : entity.fields) {
            if (std::find(columns.begin(), columns.end(), field.name) != columns.end()) sum += field.bytes;
        }
        return sum;
    }

    void add_columns(const char* key, const made_entity& entity, allowed fits, spec_node& out) {
        std::set<std::vector<std::string>> known;
        spec_node lists = spec_node::list({});
        for (std::size_t i = d_.below(3); i > 0; --i) {
            std::vector<std::string> columns = some_of(entity, fits, 3);
            while (bytes_of(entity, columns) > index_bytes) columns.pop_back();
            if (!columns.empty() && known.insert(columns).second) lists.with("", spec_node::list(columns));
        }
        if (!lists.entries.empty()) out.with(key, std::move(lists));
    }

    spec_node node_of(made_entity& entity) {
        spec_node out, fields;
        if (d_.one_in(3)) out.with("description", spec_node::text(d_.pick(proses())));
        if (!entity.plural.empty()) out.with("plural", spec_node::text(entity.plural));
        for (const made_field& field : entity.fields) fields.with(field.name, field.node);
        for (const made_field& field : entity.inverses) fields.with(field.name, field.node);
        out.with("fields", std::move(fields));
        if (d_.one_in(6)) out.with("path", spec_node::text("library/" + snake_case(entity.name)));
        if (!access_for_all_ || d_.one_in(3)) out.with("access", access());
        spec_node lists = lists_of(entity);
        if (!lists.entries.empty()) out.with("list", std::move(lists));
        if (d_.one_in(3)) add_columns("indexes", entity, &made_field::can_be_indexed, out);
        if (d_.one_in(3)) add_columns("unique", entity, &made_field::can_be_unique, out);
        if (entity.soft_delete) out.with("soft_delete", d_.one_in(2) ? bin() : spec_node::plain("true"));
        return out;
    }

    spec_node bin() {
        spec_node out;
        if (d_.one_in(2)) out.with("keep", spec_node::text("90d"));
        if (out.entries.empty() || d_.one_in(2)) out.with("purge", rule(true));
        return out;
    }

    dice d_;
    const spec_size size_;
    spec_node root_;
    std::string tenant_;
    std::vector<std::string> roles_;
    bool access_for_all_ = false;  ///< The spec has an `access:` of its own.
    std::vector<made_entity> entities_;
    std::set<std::string> taken_;
};

/// One change of a spec, perhaps one that makes no sense.
void change(spec_node& root, dice& d) {
    spec_node& entities = *root.find("entities");
    spec_node& entity = entities.entries[d.below(entities.entries.size())].child;
    // Shrinking leaves entities without any.
    if (entity.find("fields") == nullptr) entity.with("fields", spec_node::map());
    spec_node& fields = *entity.find("fields");
    if (fields.entries.empty()) fields.with("first", make_value("first", d).node);
    const std::size_t at = d.below(fields.entries.size());
    auto& [name, field] = fields.entries[at];
    const auto forget = [](spec_node& map, const std::string& key) {
        std::erase_if(map.entries, [&](const auto& one) { return one.name == key; });
    };
    switch (d.below(10)) {
        case 0:
            fields.entries.erase(fields.entries.begin() + static_cast<std::ptrdiff_t>(at));
            return;
        case 1:
        case 2:
            fields.with("added_" + std::to_string(d.below(1000)), make_value("added", d).node);
            return;
        case 3:
        case 4:
            field = make_value(name, d).node;
            return;
        case 5: {
            const std::string was = name;
            if (field.is_scalar()) {
                const spec_node type = field;
                field = spec_node::map();
                field.with("type", type);
            }
            forget(field, "was");
            field.with("was", spec_node::text(was));
            name = "renamed_" + std::to_string(d.below(1000));
            return;
        }
        case 6:
            if (entity.find("soft_delete") != nullptr)
                forget(entity, "soft_delete");
            else
                entity.with("soft_delete", spec_node::plain("true"));
            return;
        case 7:
            forget(entity, d.one_in(2) ? "unique" : "indexes");
            return;
        case 8:
            entities.entries.erase(entities.entries.begin() +
                                   static_cast<std::ptrdiff_t>(d.below(entities.entries.size())));
            return;
        default: {
            spec_node added, its_fields;
            its_fields.with("title", make_value("title", d).node);
            its_fields.with("of", make_ref("of", entities.entries.front().name, true, d).node);
            spec_node rights;
            for (const char* operation : {"read", "create", "update", "delete"})
                rights.with(operation, spec_node::text("nobody"));
            added.with("fields", std::move(its_fields)).with("access", std::move(rights));
            entities.with("Added" + std::string(1, static_cast<char>('A' + d.below(26))), std::move(added));
        }
    }
}

}  // namespace

spec_node make_spec(std::uint64_t seed, const spec_size& size) {
    return maker(seed, size).make();
}

spec_node evolve(const spec_node& before, std::uint64_t seed, const std::function<bool(const spec_node&)>& valid) {
    dice d(seed);
    spec_node now = before;
    for (std::size_t left = 2 + d.below(4), tries = 0; left > 0 && tries < 40; ++tries) {
        spec_node next = now;
        change(next, d);
        if (next.find("entities")->entries.empty() || !valid(next)) continue;
        now = std::move(next);
        --left;
    }
    return now;
}

}  // namespace tenon::gen
