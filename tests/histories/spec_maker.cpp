// The kinds of changes that specs see: add, drop, rename, retype, describe, roles.
#include "spec_maker.hpp"

#include <algorithm>

#include "generator/support/naming.hpp"

namespace tenon::gen {
namespace {

const std::vector<std::string> entity_words{"Note", "Ticket", "Album", "Recipe", "Planet", "Bridge"};
const std::vector<std::string> field_words{"summary", "rank", "amount", "color", "weight", "place"};
const std::vector<std::string> types{"text?",     "string(1..80)?",   "int(0..9) = 1", "bool = false",
                                     "date?",     "decimal(8,2) = 0", "url?",          "enum [low, high] = low",
                                     "datetime?", "time = 09:30",     "duration?",     "string(1..20)[] = []"};
const std::vector<std::string> descriptions{"What a team works on.", "A thing to look at.", "Kept for later."};

/// A word that no earlier entity or field had: 'Notexa', 'Notexb', …
std::string fresh_word(made_spec& s, const std::string& word) {
    const int n = s.serial++;
    return word + 'x' + static_cast<char>('a' + n / 26 % 26) + static_cast<char>('a' + n % 26);
}

/// Of one word, two or three: 'Notexa', 'LateNotexa', 'VeryLateNotexa'.
std::string entity_name(made_spec& s, dice& d) {
    std::string name = fresh_word(s, d.pick(entity_words));
    if (d.one_in(2)) name = d.pick(std::vector<std::string>{"Late", "Own", "VeryLate"}) + name;
    return name;
}

std::string field_name(made_spec& s, dice& d) {
    std::string name = fresh_word(s, d.pick(field_words));
    if (d.one_in(2)) name = d.pick(std::vector<std::string>{"first_", "own_", "very_last_"}) + name;
    return name;
}

/// Mostly the regular one; else one of its own, or one that is the singular.
std::string plural_of(made_spec& s, dice& d, const std::string& name) {
    if (!d.one_in(4)) return {};
    return d.one_in(2) ? snake_case(name) : "many_" + snake_case(fresh_word(s, "Thing"));
}

made_entity new_entity(made_spec& s, dice& d) {
    made_entity e;
    e.name = entity_name(s, d);
    e.plural = plural_of(s, d, e.name);
    e.description = d.pick(descriptions);
    e.fields.push_back({"title", "string(1..120)", ""});
    for (std::size_t i = d.below(3); i-- > 0;) {
        e.fields.push_back({field_name(s, d), d.pick(types), ""});
    }
    return e;
}

std::string rename_entity(made_spec& s, dice& d, made_entity& e) {
    s.just_freed.push_back(e.name);
    e.was = e.name;
    // A name that another one had: in a chain, or on the way to a swap.
    if (!s.freed.empty() && d.one_in(3)) {
        e.name = s.freed.back();
        s.freed.pop_back();
    } else {
        e.name = entity_name(s, d);
    }
    e.plural = plural_of(s, d, e.name);
    return "rename " + e.was + " to " + e.name;
}

/// In one step that is refused, because nobody could tell whether it was done before.
std::string swap_entities(made_spec& s, dice& d) {
    made_entity& a = s.entities[d.below(s.entities.size())];
    made_entity& b = s.entities[d.below(s.entities.size())];
    if (&a == &b) return "swap nothing";
    a.was = a.name;
    b.was = b.name;
    std::swap(a.name, b.name);
    a.plural.clear();
    b.plural.clear();
    return "swap " + a.was + " and " + b.was;
}

std::string drop_entity(made_spec& s, std::size_t at) {
    const std::string name = s.entities[at].name;
    s.entities.erase(s.entities.begin() + static_cast<std::ptrdiff_t>(at));
    return "drop " + name;
}

std::string rename_field(made_spec& s, dice& d, made_entity& e, std::size_t at) {
    made_field& f = e.fields[at];
    f.was = f.name;
    f.name = field_name(s, d);
    return "rename field " + e.name + "." + f.was + " to " + f.name;
}

std::string retype(made_field& f) {
    const std::string before = f.type;
    if (f.type == "string(1..80)?")
        f.type = "string(1..200)?";
    else if (f.type == "int(0..9) = 1")
        f.type = "int(0..99) = 2";
    else if (f.type == "enum [low, high] = low")
        f.type = "enum [low, middle, high] = low";
    else if (f.type == "string(1..120)")
        f.type = "string(1..160)";
    else if (f.type == "decimal(8,2) = 0")
        f.type = "decimal(10,2) = 0";
    return "retype " + f.name + " from " + before + " to " + f.type;
}

std::string change_fields(made_spec& s, dice& d, made_entity& e) {
    const std::size_t at = d.below(e.fields.size());
    switch (d.below(4)) {
        case 0:
            e.fields.push_back({field_name(s, d), d.pick(types), ""});
            return "add field " + e.name + "." + e.fields.back().name;
        case 1: {
            if (at == 0) break;
            const std::string name = e.fields[at].name;
            e.fields.erase(e.fields.begin() + static_cast<std::ptrdiff_t>(at));
            return "drop field " + e.name + "." + name;
        }
        case 2:
            if (at == 0) break;
            return rename_field(s, d, e, at);
        default:
            break;
    }
    return e.name + ": " + retype(e.fields[at]);
}

std::string change_entities(made_spec& s, dice& d) {
    const std::size_t at = d.below(s.entities.size());
    switch (d.below(7)) {
        case 0:
        case 1:
            if (s.entities.size() < 2) break;
            return drop_entity(s, at);
        case 2:
        case 3:
            return rename_entity(s, d, s.entities[at]);
        case 4:
            if (s.entities.size() < 2) break;
            return swap_entities(s, d);
        default:
            break;
    }
    s.entities.push_back(new_entity(s, d));
    return "add " + s.entities.back().name;
}

std::string change_roles(made_spec& s, dice& d) {
    if (!s.roles.empty() && d.one_in(2)) {
        const std::string role = s.roles.back();
        s.roles.pop_back();
        return "drop role " + role;
    }
    s.roles.push_back("role_" + std::string(1, static_cast<char>('a' + s.serial++ % 26)));
    if (std::count(s.roles.begin(), s.roles.end(), s.roles.back()) > 1) s.roles.pop_back();
    return "add a role";
}

void forget_former_names(made_spec& s) {
    for (made_entity& e : s.entities) {
        e.was.clear();
        for (made_field& f : e.fields) f.was.clear();
    }
    s.freed.insert(s.freed.end(), s.just_freed.begin(), s.just_freed.end());
    s.just_freed.clear();
}

}  // namespace

made_spec first_spec(dice& d) {
    made_spec s;
    for (std::size_t i = 1 + d.below(2); i-- > 0;) s.entities.push_back(new_entity(s, d));
    return s;
}

std::string change_names(made_spec& s, dice& d) {
    forget_former_names(s);
    if (s.entities.size() < 3) s.entities.push_back(new_entity(s, d));
    const std::size_t at = d.below(s.entities.size());
    made_entity& e = s.entities[at];
    switch (d.below(5)) {
        case 0:
            return drop_entity(s, at);
        case 1:
        case 2:
            return rename_entity(s, d, e);
        default:
            return rename_field(s, d, e, d.below(e.fields.size()));
    }
}

std::string change_spec(made_spec& s, dice& d) {
    // A former name has served once the migration is there; people take it out, or forget to.
    if (!d.one_in(4)) forget_former_names(s);
    made_entity& e = s.entities[d.below(s.entities.size())];
    switch (d.below(8)) {
        case 0:
        case 1:
            return change_entities(s, d);
        case 2:
            return change_roles(s, d);
        case 3:
            e.description = "Described anew, " + std::to_string(s.serial++) + ".";
            return "describe " + e.name;
        case 4:
            e.reader = e.reader == "guest" ? "member" : "guest";
            return "change who reads " + e.name;
        default:
            return change_fields(s, d, e);
    }
}

std::string to_yaml(const made_spec& s) {
    std::string out =
        "tenon: 1\nservice: {name: demo, title: Demo}\ntenant: {name: workspace}\nauth: {password: true}\n";
    out += "roles:\n  owner: {inherits: member}\n  member: {inherits: guest}\n  guest: {}\n";
    for (const std::string& role : s.roles) out += "  " + role + ": {inherits: guest}\n";
    out += "members: {manage: owner, settings: owner, new: guest}\n";
    out += "access: {read: guest, create: guest, update: guest, delete: member}\n";
    out += "entities:\n";
    for (const made_entity& e : s.entities) {
        out += "  " + e.name + ":\n";
        if (!e.was.empty()) out += "    was: " + e.was + "\n";
        if (!e.plural.empty()) out += "    plural: " + e.plural + "\n";
        out += "    description: " + e.description + "\n    fields:\n";
        for (const made_field& f : e.fields) {
            out += "      " + f.name + ": ";
            out += f.was.empty() ? f.type + "\n" : "{type: \"" + f.type + "\", was: " + f.was + "}\n";
        }
        out += "    access: {read: " + e.reader + ", create: member, update: member, delete: member}\n";
    }
    return out;
}

}  // namespace tenon::gen
