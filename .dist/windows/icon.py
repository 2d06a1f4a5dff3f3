#!/usr/bin/env python3
"""Draws wangge.ico, the icon of the program on Windows: nine fields of a grid, with a tick. `icon.py` writes it beside itself.

Small sizes are bitmaps, which every Windows reads; the largest is PNG.
"""

import struct
import zlib
from pathlib import Path

SIZES = (16, 24, 32, 48, 256)
PAPER, FIELD, TICK = (0x1B, 0x5E, 0x9E), (0xDC, 0xE9, 0xF5), (0xE8, 0x8A, 0x1A)
# Points of the tick, in parts of the side.
STROKES = (((0.30, 0.58), (0.46, 0.74)), ((0.46, 0.74), (0.80, 0.34)))


def distance(x: float, y: float, stroke: tuple) -> float:
    """From a point to a stroke."""
    (ax, ay), (bx, by) = stroke
    along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    along = min(1.0, max(0.0, along))
    return ((x - ax - along * (bx - ax)) ** 2 + (y - ay - along * (by - ay)) ** 2) ** 0.5


def colour(x: float, y: float) -> tuple:
    """Of the point at these parts of the side."""
    if min(distance(x, y, stroke) for stroke in STROKES) < 0.075:
        return TICK
    inside = all(0.08 < part < 0.92 and (part - 0.08) / 0.84 * 3 % 1 > 0.14 for part in (x, y))
    return FIELD if inside else PAPER


def pixels(size: int) -> list[list[tuple]]:
    """Rows of red, green, blue: each the mean of four by four points."""
    points = [(step + 0.5) / 4 for step in range(4)]

    def mean(row: int, column: int) -> tuple:
        all_points = [colour((column + dx) / size, (row + dy) / size) for dx in points for dy in points]
        return tuple(sum(parts) // len(all_points) for parts in zip(*all_points))

    return [[mean(row, column) for column in range(size)] for row in range(size)]


def bitmap(size: int) -> bytes:
    """A bitmap of 32 bits a pixel, from the bottom up, and the mask that says that all of it is seen."""
    head = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, 0, 0, 0, 0, 0)
    rows = reversed(pixels(size))
    body = b"".join(bytes((blue, green, red, 255)) for row in rows for red, green, blue in row)
    return head + body + bytes((size + 31) // 32 * 4 * size)


def png(size: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"".join(bytes((*pixel, 255)) for pixel in row) for row in pixels(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def main() -> None:
    images = [(size, png(size) if size == 256 else bitmap(size)) for size in SIZES]
    at = 6 + 16 * len(images)
    head = struct.pack("<HHH", 0, 1, len(images))
    for size, data in images:
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), at)
        at += len(data)
    Path(__file__).with_name("wangge.ico").write_bytes(head + b"".join(data for _, data in images))


main()
