"""Workbooks part by part, for what no program would write."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"


def zipped(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as writing:
        for name, part in parts.items():
            writing.writestr(name, part)
    return made.getvalue()


def office_parts(*sheets, styles=None, texts=None, book="", content_type=TYPE):
    """The parts of an .xlsx whose sheets hold the given XML; `book` goes into the list of sheets."""
    relations = [("worksheet", f"worksheets/sheet{place}.xml") for place in range(1, len(sheets) + 1)]
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" ContentType="{content_type}"/></Types>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
    }
    for (_, target), sheet in zip(relations, sheets, strict=True):
        parts[f"xl/{target}"] = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
        )
    if styles:
        relations.append(("styles", "styles.xml"))
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    if texts:
        relations.append(("sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = texts
    parts["xl/_rels/workbook.xml.rels"] = _relations(relations)
    listed = "".join(
        f'<sheet name="Blad{place}" sheetId="{place}" r:id="r{place}"/>'
        for place in range(1, len(sheets) + 1)
    )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets>{book}</workbook>'
    )
    return parts


def office(*sheets, **more):
    return zipped(office_parts(*sheets, **more))


def rows(xml):
    return f"<sheetData>{xml}</sheetData>"


def open_document_parts(tables, styles=""):
    names = " ".join(
        f'xmlns:{prefix}="{OPEN_DOCUMENT}{prefix}:1.0"' for prefix in ("office", "table", "text", "style")
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
    }


def open_document(tables, styles=""):
    return zipped(open_document_parts(tables, styles))


def _relations(relations):
    listed = "".join(
        f'<Relationship Id="r{place}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(relations, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'
