"""HID devices that exist in umockdev's testbed only. Prints one JSON object a line, and takes one a line:

{"plug": {"node": "hidraw0", "usbPort": "1-1.2", "interface": 0, "vendorId": "0c2e", ...}}, {"unplug": "hidraw0"},
{"send": "hidraw0", "report": "02…"}, {"feature": "hidraw0", "report": "36…"}. Each is answered by {"done": true}; what is written to a
device comes as {"node": …, "written": "00FF…"}.
"""

import ctypes
import json
import os
import select
import sys

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import GLib, UMockdev

testbed = UMockdev.Testbed.new()
plugged = {}


def say(**what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


# asm-generic/ioctl.h: the number of a request stands in its low byte, its size in 14 bits from bit 16 on.
GET_DESCRIPTOR_SIZE, GET_DESCRIPTOR, SET_FEATURE, GET_FEATURE = 1, 2, 6, 7
ENOTTY, EPIPE = 25, 32


class HidrawRequests(UMockdev.IoctlBase):
    __gtype_name__ = "HidrawRequests"

    def do_handle_ioctl(self, client):
        request = client.get_request()
        number, size = request & 0xFF, (request >> 16) & 0x3FFF
        argument = client.get_arg()
        if (request >> 8) & 0xFF != ord("H"):
            return False
        if number == GET_DESCRIPTOR_SIZE:
            answer = len(self.descriptor).to_bytes(4, "little")
        elif number == GET_DESCRIPTOR:
            answer = len(self.descriptor).to_bytes(4, "little") + self.descriptor
        elif number == GET_FEATURE and self.feature is not None:
            # What was written before is done before.
            if select.select([self.fd], [], [], 0)[0]:
                on_written(self.fd, None, self.node)
            answer = self.feature[:size]
        else:
            client.complete(-1, EPIPE if number in (SET_FEATURE, GET_FEATURE) else ENOTTY)
            return True
        data = argument.resolve(0, len(answer))
        data.update(0, answer)
        client.complete(len(answer) if number == GET_FEATURE else 0, 0)
        return True


def plug(node, usbPort, interface, vendorId, productId, manufacturer, product, serialNumber, descriptor, feature):
    number = int(node.removeprefix("hidraw"))
    names = [f"{key}={value}" for key, value in (("manufacturer", manufacturer), ("product", product)) if value is not None]
    usb = f"/devices/pci0000:00/usb1/{usbPort}"
    inner = f"{usb}/{usbPort}:1.{interface}"
    hid = f"{inner}/0003:{vendorId.upper()}:{productId.upper()}.{number:04X}"
    raw = f"{hid}/hidraw/{node}"
    uevent = (
        f"HID_ID=0003:0000{vendorId.upper()}:0000{productId.upper()}\\nHID_NAME={manufacturer or ''} {product or ''}\\n"
        f"HID_PHYS=usb-0000:00:14.0-{usbPort}/input{interface}\\nHID_UNIQ={serialNumber or ''}\\n"
    )
    attributes = "".join(f"A: {name}\n" for name in names)
    usb_text = (
        f"P: {usb}\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\nA: idVendor={vendorId}\nA: idProduct={productId}\n"
        f"{attributes}A: bcdDevice=0100\n\n"
    )
    parts = [
        f"P: {inner}\nE: DEVTYPE=usb_interface\nE: SUBSYSTEM=usb\nA: bInterfaceNumber={interface:02x}\n\n",
        f"P: {hid}\nE: SUBSYSTEM=hid\nA: uevent={uevent}\nH: report_descriptor={descriptor}\n\n",
        f"P: {raw}\nN: {node}\nE: DEVNAME=/dev/{node}\nE: SUBSYSTEM=hidraw\nE: MAJOR=240\nE: MINOR={number}\n"
        f"A: dev=240:{number}\nL: device=../../../{os.path.basename(hid)}\n\n",
    ]
    testbed.add_from_string("".join([usb_text, *parts]))
    requests = HidrawRequests()
    requests.descriptor = bytes.fromhex(descriptor)
    requests.feature = bytes.fromhex(feature) if feature is not None else None
    testbed.attach_ioctl(f"/dev/{node}", requests)
    fd = testbed.get_dev_fd(f"/dev/{node}")
    requests.fd, requests.node = fd, node
    watch = GLib.io_add_watch(fd, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN, on_written, node)
    plugged[node] = dict(requests=requests, fd=fd, watch=watch, paths=[f"/sys{path}" for path in (raw, hid, inner, usb)])


def on_written(fd, _condition, node):
    if not select.select([fd], [], [], 0)[0]:
        return True
    try:
        report = os.read(fd, 4096)
    except OSError:
        # Nobody has it open at this moment.
        return True
    obey(plugged[node]["requests"], report)
    say(node=node, written=report.hex().upper())
    return True


def obey(requests, report):
    """A USBRelay board: FF n closes relay n, FD n opens it, and byte 7 of its feature report tells."""
    if requests.feature is None or len(requests.feature) != 8 or report[1] not in (0xFF, 0xFD):
        return
    bit = 1 << (report[2] - 1)
    states = requests.feature[7] | bit if report[1] == 0xFF else requests.feature[7] & ~bit
    requests.feature = requests.feature[:7] + bytes([states])


def unplug(node):
    device = plugged.pop(node)
    GLib.source_remove(device["watch"])
    # QUIRK: umockdev 0.17 keeps its note of the pseudo-terminal, and fails when the next device gets the same one.
    root = testbed.get_root_dir()
    terminal = os.readlink(f"{root}/dev/{node}")
    os.remove(f"{root}/dev/.ptymap/{terminal.replace('/', '_')}")
    for path in device["paths"]:
        testbed.remove_device(path)
    os.close(device["fd"])


def on_command(source, _condition):
    line = source.readline()
    if not line:
        loop.quit()
        return False
    command = json.loads(line)
    if "plug" in command:
        plug(**command["plug"])
    elif "unplug" in command:
        unplug(command["unplug"])
    elif "send" in command:
        os.write(plugged[command["send"]]["fd"], bytes.fromhex(command["report"]))
    elif "feature" in command:
        plugged[command["feature"]]["requests"].feature = bytes.fromhex(command["report"])
    say(done=True)
    return True


say(root=testbed.get_root_dir())
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, on_command)
loop.run()
