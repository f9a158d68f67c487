"""What must reach no terminal, and a terminal that each program is run on."""

import base64
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios

PROGRAMS, FOLDER = sys.argv[1:3]
# So many seconds a program may be silent.
PATIENCE = 20
# Each of these is unlike what the programs themselves send to a terminal.
SIGNS = [
    "\x1b[5;7;35m", "\x1b]0;owned", "\x1b[6n", "\x07", "\x08", "\x00", "\x7f", "\x85", "\x9b31m", "\x9d", "\u200b", "\u200e",
    "\u2028", "\u202e", "\u2066", "\ufeff", "\U000e0041",
]
HOSTILE = "a" + "b".join(SIGNS) + "\r\n\tc"
# What the programs send: colors, a line that is drawn again, the cursor hidden meanwhile.
OWN = re.compile(r"\x1b\[[0-9;]*m|\x1b\[[0-2]?K|\x1b\[\?25[lh]|\r(?=\x1b\[)|\r\n")
# And what fish takes for the end of a value, where its description begins: the last tab of a line.
DESCRIBED = re.compile(OWN.pattern + r"|(?m:\t(?=[^\t\n]*$))")
COPIED = re.compile(r"\x1b]52;c;([A-Za-z0-9+/=]*)\x07")
DIGESTS = ["sha256:" + f"{number:064x}" for number in (1, 2, 3)]
found = []
looked_at = 0
# Outputs that say what was hostile, escaped: that many weren't empty of it.
told = 0


def look(what, text, is_drawn=False, own=OWN):
    """Counts the signs in a text; where it isn't a screen that is drawn, any other control, too."""
    global looked_at, told
    looked_at += 1
    told += "u{202e}" in text or "u202e" in text
    for sign in SIGNS:
        if sign in text:
            found.append(f"{what}: {sign!r} in {text[max(0, text.index(sign) - 60):][:120]!r}")
            return
    rest = "" if is_drawn else own.sub("", text).replace("\n", "")
    hidden = [one for one in rest if ord(one) < 32 or 0x7F <= ord(one) < 0xA0 or 0xDC80 <= ord(one) < 0xDD00]
    if hidden:
        found.append(f"{what}: {hidden[:5]!r} in {rest[:200]!r}")


def on_terminal(what, command, keys=(), environment=None, ends=(0, 1, 3), is_drawn=False, own=OWN):
    """Runs a command on a terminal of its own, types the keys, and looks at all that it wrote."""
    # No argument can have it.
    command = [word.replace("\x00", "") for word in command]
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 180, 0, 0))
    process = subprocess.Popen(command, stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True, cwd=FOLDER)
    os.close(its)
    written, waiting = b"", list(keys)
    while True:
        ready, _, _ = select.select([ours], [], [], 0.4 if waiting else PATIENCE)
        if not ready and waiting:
            os.write(ours, waiting.pop(0))
            continue
        try:
            more = os.read(ours, 65536) if ready else b""
        except OSError:
            more = b""
        if not more:
            break
        written += more
    # It ends as one does whose terminal is closed.
    os.close(ours)
    status = process.wait(timeout=PATIENCE)
    # A byte that is no UTF-8 may be a control of another encoding.
    text = written.decode("utf-8", "surrogateescape")
    # What is copied is told to the terminal packed.
    for copied in COPIED.findall(text):
        row = base64.b64decode(copied).decode("utf-8", "surrogateescape")
        look(f"what {what} copied", row.replace("\t", ""))
    text = COPIED.sub("", text)
    if status not in ends:
        found.append(f"{what} ended with {status}: {text[-300:]!r}")
    look(what, text, is_drawn, own)


def write(name, text):
    """Writes a file in the folder to work in; where it is."""
    path = os.path.join(FOLDER, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path
