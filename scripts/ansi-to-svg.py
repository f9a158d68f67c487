#!/usr/bin/env python3
"""Turns a screen captured with `tmux capture-pane -e -p` into an SVG that looks like a terminal."""

import re
import sys
import unicodedata
from html import escape

CELL_W, CELL_H, PAD, BAR, SIZE = 9, 20, 18, 34, 15
BACK, FORE, FRAME = "#14171f", "#c9d1d9", "#1e232e"
COLOURS = {
    30: "#484f58", 31: "#ff7b72", 32: "#56d364", 33: "#e3b341",
    34: "#6cb6ff", 35: "#d2a8ff", 36: "#56d4dd", 37: "#c9d1d9",
}
BLOCKS = {"▏": 1, "▎": 2, "▍": 3, "▌": 4, "▋": 5, "▊": 6, "▉": 7, "█": 8}
SHADES = {"░": 0.35, "▒": 0.55, "▓": 0.75}
LOWER = {"▁": 1, "▂": 2, "▃": 3, "▄": 4, "▅": 5, "▆": 6, "▇": 7}


class Style:
    """How a character looks."""

    def __init__(self):
        self.clear()

    def clear(self):
        self.fore, self.bold, self.dim, self.under, self.reverse = FORE, False, False, False, False

    def take(self, codes):
        """Takes the codes of one escape sequence in."""
        for code in codes:
            if code == 0:
                self.clear()
            elif code == 1:
                self.bold = True
            elif code == 2:
                self.dim = True
            elif code == 4:
                self.under = True
            elif code == 7:
                self.reverse = True
            elif code == 22:
                self.bold = self.dim = False
            elif code == 24:
                self.under = False
            elif code == 27:
                self.reverse = False
            elif code == 39:
                self.fore = FORE
            elif code in COLOURS:
                self.fore = COLOURS[code]

    def key(self):
        """What tells it from another."""
        return (self.fore, self.bold, self.dim, self.under, self.reverse)


def width(char):
    """How many columns a character takes."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(line, style):
    """Yields each character of a line with its column and its look."""
    column = 0
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        if piece.startswith("\x1b["):
            # `38;5;N` with a small N is one of the 16 colours, written at length.
            codes = re.sub(r"38;5;([0-7])(?![0-9])", r"3\1", piece[2:-1])
            style.take([int(code or 0) for code in codes.split(";")])
            continue
        # tmux switches to line drawing and back around borders.
        for char in piece.replace("\x0e", "").replace("\x0f", ""):
            yield column, char, style.key()
            column += width(char)


def rect(x, y, w, h, fill, opacity):
    """A filled rectangle."""
    faint = f' opacity="{opacity}"' if opacity != 1 else ""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="{fill}"{faint}'
        ' shape-rendering="crispEdges"/>'
    )


def run(text, column, row, key):
    """Draws characters of one look that stand side by side."""
    fore, bold, dim, under, reverse = key
    x, y = PAD + column * CELL_W, BAR + PAD + row * CELL_H
    wide = sum(width(char) for char in text) * CELL_W
    out = []
    if reverse:
        out.append(rect(x, y, wide, CELL_H, fore, 1))
    fill = BACK if reverse else fore
    opacity = 0.55 if dim else 1
    if all(char in SHADES for char in text):
        out.append(rect(x, y + 4, wide, CELL_H - 7, fill, SHADES[text[0]]))
        return out
    if all(char in BLOCKS for char in text):
        filled = sum(BLOCKS[char] for char in text) * CELL_W / 8
        out.append(rect(x, y + 4, filled, CELL_H - 7, fill, opacity))
        return out
    if text.strip():
        attributes = ' font-weight="bold"' if bold else ""
        attributes += ' text-decoration="underline"' if under else ""
        attributes += f' opacity="{opacity}"' if dim else ""
        out.append(
            f'<text x="{x:g}" y="{y + 15:g}" textLength="{wide:g}" fill="{fill}"{attributes}'
            f' xml:space="preserve">{escape(text)}</text>'
        )
    return out


def column_block(char, column, row, key):
    """Draws one column of a sparkline, to the full height of its line."""
    share = LOWER.get(char, 8)
    x, y = PAD + column * CELL_W, BAR + PAD + row * CELL_H
    high = CELL_H * share / 8
    return rect(x, y + CELL_H - high, CELL_W, high, key[0], SHADES.get(char, 0.55 if key[2] else 1))


def columns_of_sparklines(line):
    """Which columns are drawn to their line's full height, and not as a bar behind a number."""
    found = set()
    drawn = list(cells(line, Style()))
    text = "".join(char for _, char, _ in drawn)
    for blocks in re.finditer("[▁-█▉-▏░▒▓]+", text):
        before = text[: blocks.start()].rstrip()
        if set(blocks.group()) & set(LOWER) or not before or before[-1] in "│":
            found.update(column for column, _, _ in drawn[blocks.start() : blocks.end()])
    return found


def draw_line(line, row, style):
    """Draws one line of the screen."""
    out, pending = [], None
    sparklines = columns_of_sparklines(line)
    for column, char, key in cells(line, style):
        if column in sparklines:
            kind = "column"
        elif char in BLOCKS:
            kind = "block"
        elif char in SHADES:
            kind = char
        else:
            kind = "text"
        # A gap ends a run, so that what follows keeps its column whatever the font is.
        if pending and (pending[3] != key or pending[4] != kind or kind == "column" or char == " " and pending[0].endswith(" ")):
            out += flush(pending, row)
            pending = None
        if pending:
            pending[0] += char
        else:
            pending = [char, column, row, key, kind]
    if pending:
        out += flush(pending, row)
    return out


def flush(pending, row):
    """Draws what was collected."""
    text, column, _, key, kind = pending
    if kind == "column":
        return [column_block(text, column, row, key)]
    return run(text, column, row, key)


def main():
    """Reads the screen from standard input, writes the picture to standard output."""
    title = sys.argv[1] if len(sys.argv) > 1 else ""
    lines = sys.stdin.read().rstrip("\n").split("\n")
    plain = [re.sub(r"\x1b\[[0-9;]*m|[\x0e\x0f]", "", line) for line in lines]
    columns = max(sum(width(char) for char in line) for line in plain)
    w, h = columns * CELL_W + 2 * PAD, len(lines) * CELL_H + 2 * PAD + BAR
    print(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" height="{h:.0f}" '
        f'font-family="ui-monospace, \'JetBrains Mono\', \'DejaVu Sans Mono\', Menlo, Consolas, monospace" font-size="{SIZE}">'
    )
    print(f'<title>{escape(title)}</title>')
    print(f'<rect width="100%" height="100%" rx="10" fill="{BACK}"/>')
    print(f'<path d="M0 10a10 10 0 0 1 10-10h{w - 20:.0f}a10 10 0 0 1 10 10v{BAR - 10}H0z" fill="{FRAME}"/>')
    for at, dot in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        print(f'<circle cx="{22 + at * 20}" cy="{BAR / 2}" r="6" fill="{dot}"/>')
    print(f'<text x="{w / 2:.0f}" y="{BAR / 2 + 5}" fill="#8b949e" text-anchor="middle">{escape(title)}</text>')
    style = Style()
    for row, line in enumerate(lines):
        for element in draw_line(line, row, style):
            print(element)
    print("</svg>")


if __name__ == "__main__":
    main()
