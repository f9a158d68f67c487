"""Fails where files of one crate import each other in a circle, and says how large the rooms are. Called by `check-house`.

An arrow runs from a file to the file that defines what it names: in a `use`, or by a path such as
`crate::store::Result` or `super::text::plain` anywhere in the code. A name that is handed on by `pub use` leads to
where it is defined, so that a folder's `mod.rs` may show what is in the folder. Tests are left out: what a test of
a file names is no part of the house.
"""

import re
import sys
from pathlib import Path

ITEM = re.compile(
    r"\b(?:fn|struct|enum|union|trait|type|const|static|mod|macro_rules!)\s+(?:mut\s+)?(?:r#)?([A-Za-z_]\w*)"
)
USE = re.compile(r"(?P<shown>\bpub(?:\s*\([^)]*\))?\s+)?\buse\s+(?P<tree>[^;]+);")
PATH = re.compile(r"(?<![\w:])(?:r#)?[A-Za-z_]\w*(?:\s*::\s*(?:r#)?[A-Za-z_]\w*)+")
# `mod x;`, with the attributes before it: a test's module is no room, and `path` names another file.
MODULE = re.compile(r"(?P<attributes>(?:#\[[^\]]*\]\s*)*)(?:pub(?:\s*\([^)]*\))?\s+)?mod\s+(?P<name>\w+)\s*;")


def without_comments_and_strings(text):
    """The code alone, of the same number of lines. Attributes keep their strings, since `path` names a file."""
    pattern = re.compile(
        r"""//[^\n]* | /\*.*?\*/ | b?r(?P<hashes>\#*)".*?"(?P=hashes) | (?<!\w)b?"(?:\\.|[^"\\])*" | '(?:\\.[^']*|[^'\\])'""",
        re.DOTALL | re.VERBOSE,
    )

    def blank(match):
        found = match.group()
        before = text.rfind("\n", 0, match.start())
        if text[before + 1 : match.start()].strip().startswith("#[path"):
            return found
        return ("" if found.startswith("/") else '""') + "\n" * found.count("\n")

    return pattern.sub(blank, text)


def end_of_item(code, start):
    """Where the item that begins at `start` ends: behind its `;`, or behind the `}` of its body."""
    depth = 0
    for at in range(start, len(code)):
        if code[at] in "{([":
            depth += 1
        elif code[at] in "})]":
            depth -= 1
            if depth == 0 and code[at] == "}":
                return at + 1
        elif code[at] == ";" and depth == 0:
            return at + 1
    return len(code)


def without_tests(code):
    """The code without the items that only tests are built with."""
    test = re.compile(r"#\[cfg\((?:all\()?test\b[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*")
    while match := test.search(code):
        end = end_of_item(code, match.end())
        code = code[: match.start()] + "\n" * code[match.start() : end].count("\n") + code[end:]
    return code


def leaves(tree, before=()):
    """The paths of a `use` tree, each with the name that it is known by afterwards."""
    tree = tree.strip()
    brace = tree.find("{")
    if brace < 0:
        path, _, name = tree.partition(" as ")
        segments = before + tuple(part.strip().removeprefix("r#") for part in path.split("::") if part.strip())
        if segments and segments[-1] == "self":
            segments = segments[:-1]
        if segments:
            yield segments, name.strip() or segments[-1]
        return
    before += tuple(part.strip() for part in tree[:brace].split("::") if part.strip())
    depth, piece = 0, ""
    for char in tree[brace + 1 : tree.rfind("}")] + ",":
        if char == "," and depth == 0:
            if piece.strip():
                yield from leaves(piece, before)
            piece = ""
            continue
        depth += (char == "{") - (char == "}")
        piece += char


class Module:
    """One file of a crate, with what it defines, hands on and names."""

    def __init__(self, file, parent, folder):
        self.file, self.parent, self.folder = file, parent, folder
        self.children = {}
        self.code = without_tests(without_comments_and_strings(file.read_text()))
        self.uses, self.shown = {}, {}
        self.shown_whole = []
        for match in USE.finditer(self.code):
            for path, name in leaves(match["tree"]):
                if match["shown"] and name == "*":
                    self.shown_whole.append(path[:-1])
                (self.shown if match["shown"] else self.uses)[name] = path
        self.body = USE.sub("", self.code)
        self.items = set(ITEM.findall(self.body))
        for match in MODULE.finditer(self.code):
            self.add_child(match["name"], match["attributes"])

    def add_child(self, name, attributes):
        path = re.search(r'path\s*=\s*"([^"]+)"', attributes)
        tries = [self.file.parent / path[1]] if path else [self.folder / f"{name}.rs", self.folder / name / "mod.rs"]
        for file in tries:
            if file.exists():
                self.children[name] = Module(file, self, self.folder / name)

    def root(self):
        return self if self.parent is None else self.parent.root()

    def all(self):
        yield self
        for child in self.children.values():
            yield from child.all()

    def defines(self, path, seen=frozenset()):
        """The module that defines what a path names, seen from here; None where that is another crate's."""
        if (self, path) in seen or not path:
            return None
        seen |= {(self, path)}
        first, rest = path[0], path[1:]
        if first == "crate":
            return self.root().holds(rest, seen)
        if first == "self":
            return self.holds(rest, seen)
        if first == "super":
            return self.parent.holds(rest, seen) if rest[:1] != ("super",) else self.parent.defines(rest, seen)
        known = self.uses.get(first) or self.shown.get(first)
        # `pub use report::report` names the module `report` and not itself.
        if known and known[0] != first:
            return self.defines(known + rest, seen)
        if first in self.children or first in self.items:
            return self.holds(path, seen)
        return None

    def holds(self, path, seen):
        """The same for a path that begins inside this module."""
        if not path:
            return self
        first, rest = path[0], path[1:]
        if first in self.children:
            return self.children[first].holds(rest, seen)
        if first in self.items:
            return self
        if first == "super" and self.parent:
            return self.parent.holds(rest, seen)
        handed_on = self.shown.get(first) or self.uses.get(first)
        if handed_on:
            return self.defines(handed_on + rest, seen)
        for whole in self.shown_whole:
            found = self.defines(whole + path, seen)
            if found and first in found.items:
                return found
        return self

    def arrows(self):
        """Each module that this one names something of, with what it names."""
        named = [(path, name) for name, path in self.uses.items()]
        words = set(re.findall(r"\w+", self.body))
        named += [(path, name) for name, path in self.shown.items() if name != "*"]
        for match in PATH.finditer(self.body):
            path = tuple(part.strip().removeprefix("r#") for part in match.group().split("::"))
            named.append((path, path[-1]))
        arrows = {}
        for path, name in named:
            # A folder that is only the way to something in it is not what is named.
            target = self.defines(path)
            is_way = path[-1] in words and target and target.file.name == "mod.rs" and target.file.parent.name == path[-1]
            if target and target is not self and not is_way:
                arrows.setdefault(target, set()).add(name)
        return arrows


def circles(graph):
    """The strongly connected components of more than one module (Tarjan, 1972, without recursion)."""
    index, low, on_stack, stack, found = {}, {}, set(), [], []
    for start in graph:
        if start in index:
            continue
        work = [(start, iter(graph[start]))]
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while work:
            node, targets = work[-1]
            step = next(targets, None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    circle = []
                    while not circle or circle[-1] is not node:
                        circle.append(stack.pop())
                        on_stack.discard(circle[-1])
                    if len(circle) > 1:
                        found.append(circle)
            elif step not in index:
                index[step] = low[step] = len(index)
                stack.append(step)
                on_stack.add(step)
                work.append((step, iter(graph[step])))
            elif step in on_stack:
                low[node] = min(low[node], index[step])
    return found


def functions(module):
    """Each function of a file with the number of its lines."""
    for match in re.finditer(r"\bfn\s+(\w+)", module.code):
        end = end_of_item(module.code, match.start())
        yield module.code.count("\n", match.start(), end) + 1, match[1]


def say_figures(modules, project):
    """Says how many files there are, and how long they and their functions are. Nothing fails by that."""
    files = sorted((len(module.file.read_text().splitlines()), module.file) for module in modules)
    found = sorted((lines, name, module.file) for module in modules for lines, name in functions(module))
    middle = len(files) // 2
    print(f"{len(files)} files without tests, {sum(lines for lines, _ in files)} lines; median {files[middle][0]}", end="")
    print(f", longest {files[-1][0]} ({files[-1][1].relative_to(project)})")
    lines, name, file = found[-1]
    print(f"{len(found)} functions; median {found[len(found) // 2][0]} lines", end="")
    print(f", longest {lines} ({name} in {file.relative_to(project)})")


def roots(project):
    """The first file of each library, program and example of the workspace."""
    members = re.search(r"^members = \[(.*?)\]", (project / "Cargo.toml").read_text(), re.DOTALL | re.MULTILINE)
    for member in re.findall(r'"([^"]+)"', members[1]):
        crate = project / member
        tops = [crate / "src/lib.rs", crate / "src/main.rs", *crate.glob("examples/*.rs"), *crate.glob("examples/*/main.rs")]
        yield from (top for top in tops if top.exists())


def say_circle(circle, graph, project):
    """Says what ties a circle: each arrow inside it, with the names that it is for."""
    print(f"error: {len(circle)} files import each other in a circle:", file=sys.stderr)
    for module in sorted(circle, key=lambda one: one.file):
        for target, names in sorted(graph[module].items(), key=lambda one: one[0].file):
            if target in circle:
                ends = [one.file.relative_to(project) for one in (module, target)]
                print(f"  {ends[0]} -> {ends[1]}: {', '.join(sorted(names))}", file=sys.stderr)


def main():
    project = Path(sys.argv[1]).resolve()
    modules, bad = {}, 0
    for top in roots(project):
        root = Module(top, None, top.parent)
        graph = {module: module.arrows() for module in root.all()}
        # A library and a program of one crate may share files.
        modules |= {module.file: module for module in graph}
        for circle in circles(graph):
            bad += 1
            say_circle(circle, graph, project)
    say_figures(modules.values(), project)
    if bad:
        print("hint: move what both need into a file of its own", file=sys.stderr)
        sys.exit(1)
    print("no import circle")


main()
