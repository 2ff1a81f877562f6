"""Lists the public C++ surface of the runtime: what an owner's code may name.

list_surface.py INCLUDE_FOLDER [CLANG]     prints the list

For each header: its macros, and what it declares in tenon:: but for detail:: (types, functions, constants, aliases),
with the public members of its types. Functions have their signature, because code stops compiling when that changes,
too.
The declarations are clang's: it resolves what a reader of text would have to guess.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

FUNCTIONS = {"FunctionDecl": "function", "CXXMethodDecl": "method", "CXXConstructorDecl": "constructor",
             "CXXConversionDecl": "method"}
VALUES = {"VarDecl": "constant", "FieldDecl": "member"}
ALIASES = {"TypeAliasDecl", "TypedefDecl"}


def parsed(include, headers, clang):
    """The declarations of each `namespace tenon { … }`, as clang's JSON."""
    with tempfile.NamedTemporaryFile("w", suffix=".cpp") as source:
        source.write("".join(f"#include <{header}>\n" for header in headers))
        source.flush()
        dump = subprocess.run([clang, "-std=c++20", f"-I{include}", "-fsyntax-only", "-Xclang", "-ast-dump=json",
                               "-Xclang", "-ast-dump-filter=tenon", source.name], check=True, stdout=subprocess.PIPE,
                              text=True).stdout
    decoder, at = json.JSONDecoder(), 0
    while at < len(dump):
        block, at = decoder.raw_decode(dump, at)
        while at < len(dump) and dump[at].isspace():
            at += 1
        yield block


def header_of(block, include):
    place = block["loc"].get("expansionLoc", block["loc"])
    return pathlib.Path(place["file"]).relative_to(include).as_posix()


def is_named(node):
    name = node.get("name", "")
    return name and not name.startswith("__") and not node.get("isImplicit")


def is_callable(node):
    return is_named(node) and not node.get("explicitlyDeleted")


def signature_of(node):
    static = "static " if node.get("storageClass") == "static" and node["kind"] == "CXXMethodDecl" else ""
    virtual = "virtual " if node.get("virtual") else ""
    return f"{static}{virtual}{FUNCTIONS[node['kind']]} {node['type']['qualType']}"


def lines_of_record(node, path, kind):
    if node.get("completeDefinition"):
        yield f"{path} {kind}"
        bases = [base["type"]["qualType"] for base in node.get("bases", []) if base["access"] == "public"]
        yield from (f"{path} is {base}" for base in bases)
        yield from lines_within(node, path, "public" if node.get("tagUsed") in ("struct", "union") else "private")


def lines_of(node, scope):
    kind, name = node["kind"], node.get("name", "")
    path = f"{scope}::{name}"
    if kind == "NamespaceDecl":
        if name != "detail":
            yield from lines_within(node, path if name else scope, "public")
    elif kind == "CXXRecordDecl" and is_named(node):
        yield from lines_of_record(node, path, node["tagUsed"])
    elif kind == "EnumDecl" and is_named(node):
        yield f"{path} enum"
        values = [one["name"] for one in node.get("inner", []) if one["kind"] == "EnumConstantDecl"]
        yield from (f"{path}::{value} value" for value in values)
    elif kind == "ClassTemplateDecl":
        for inner in node["inner"]:
            if inner["kind"] == "CXXRecordDecl" and inner.get("name") == name:
                yield from lines_of_record(inner, path, "template " + inner["tagUsed"])
                break
    elif kind == "FunctionTemplateDecl":
        for inner in node["inner"]:
            if inner["kind"] in FUNCTIONS and is_callable(inner):
                yield f"{path} template {signature_of(inner)}"
                break
    elif kind in ("VarTemplateDecl", "TypeAliasTemplateDecl", "ConceptDecl") and is_named(node):
        yield f"{path} {'concept' if kind == 'ConceptDecl' else 'template'}"
    elif kind in FUNCTIONS and is_callable(node):
        yield f"{path} {signature_of(node)}"
    elif kind in VALUES and is_named(node):
        yield f"{path} {VALUES[kind]} {node['type']['qualType']}"
    elif kind in ALIASES and is_named(node):
        yield f"{path} alias {node['type']['qualType']}"
    elif kind == "UsingDecl":
        yield f"{scope} using {name}"
    elif kind in ("FriendDecl", "LinkageSpecDecl"):
        yield from lines_within(node, scope.rpartition("::")[0] if kind == "FriendDecl" else scope, "public")


def lines_within(node, scope, access):
    for inner in node.get("inner", []):
        if inner["kind"] == "AccessSpecDecl":
            access = inner["access"]
        elif access == "public" or inner["kind"] == "FriendDecl":
            yield from lines_of(inner, scope)


def macros_of(text):
    for name, parameters in re.findall(r"^[ \t]*#[ \t]*define[ \t]+(\w+)(\([^)]*\))?", text, re.MULTILINE):
        if not name.endswith("_"):
            yield f"{name}{parameters} macro"


def surface(include, clang):
    """Header -> its lines, in no order."""
    include = pathlib.Path(include).resolve()
    headers = sorted(path.relative_to(include).as_posix() for path in include.rglob("*.hpp"))
    found = {header: set(macros_of((include / header).read_text())) for header in headers}
    for block in parsed(include, headers, clang):
        if block["kind"] == "NamespaceDecl" and block.get("name") == "tenon":
            found[header_of(block, include)].update(lines_within(block, "tenon", "public"))
    return found


def written(found):
    """The list as text: each header with its lines, a blank line between two."""
    return "\n".join(f"<{header}>\n" + "".join(f"{line}\n" for line in sorted(found[header]))
                     for header in sorted(found))


if __name__ == "__main__":
    print(written(surface(sys.argv[1], *(sys.argv[2:3] or ["clang++"]))), end="")
