"""Compound files made by hand, for what no program would write into one."""

import struct


def compound(streams):
    """A compound file with streams of at least 4 096 bytes: header, table, directory, streams."""
    sector = 512
    names = ["Root Entry", *streams]
    directory_sectors = -(-len(names) * 128 // sector)
    table = [0xFFFFFFFD] + [1 + place + 1 for place in range(directory_sectors - 1)] + [0xFFFFFFFE]
    entries, body = b"", b""
    for place, name in enumerate(names):
        start, data = len(table), streams.get(name, b"")
        encoded = (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0")
        kind = 5 if place == 0 else 2
        entries += encoded + struct.pack("<HBB", 2 * len(name) + 2, kind, 1) + b"\xff" * 12 + bytes(36)
        entries += struct.pack("<III", start if data else 0xFFFFFFFE, len(data), 0)
        count = -(-len(data) // sector)
        table += [start + step + 1 for step in range(count - 1)] + [0xFFFFFFFE] * bool(count)
        body += data.ljust(count * sector, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += (
        struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff\xff\xff\xff" * 108
    )
    table += [0xFFFFFFFF] * (128 - len(table))
    return (
        header[:512] + struct.pack("<128I", *table) + entries.ljust(directory_sectors * sector, b"\0") + body
    )
