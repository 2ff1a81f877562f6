"""Lists the public C++ surface of the runtime: what an owner's code may name.

list_surface.py INCLUDE_FOLDER [CLANG]     prints the list

For each header: its macros, and what it declares in tenon:: but for detail:: (types, functions, constants, aliases), with
the public members of its types. Functions have their signature, because code stops compiling when that changes, too.
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


def lines_of_record(node, path, kind):
    if node.get("completeDefinition"):
        yield f"{kind} {path}"
        bases = [base["type"]["qualType"] for base in node.get("bases", []) if base["access"] == "public"]
        yield from (f"base {path}: {base}" for base in bases)
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
        yield f"enum {path}"
        yield from (f"value {path}::{one['name']}" for one in node.get("inner", []) if one["kind"] == "EnumConstantDecl")
    elif kind == "ClassTemplateDecl":
        for inner in node["inner"]:
            if inner["kind"] == "CXXRecordDecl" and inner.get("name") == name:
                yield from lines_of_record(inner, path, "template " + inner["tagUsed"])
                break
    elif kind == "FunctionTemplateDecl":
        for inner in node["inner"]:
            if inner["kind"] in FUNCTIONS:
                yield from (f"template {line}" for line in lines_of(inner, scope))
                break
    elif kind in ("VarTemplateDecl", "TypeAliasTemplateDecl", "ConceptDecl") and is_named(node):
        yield f"{'concept' if kind == 'ConceptDecl' else 'template'} {path}"
    elif kind in FUNCTIONS and is_named(node) and not node.get("explicitlyDeleted"):
        yield f"{FUNCTIONS[kind]} {path}: {node['type']['qualType']}"
    elif kind in VALUES and is_named(node):
        yield f"{VALUES[kind]} {path}: {node['type']['qualType']}"
    elif kind in ALIASES and is_named(node):
        yield f"alias {path}: {node['type']['qualType']}"
    elif kind == "UsingDecl":
        yield f"using {path}"
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
        yield f"macro {name}{parameters}"


def surface(include, clang):
    """Header -> its lines, in no order."""
    include = pathlib.Path(include).resolve()
    headers = sorted(path.relative_to(include).as_posix() for path in include.rglob("*.hpp"))
    found = {header: set(macros_of((include / header).read_text())) for header in headers}
    for block in parsed(include, headers, clang):
        if block["kind"] == "NamespaceDecl" and block.get("name") == "tenon":
            found[header_of(block, include)].update(lines_within(block, "tenon", "public"))
    return found


def main():
    found = surface(sys.argv[1], *(sys.argv[2:3] or ["clang++"]))
    for folder in sorted({header.split("/")[1] for header in found}):
        print(f"target tenon::{folder}")
    for header in sorted(found):
        print(f"\n<{header}>")
        for line in sorted(found[header]):
            print(line)


if __name__ == "__main__":
    main()
