#!/usr/bin/env python3
"""Writes pairs.txt: which ideograph follows which in Chinese words, one line for each first one.

Standard library only; installs nothing. Fetch the package first, then

    pip download --no-deps --no-binary :all: -d DIR jieba==0.42.1
    python3 src/script/stdlib/legibility/make_pairs.py DIR            # writes pairs.txt
    python3 src/script/stdlib/legibility/make_pairs.py --check DIR    # fails if it would change

Taken are the pairs inside the words of the dictionary that occur most, names of persons left out, and those of the
words of rules/lexicon.toml as they were when the table was last written.
"""

import re
import sys
import tarfile
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLE = HERE / "pairs.txt"
LEXICON = HERE.parents[3] / "rules" / "lexicon.toml"
ARCHIVE = "jieba-0.42.1.tar.gz"
DICTIONARY = "jieba-0.42.1/jieba/dict.txt"
# Beyond, pairs are of rare names more than of words that people use, and characters taken at random have more of them.
MOST = 50_000
IDEOGRAPHS = re.compile("[\u3400-\u9fff]+")


def pairs_of(word):
    for run in IDEOGRAPHS.findall(word):
        yield from (run[at : at + 2] for at in range(len(run) - 1))


def read_dictionary(folder):
    times = Counter()
    with tarfile.open(Path(folder) / ARCHIVE) as archive:
        lines = archive.extractfile(DICTIONARY).read().decode().splitlines()
    for line in lines:
        word, often, kind = line.split()
        if not kind.startswith("nr"):
            for pair in pairs_of(word):
                times[pair] += int(often)
    return times


def read_lexicon():
    text = LEXICON.read_text(encoding="utf-8")
    return {pair for word in re.findall('"([^"]*)"', text) for pair in pairs_of(word)}


def table(folder):
    times = read_dictionary(folder)
    most = sorted(times, key=lambda pair: (-times[pair], pair))[:MOST]
    followers = defaultdict(list)
    for pair in sorted({*most, *read_lexicon()}):
        followers[pair[0]].append(pair[1])
    return "".join(f"{first}{''.join(seconds)}\n" for first, seconds in followers.items())


def main(arguments):
    check = "--check" in arguments
    folder = [one for one in arguments if one != "--check"][0]
    text = table(folder)
    if check:
        return int(TABLE.read_text(encoding="utf-8") != text)
    TABLE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
