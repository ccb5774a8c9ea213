"""Text files: encoding and delimiter are found in the text, and every cell stays the text it is."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.files import BrokenFileError
from pipelines.uploads.template_id import read_template_id
from spreadsheets import read_file
from spreadsheets.workbook import FileKind


def read(content, name="fil.csv"):
    return read_file(content if isinstance(content, bytes) else content.encode(), name)


def cells(content):
    return read(content).sheets[0].cells.tolist()


ENCODINGS = {
    "utf-8": ("", "utf-8", "utf-8"),
    "utf-8 with a byte-order mark": (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    "cp1252": ("", "cp1252", "cp1252"),
    "Excel's Unicode text": (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    "UTF-16 the other way": (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_swedish_letters_come_back_whatever_the_encoding(encoding):
    mark, codec, encoding_name = ENCODINGS[encoding]
    workbook = read((mark or b"") + "Kommun;År;Värde\nÖrkelljunga;2023;1,5\nSödertälje;2023;…".encode(codec))
    assert workbook.kind is FileKind.TEXT
    assert (workbook.encoding, workbook.delimiter) == (encoding_name, ";")
    assert workbook.sheets[0].name == ""
    assert workbook.sheets[0].cells.tolist() == [
        ["Kommun", "År", "Värde"],
        ["Örkelljunga", "2023", "1,5"],
        ["Södertälje", "2023", "…"],
    ]


def test_only_a_guessed_encoding_is_reported():
    assert [note.rule for note in read("å;ä\n1;2".encode("cp1252")).notes] == ["encoding"]
    assert read("å;ä\n1;2").notes == ()
    assert read("a;b\n1;2".encode("cp1252")).notes == ()


SWEDISH = st.text(
    "abcdefghijklmnopqrstuvwxyzåäöABCÅÄÖéü–”€ 0123456789%,;\t\"'\n.\u00a0", min_size=0, max_size=9
)


@given(
    table=st.lists(st.lists(SWEDISH, min_size=3, max_size=3), min_size=2, max_size=6),
    delimiter=st.sampled_from(";,\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_text_with_a_known_delimiter_comes_back_in_every_encoding(table, delimiter, encoding):
    table[0][0] = "Kommun"
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    content = f"sep={delimiter}\r\n{made.getvalue()}".encode(encoding)
    read_back = cells(content)
    padded = [[cell or "" for cell in row] + [""] * (3 - len(row)) for row in read_back]
    assert padded + [[""] * 3] * (len(table) - len(padded)) == table


DELIMITED = {
    "semicolons with decimal commas": ("Kommun;2022;2023\nHaninge;1,5;2,5\nNacka;3,5;4,5\n", ";"),
    "commas": ("Kommun,2022,2023\nHaninge,1.5,2.5\nNacka,3.5,4.5\n", ","),
    "commas with quoted decimal commas": ('Kommun,2022,2023\nHaninge,"1,5","2,5"\nNacka,"3,5","4,5"\n', ","),
    "tabs with decimal commas": ("Kommun\t2022\t2023\nHaninge\t1,5\t2,5\n", "\t"),
    "a title above and notes below": (
        "Resultat, hela nätverket, 2023\n\nKommun;2023\nHaninge;1,5\nNacka;2,5\nSalem;3\nTyresö;4\nBotkyrka;5\nKälla: egen, se webben\n",
        ";",
    ),
    "commas in names": ("Mått;Värde\nElever, andel;1\nLärare, andel, %;2\nPlatser, antal;3\n", ";"),
    "one column": ("Haninge\nNacka\n", ";"),
}


@pytest.mark.parametrize("case", DELIMITED)
def test_the_delimiter_is_the_one_that_splits_lines_consistently(case):
    text, delimiter = DELIMITED[case]
    assert read(text).delimiter == delimiter


def test_rows_of_unequal_length_are_filled_with_nothing_and_empty_lines_keep_their_place():
    assert cells("Titel\n\na;b;c\n;;3\n\n") == [
        ["Titel", None, None],
        [None, None, None],
        ["a", "b", "c"],
        [None, None, "3"],
    ]


def test_the_line_in_which_excel_says_the_delimiter_is_no_row():
    workbook = read("sep=|\r\na|b;c\r\n1|2\r\n")
    assert workbook.delimiter == "|"
    assert workbook.sheets[0].cells.tolist() == [["a", "b;c"], ["1", "2"]]


def test_quoted_cells_may_hold_delimiters_quotes_and_lines():
    assert cells('a;b\n"x;y";"sa ""hej""\nigen"\n') == [["a", "b"], ["x;y", 'sa "hej"\nigen']]


def test_a_quotation_mark_in_the_middle_of_a_text_is_a_sign_like_others():
    assert cells('mått;värde\nrör 5" grova;3\n"Rör" 5;4\n')[1:] == [['rör 5" grova', "3"], ["Rör 5", "4"]]


def test_the_text_template_is_known_by_its_first_line():
    workbook = read("\ufeffjamfor-template;1;sodertorn;0136;2023;;\nMått;Värde;;;;;\n")
    assert read_template_id(workbook) == ("sodertorn", "0136", "2023")
    assert workbook.sheets[0].cells[0, 0] == "jamfor-template"


def test_the_name_of_a_text_file_does_not_matter():
    assert read("a;b\n1;2\n", "rapport.xls").kind is FileKind.TEXT


REFUSED = {
    "a quotation mark never closed": (b'a;b\n1;"2\n3;4\n5;6\n', "citattecknet på rad 2 stängs aldrig"),
    "cut in the middle of a letter": ("åäö;1\nö;2\nÖ".encode()[:-1], "den slutar mitt i ett tecken"),
    "two encodings in one file": ("å;1\n".encode() + "ä;2\n".encode("cp1252"), "första gången på rad 2"),
    "a sign of no encoding": (b"a;1\n\x81;2\n", "tecknet på rad 2"),
    "an endless cell": (b"a;1\n" + b"x" * 200_000 + b";2\n", "en cell på rad 2 har fler än 131"),
    "half a UTF-16 sign": (
        codecs.BOM_UTF16_LE + "a;b".encode("utf-16-le")[:-1],
        "den slutar mitt i ett tecken",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_damaged_text_is_refused_with_what_is_wrong_and_where(case):
    content, reason = REFUSED[case]
    with pytest.raises(BrokenFileError) as refused:
        read(content)
    assert reason in str(refused.value)
