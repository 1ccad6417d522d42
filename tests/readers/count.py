"""Prints how long the texts of a JSON list are by each count: {count: [length, …]} as JSON."""

import json
import sys

import regex

with open(sys.argv[1], encoding="utf-8") as file:
    texts = [text.replace("\r\n", "\n") for text in json.load(file)]


def euckr(character):
    try:
        return len(character.encode("cp949"))
    except UnicodeEncodeError:
        return 2


counts = {
    "chars": lambda text: len(regex.findall(r"\X", text)),
    "chars-no-space": lambda text: sum(1 for it in regex.findall(r"\X", text) if not it.isspace()),
    "bytes-euckr": lambda text: sum(map(euckr, text)),
    "bytes-utf8": lambda text: len(text.encode("utf-8")),
}
json.dump({name: [count(text) for text in texts] for name, count in counts.items()}, sys.stdout)
