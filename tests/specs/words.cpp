// The lists. A name belongs here when somebody would give it to a thing, and some language knows it already.
#include "words.hpp"

namespace tenon::gen {

const std::vector<std::string>& entity_words() {
    static const std::vector<std::string> words{
        // C++
        "Case", "Class", "Template", "Operator", "Default", "Namespace", "Public", "Private", "Friend", "Union",
        "Struct", "Enum", "Switch", "Export", "Import", "Module", "Concept", "Static", "Virtual", "Int", "Char", "Auto",
        "String", "Vector", "Map", "Optional", "Span", "Move", "Assert", "Exception", "Main", "Register", "This",
        "Break", "Goto", "Delete", "New", "Try", "Catch", "Throw", "Do", "If", "Or", "And", "Not", "Long", "Short",
        "Double", "Errno",
        // SQL and both databases
        "Order", "Group", "Table", "Select", "Index", "Key", "Constraint", "Column", "Trigger", "View", "Transaction",
        "Check", "Primary", "Join", "Offset", "Row", "Value", "Sequence", "Schema", "Database", "Analyze", "Pragma",
        "Rowid", "Collation", "Policy", "Grant", "Window", "Interval", "Timestamp", "Returning", "Reindex",
        // HTTP, OpenAPI and JSON
        "Request", "Response", "Header", "Cookie", "Route", "Path", "Method", "Host", "Body", "Query", "Link",
        "Resource", "Object", "Array", "Null", "True", "No", "On", "Yes", "Y", "Property", "Component", "Tag", "Server",
        "Patch", "Get", "Post", "Put", "Options", "Trace", "Callback", "Type", "Any", "Number", "Boolean", "Undefined",
        "Symbol",
        // Tenon
        "Session", "Member", "Role", "Status", "SKU", "Entity", "Field", "Record", "Permission", "Access", "Domain",
        "Storage", "Hook", "Api", "App", "Custom", "Task", "Result", "Tenon", "Std", "Token", "List", "Change",
        "Filter", "Cursor", "Page", "Plan", "Limit", "Meter", "Agent", "Job", "Channel", "Webhook", "Action", "Login",
        "Problem", "Me", "MeRecord", "MemberRecord", "Checks", "Metric", "Migration", "Test", "Maker", "Client",
        "Answer", "May",
        // of everybody
        "Project", "Invoice", "LineItem", "Person", "Child", "Company", "Equipment", "News", "Series", "Bus", "Quiz",
        "HTTPServer", "APIKeyUse", "X", "Ab", "A1", "Q2Report", "NewOrder", "OrderChange", "ProjectList", "Leaf",
        "VeryLongNameOfAThingThatNobodyElseWouldEverWriteByHand", "PurchaseOrderLineItemAllocationAdjustmentReason"};
    return words;
}

const std::vector<std::string>& small_words() {
    static const std::vector<std::string> words{
        // C++, and what generated code has
        "class", "default", "new", "delete", "operator", "private", "public", "this", "template", "typename", "auto",
        "bool", "int", "char", "long", "short", "signed", "union", "struct", "switch", "and", "or", "not", "xor",
        "requires", "concept", "export", "register", "errno", "stdin", "assert", "linux", "unix", "major", "minor",
        "std", "tenon", "domain", "value", "values", "errors", "input", "changes", "target", "apply_to", "validate",
        "row", "out", "list", "find", "insert", "update", "remove", "restore", "shape", "filters", "sorts", "open",
        "args", "current", "changed", "broken", "found", "call", "string", "vector", "optional", "result", "task",
        "move", "size", "begin", "end", "allowed", "check", "sent", "stored", "object", "body", "request", "co_await",
        "import", "module", "final", "override", "goto",
        // SQL and both databases
        "select", "from", "where", "order", "group", "table", "index", "key", "primary", "user", "offset", "column",
        "constraint", "references", "rowid", "oid", "left", "right", "desc", "asc", "date", "time", "timestamp",
        "interval", "array", "analyze", "current_user", "session_user", "natural", "like", "ilike", "between", "exists",
        "returning", "excluded", "collate", "random", "count", "sum", "abs", "coalesce", "of", "to", "by", "as", "is",
        "in", "at",
        // HTTP, JSON, YAML, JavaScript
        "on", "off", "yes", "no", "y", "n", "null", "true", "false", "type", "format", "items", "properties",
        "required", "example", "examples", "nullable", "description", "title", "ref", "const", "pattern", "enum",
        "constructor", "prototype", "to_string", "length", "header", "host", "method", "path", "status", "code",
        "detail", "pointer", "cursor", "limit", "sort", "q", "deleted", "next_cursor", "unreadable", "amount",
        "currency", "nan", "inf", "e1",
        // Tenon
        "owner", "role", "member", "admin", "name", "email", "password", "label", "position", "note", "priority",
        "done", "due_at", "state", "kind", "a", "b2", "x", "address_line_2", "created", "updated", "id_number",
        "parent", "value_currency", "owner_name", "a_very_long_name_for_a_field_that_nobody_would_write"};
    return words;
}

const std::vector<std::string>& proses() {
    static const std::vector<std::string> words{"What a team works on.",
                                                "Ends a comment */ and begins /* one.",
                                                "Two\nlines, and a \t tab",
                                                "100 % of {{it}} {% x %}",
                                                "\"quoted\" and 'quoted' and `quoted`",
                                                "back\\slash at the end \\",
                                                "${HOME} $(x) $1",
                                                "What?\?/ trigraphs",
                                                ")\" raw )sql\" ends",
                                                "Größe: naïve façade \xE2\x80\x94 \xE6\x97\xA5\xE6\x9C\xAC",
                                                "<b>&amp;</b> <!-- x -->",
                                                "# heading | table | - list",
                                                ": colon, - dash, [x], {y}",
                                                "true",
                                                "null",
                                                "--help",
                                                "\xF0\x9F\x8C\x8D smile",
                                                "'",
                                                "GENERATED // NOLINT",
                                                "-- SQL ; DROP TABLE users; --",
                                                "[link](https://example.com)",
                                                "\\n \\u0041 \\x41"};
    return words;
}

const std::vector<std::string>& prose_lines() {
    static const std::vector<std::string> lines = [] {
        std::vector<std::string> out = proses();
        std::erase_if(out, [](const std::string& one) { return one.find('\n') != std::string::npos; });
        return out;
    }();
    return lines;
}

}  // namespace tenon::gen
