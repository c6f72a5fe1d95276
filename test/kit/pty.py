"""A pseudo-terminal whose far end is this program's stdin and stdout. Prints the path of the near end, then carries bytes until killed."""

import os
import selectors
import sys
import tty

master, near = os.openpty()
tty.setraw(near)
sys.stdout.write(os.ttyname(near) + "\n")
sys.stdout.flush()

# `near` stays open here, so that the far end survives when the program under test lets go of it.
ways = {0: master, master: 1}
selector = selectors.DefaultSelector()
for source in ways:
    selector.register(source, selectors.EVENT_READ)
while True:
    for key, _ in selector.select():
        data = os.read(key.fd, 65536)
        if not data:
            sys.exit()
        while data:
            data = data[os.write(ways[key.fd], data) :]
