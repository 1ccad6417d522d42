"""Prints what PDFium, MuPDF and pdfminer.six read in PDFs: {file: {reader: text}} as JSON."""

import json
import sys

import pymupdf
import pypdfium2
from pdfminer.high_level import extract_text


def pdfium(file):
    document = pypdfium2.PdfDocument(file)
    return "\f".join(page.get_textpage().get_text_bounded() for page in document)


def mupdf(file):
    with pymupdf.open(file) as document:
        return "\f".join(page.get_text() for page in document)


readers = {"pdfium": pdfium, "mupdf": mupdf, "pdfminer.six": extract_text}
read = {file: {name: reader(file) for name, reader in readers.items()} for file in sys.argv[1:]}
json.dump(read, sys.stdout, ensure_ascii=False)
