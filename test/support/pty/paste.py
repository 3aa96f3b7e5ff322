"""Pastes texts into a shell on its own terminal, one by one, and reports whether each ended.

argv: the shell, and whether to use bracketed paste as terminals do. stdin: the texts, separated by octets of 0xFF. Runs
in the folder whose contents the test then examines.
"""
import os
import pty
import select
import signal
import sys
import time

shell, bracketed = sys.argv[1], sys.argv[2] == "bracketed"
texts = sys.stdin.buffer.read().split(b"\xff")

pid, terminal = pty.fork()
if pid == 0:
    os.environ.update(PS1="", PS2="", TERM="xterm")
    arguments = {"bash": ["bash", "--norc", "--noprofile", "-i"]}.get(shell, [shell, "-i"])
    os.execvp(arguments[0], arguments)

output = b""


def comes(mark, seconds):
    """Whether the mark is printed in time; all that is printed is taken."""
    global output
    end = time.monotonic() + seconds
    while mark not in output and time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                output += os.read(terminal, 65536)
            except OSError:
                return False
    return mark in output


def mark(number, seconds):
    """Types a line that prints the mark: the two halves are joined by the shell, so that the echo is not taken for it."""
    os.write(terminal, b"printf 'mark-%s-" + str(number).encode() + b".\\n' is\r")
    return comes(b"mark-is-" + str(number).encode() + b".", seconds)


mark(0, 30)
told = []
for number, text in enumerate(texts, 1):
    typed = text.replace(b"\n", b"\r")
    os.write(terminal, b"\x1b[200~" + typed + b"\x1b[201~\r" if bracketed else typed + b"\r")
    if mark(number, 20):
        told.append("ended")
        continue
    # A quote or here-document was left open.
    told.append("open")
    os.write(terminal, b"\x03\r")
    mark(number + 100_000, 20)
print("\n".join(told))
os.kill(pid, signal.SIGKILL)
