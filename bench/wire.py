"""Holds the hardware's end of two pseudo-terminals, a reader's and a relay's, and times taps.

Prints the two names that programs open. Then, for each line on standard input, `<gap ms> <frame hex> <frame hex> …`,
sends the frames into the reader one by one, byte by byte as a line of 9600 baud carries them, and answers with one line of
microseconds: from the last byte of the frame written to the first byte of the relay's command read. A tap without an answer
within two seconds is `-1`.
"""

import os
import select
import sys
import time
import tty


def terminal():
    master, slave = os.openpty()
    tty.setraw(master)
    tty.setraw(slave)
    return master, slave, os.ttyname(slave)


reader, _reader_slave, reader_name = terminal()
relay, _relay_slave, relay_name = terminal()
print(reader_name, relay_name, flush=True)

ON = bytes.fromhex("A00101A2")
BYTE_SECONDS = 10 / 9600


def drain():
    while select.select([relay], [], [], 0)[0]:
        os.read(relay, 4096)


def tap(frame):
    drain()
    due = time.perf_counter()
    for index in range(len(frame)):
        os.write(reader, frame[index : index + 1])
        sent = time.perf_counter_ns()
        due += BYTE_SECONDS
        if index + 1 < len(frame):
            time.sleep(max(0, due - time.perf_counter()))
    heard = b""
    first = None
    while time.perf_counter_ns() - sent < 2_000_000_000:
        if not select.select([relay], [], [], 0.1)[0]:
            continue
        at = time.perf_counter_ns()
        if not heard:
            first = at
        heard += os.read(relay, 4096)
        if ON in heard:
            return (first - sent) / 1000
        # The release of an earlier pulse: four bytes that are not ours.
        while len(heard) >= 4 and not heard.startswith(ON[:3]):
            heard = heard[4:]
    return -1


for line in sys.stdin:
    gap, *frames = line.split()
    answers = []
    for frame in frames:
        time.sleep(float(gap) / 1000)
        answers.append("%.1f" % tap(bytes.fromhex(frame)))
    print(*answers, flush=True)
