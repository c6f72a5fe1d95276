"""Starts pcscd on a socket of our own, handed over as systemd does (sd_listen_fds): `pcscd.py SOCKET PCSCD ARGUMENT...`."""

import os
import socket
import sys

path, *command = sys.argv[1:]
if os.path.exists(path):
    os.unlink(path)
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(16)
os.dup2(listener.fileno(), 3)
os.set_inheritable(3, True)
os.environ["LISTEN_FDS"] = "1"
os.environ["LISTEN_PID"] = str(os.getpid())
os.execv(command[0], command)
