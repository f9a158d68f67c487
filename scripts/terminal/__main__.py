"""Has a hostile host tell a server the worst in every field, runs every command on a terminal, and counts what reaches it.

  python3 scripts/terminal PROGRAMS FOLDER    the folder of the programs, and one to work in

What a terminal would obey, or nobody would see, must come from no field: not to standard output, not to standard error,
not into the server's log, and into no file.
"""

import json
import sys

import look
from agent import agents
from ctl import commands
from hostile import be_hostile
from look import FOLDER, HOSTILE, PROGRAMS, found, on_terminal, write
from server import Server

bad = write("server.toml", f"{json.dumps(HOSTILE[:9])} = 1\n\u202e\x1b[2J")
for words in (["--config", bad], ["--config", HOSTILE], ["--data-dir", f"{FOLDER}/{HOSTILE[:30]}/x"], ["--listen", HOSTILE], [HOSTILE]):
    on_terminal(f"server {words[0]}", [f"{PROGRAMS}/assetmon-server", "--data-dir", f"{FOLDER}/none", *words], ends=(1, 2))
for log_format in ("plain", "json"):
    server = Server(f"data-{log_format}", log_format)
    try:
        be_hostile(server)
        if log_format == "plain":
            commands(server)
            agents(server)
    finally:
        server.end(f"the server's log ({log_format})")

for one in found:
    print(f"error: {one!a}", file=sys.stderr)
said = f"{look.looked_at} outputs looked at, {look.told} of them with the hostile names escaped"
print(f"terminal: {said}, {len(found)} with something that a terminal would obey or nobody would see", file=sys.stderr)
# One that shows none of it proves nothing.
sys.exit(1 if found or look.told < look.looked_at / 2 else 0)
