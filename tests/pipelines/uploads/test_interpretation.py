"""How a controller's sheet is interpreted, pitfall by pitfall."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pytest

from domain.network_measure import ReportingInterval
from domain.reporting_template import HEADINGS
from domain.upload import ColumnRole
from domain.value import Gender
from pipelines.uploads.interpretation import (
    apply_remembered_corrections,
    extract_values,
    guess_mapping,
    interpret,
    set_column_role,
    set_table_subject,
)
from pipelines.uploads.interpreted_file import VALUE_COLUMNS, InterpretedFile
from pipelines.uploads.upload_context import UploadContext
from spreadsheets.workbook import Sheet
from tests.messages import swedish
from tests.pipelines.uploads.sheets import NAMES, context, measure, sheet, workbook

SAFE = NAMES["trygga-elever"]


def interpreted(
    rows: list[list[Any]], its_known: UploadContext | None = None, name: str = "Blad1", **beside: Any
) -> InterpretedFile:
    return interpret(workbook(sheet(rows, name, **beside)), its_known or context())


def columns_of(file: InterpretedFile, *columns: str) -> list[tuple[Any, ...]]:
    """The chosen columns of every value, with None for empty cells."""
    rows = file.values[list(columns)].astype(object)
    return [tuple(None if cell != cell else cell for cell in row) for row in rows.itertuples(index=False)]


def rules(file: InterpretedFile) -> list[str]:
    return [note.rule for note in file.notes]


def messages(file: InterpretedFile, rule: str) -> list[str]:
    return [swedish(note.message) for note in file.notes if note.rule == rule]


def roles(file: InterpretedFile, table: int = 0) -> dict[str, ColumnRole]:
    return {column.heading: column.role for column in file.mapping.sheets[table].columns}


def test_the_frame_is_what_its_readers_were_promised() -> None:
    values = interpreted([["Kommun", SAFE], ["Haninge", 61.5]]).values
    assert tuple(values.columns) == VALUE_COLUMNS
    (row,) = values.to_dict("records")
    assert (row["sheet"], row["row"], row["column"]) == ("Blad1", 2, 2)
    assert (row["measure_id"], row["measure_text"]) == ("trygga-elever", SAFE)
    assert (row["municipality_code"], row["municipality_text"]) == ("0136", "Haninge")
    assert (row["period"], row["gender"], row["value"], row["problem"]) == ("2023", "T", 61.5, "")
    assert np.isnan(row["basis"])


def test_a_sheet_of_one_municipality_says_so_nowhere_and_is_its_own() -> None:
    file = interpreted([["Mått", "2022", "2023"], [SAFE, 60.0, 61.5], [NAMES["vantetid"], "-", 30]])
    assert columns_of(file, "municipality_code", "measure_id", "period", "value", "reason") == [
        ("0136", "trygga-elever", "2022", 60.0, None),
        ("0136", "trygga-elever", "2023", 61.5, None),
        ("0136", "vantetid", "2022", None, "missing"),
        ("0136", "vantetid", "2023", 30.0, None),
    ]
    assert messages(file, "own_place") == ["Bladet ”Blad1”: Ingen kommun nämns. Värdena lästes som Haninges."]


def test_a_municipality_in_the_title_is_not_taken_for_the_uploaders() -> None:
    file = interpreted([["Huddinge kommun"], [], ["Mått", "2023"], [SAFE, 61.5], [NAMES["vantetid"], 30]])
    assert columns_of(file, "municipality_code", "value") == [("0126", 61.5), ("0126", 30.0)]
    assert "own_place" not in rules(file)


def test_a_period_and_a_municipality_may_follow_their_labels_above_the_table() -> None:
    file = interpreted([["Kommun:", "Haninge"], ["År", 2022], [], ["Mått", "Värde"], [SAFE, 61.5]])
    assert columns_of(file, "municipality_code", "period", "value") == [("0136", "2022", 61.5)]


def test_the_measure_may_be_the_name_of_the_sheet_cut_where_programs_cut_it() -> None:
    name = NAMES["handlaggning"][:31]
    file = interpreted([["Kommun", "2022", "2023"], ["Haninge", 5, 6], ["Huddinge", 7, 8]], name=name)
    assert set(file.values["measure_id"]) == {"handlaggning"}


def test_a_cell_formatted_as_percent_is_read_as_it_is_displayed() -> None:
    rows = [["Kommun", SAFE, NAMES["vantetid"]], ["Haninge", 0.657, 0.5], ["Huddinge", "65,7 %", 30]]
    percent = np.zeros((3, 3), dtype=bool)
    percent[1, 1:] = True
    file = interpreted(rows, is_percent=percent)
    assert columns_of(file, "measure_id", "value") == [
        ("trygga-elever", 65.7),
        ("vantetid", 0.5),  # counted in days: a percent sign does not make it another number
        ("trygga-elever", 65.7),
        ("vantetid", 30.0),
    ]


def test_error_cells_and_formulas_without_a_result_are_reported_at_their_cells() -> None:
    rows = [["Kommun", SAFE, NAMES["vantetid"]], ["Haninge", "", ""], ["Huddinge", 60, 31]]
    file = interpreted(rows, errors={(2, 2): "#REF!"}, unread_formulas=frozenset({(2, 3)}))
    assert columns_of(file, "row", "column", "problem", "value", "text")[:2] == [
        (2, 2, "error_cell", None, "#REF!"),
        (2, 3, "formula_without_result", None, ""),
    ]


def test_hidden_rows_and_columns_are_not_read() -> None:
    rows = [
        ["Kommun", SAFE, NAMES["vantetid"]],
        ["Haninge", 60, 31],
        ["Huddinge", 61, 32],
        ["Botkyrka", 62, 33],
    ]
    file = interpreted(rows, hidden_rows=frozenset({3}), hidden_columns=frozenset({3}))
    assert columns_of(file, "municipality_code", "value") == [("0136", 60.0), ("0127", 62.0)]


def test_a_hidden_sheet_is_not_read() -> None:
    seen, hidden = (
        sheet([["Kommun", SAFE], ["Haninge", 60]]),
        sheet([["Kommun", SAFE], ["Haninge", 70]], "Gammal", is_hidden=True),
    )
    assert columns_of(interpret(workbook(seen, hidden), context()), "value") == [(60.0,)]


@pytest.mark.parametrize(
    "text",
    [
        "Alla kommuner, ovägt medel",
        "Riket",
        "Totalt",
        "Medel",
        "Summa",
        "Stockholms läns kommuner (ovägt medel)",
        "Stockholms län",
    ],
)
def test_a_mean_row_is_left_out_with_a_note(text: str) -> None:
    file = interpreted([["Kommun", SAFE], ["Haninge", 60], ["Huddinge", 62], [text, 61]])
    assert columns_of(file, "municipality_code") == [("0136",), ("0126",)]
    assert messages(file, "mean_row") == [
        f"”{text}” är ingen enskild kommun utan ett medelvärde eller en summa. 1 celler läses inte."
    ]


def test_a_mean_column_is_left_out() -> None:
    file = interpreted(
        [["Mått", "Haninge", "Huddinge", "Riket"], [SAFE, 60, 62, 61], [NAMES["vantetid"], 30, 31, 32]]
    )
    assert columns_of(file, "municipality_code", "value") == [
        ("0136", 60.0),
        ("0126", 62.0),
        ("0136", 30.0),
        ("0126", 31.0),
    ]
    assert roles(file)["Riket"] is ColumnRole.IGNORED


def test_a_municipality_listed_twice_with_the_same_values_is_read_once() -> None:
    file = interpreted([["Kommun", SAFE], ["Haninge", 60], ["Huddinge", 62], ["Haninge", 60]])
    assert columns_of(file, "row", "value") == [(2, 60.0), (3, 62.0)]
    assert messages(file, "same_twice") == [
        "Haninge står två gånger med samma värden. 1 celler räknas en gång."
    ]


def test_a_municipality_listed_twice_with_different_values_keeps_both() -> None:
    file = interpreted([["Kommun", SAFE], ["Haninge", 60], ["Huddinge", 62], ["Haninge", 61]])
    assert columns_of(file, "row", "value") == [(2, 60.0), (3, 62.0), (4, 61.0)]


def test_a_code_and_a_name_that_disagree_are_no_municipality() -> None:
    file = interpreted([["Kommunkod", "Kommun", SAFE], ["0136", "Haninge", 60], ["0126", "Botkyrka", 61]])
    assert columns_of(file, "municipality_code", "problem") == [("0136", ""), ("", "unknown_place")]


def test_an_unknown_place_is_reported_and_not_guessed() -> None:
    file = interpreted([["Kommun", SAFE], ["Haninge", 60], ["Hudinge", 61], ["Botkyrka", 62]])
    assert columns_of(file, "municipality_text", "municipality_code", "value", "problem")[1] == (
        "Hudinge",
        "",
        None,
        "unknown_place",
    )


def test_codes_that_lost_their_zero_are_codes() -> None:
    file = interpreted([["Kommun", SAFE], [136, 60], [126, 61]])
    assert columns_of(file, "municipality_code") == [("0136",), ("0126",)]


def test_years_that_are_also_municipality_codes_are_years() -> None:
    file = interpreted(
        [
            ["", "", SAFE],
            ["Haninge", 2021, 60],
            ["Haninge", 2023, 61],
            ["Huddinge", 2021, 62],
            ["Huddinge", 2023, 63],
        ]
    )
    assert columns_of(file, "municipality_code", "period", "value")[:2] == [
        ("0136", "2021", 60.0),
        ("0136", "2023", 61.0),
    ]


def test_months_may_be_beside_their_year_or_above_the_columns() -> None:
    monthly = context(
        measure("arenden", "Antal ärenden", "antal", ReportingInterval.MONTHLY), period="2023-05"
    )
    beside = interpreted([["År", "Månad", "Antal ärenden"], [2023, "maj", 10], [2023, "juni", 11]], monthly)
    assert columns_of(beside, "period", "value") == [("2023-05", 10.0), ("2023-06", 11.0)]
    over = interpreted([["Mått", "År", "jan", "feb", "mars"], ["Antal ärenden", 2023, 10, 11, 12]], monthly)
    assert columns_of(over, "period", "value") == [("2023-01", 10.0), ("2023-02", 11.0), ("2023-03", 12.0)]
    dates = [datetime(2023, month, 1) for month in (1, 2, 3)]  # noqa: DTZ001 - a spreadsheet knows no zone
    written = interpreted([["Mått", *dates], ["Antal ärenden", 10, 11, 12]], monthly)
    assert columns_of(written, "period") == columns_of(over, "period")


def test_terms_and_quarters_are_read_in_headings_and_columns() -> None:
    file = interpreted([["Mått", "VT 2023", "HT23"], [SAFE, 60, 61]])
    assert columns_of(file, "period") == [("2023-VT",), ("2023-HT",)]
    file = interpreted([["Period", SAFE], ["2023 kv 1", 60], ["kvartal 2 2023", 61]])
    assert columns_of(file, "period") == [("2023-Q1",), ("2023-Q2",)]


def test_a_school_year_counts_as_the_year_in_which_it_ends_with_a_note() -> None:
    file = interpreted([["Läsår", SAFE], ["2021/22", 60], ["2022/23", 61]])
    assert columns_of(file, "period", "value") == [("2022", 60.0), ("2023", 61.0)]
    assert messages(file, "school_year")[1] == "Läsåret ”2022/23” räknas som 2023, året då det slutar."
    over = interpreted([["Mått", "2021/22", "2022/23"], [SAFE, 60, 61]])
    assert columns_of(over, "period") == [("2022",), ("2023",)]
    assert len(messages(over, "school_year")) == 2


def test_a_period_and_a_gender_that_are_none_are_named() -> None:
    file = interpreted(
        [
            ["År", "Kön", SAFE],
            [2022, "Kvinnor", 60],
            ["i fjol", "Män", 61],
            [2023, "Hund", 62],
            [2023, "Män", 63],
        ]
    )
    assert columns_of(file, "problem", "text", "value") == [
        ("", "", 60.0),
        ("unknown_period", "i fjol", None),
        ("unknown_gender", "Hund", None),
        ("", "", 63.0),
    ]


def test_basis_reason_and_comment_belong_to_their_value() -> None:
    file = interpreted(
        [
            ["Mått", "Kön", "Värde", "Underlag, antal", "Orsak till bortfall", "Kommentar"],
            [SAFE, "Totalt", 60, 120, "", "Ny enkät"],
            [SAFE, "Kvinnor", "", 4, "sekretess", ""],
            [SAFE, "Män", 58, 116, "bortfall", ""],
        ]
    )
    assert columns_of(file, "value", "reason", "basis", "comment", "problem") == [
        (60.0, None, 120.0, "Ny enkät", ""),
        (None, "suppressed", 4.0, "", ""),
        (None, None, 116.0, "", "number_and_reason"),
    ]


def test_every_measure_may_have_its_own_basis_beside_it() -> None:
    waiting = NAMES["vantetid"]
    file = interpreted(
        [["Kommun", SAFE, "Antal svar", waiting, f"{waiting}, underlag"], ["Haninge", 60, 120, 31, 45]]
    )
    assert columns_of(file, "measure_id", "value", "basis") == [
        ("trygga-elever", 60.0, 120.0),
        ("vantetid", 31.0, 45.0),
    ]


def test_women_and_men_in_columns_may_have_their_basis_beside_them() -> None:
    file = interpreted([["Mått", "Kvinnor", "Antal svar", "Män", "Antal svar"], [SAFE, 60, 50, 58, 40]])
    assert columns_of(file, "gender", "value", "basis") == [("K", 60.0, 50.0), ("M", 58.0, 40.0)]


def test_a_basis_that_is_not_a_number_is_reported() -> None:
    file = interpreted([["Mått", "Värde", "Underlag"], [SAFE, 60, "ca 40"]])
    assert columns_of(file, "value", "problem", "text") == [(None, "not_a_number", "ca 40")]


def test_an_ambiguous_number_is_read_the_swedish_way_with_a_note() -> None:
    file = interpreted([["Kommun", NAMES["vantetid"]], ["Haninge", "1,234"], ["Huddinge", "987"]])
    assert columns_of(file, "value") == [(1.234,), (987.0,)]
    assert rules(file).count("two_readings") == 1
    clear = interpreted([["Kommun", NAMES["vantetid"]], ["Haninge", "1,234"], ["Huddinge", "2,5"]])
    assert "two_readings" not in rules(clear)  # the column writes its decimals with a comma


def test_text_dates_and_truths_are_no_numbers() -> None:
    file = interpreted(
        [
            ["Kommun", SAFE],
            ["Haninge", "ungefär 60"],
            ["Huddinge", True],
            ["Botkyrka", "12 tkr"],
            ["Salem", 3],
        ]
    )
    assert [row[0] for row in columns_of(file, "problem")] == ["not_a_number"] * 3 + [""]
    assert columns_of(file, "text")[:3] == [("ungefär 60",), ("SANT",), ("12 tkr",)]


def test_zero_is_a_number_and_empty_is_not_there() -> None:
    file = interpreted(
        [["Kommun", "2021", "2022", "2023"], ["Haninge", 0, "", "-"], ["Huddinge", "0", "", ""]],
        name=SAFE[:31],
    )
    assert columns_of(file, "municipality_code", "period", "value", "reason") == [
        ("0136", "2021", 0.0, None),
        ("0136", "2023", None, "missing"),
        ("0126", "2021", 0.0, None),
    ]


def test_a_near_name_is_read_with_a_note() -> None:
    file = interpreted([["Mått", "Värde"], ["Väntetid till särskild boende (dagar)", 30]])
    assert columns_of(file, "measure_id") == [("vantetid",)]
    assert messages(file, "near_measure") == [
        "”Väntetid till särskild boende (dagar)” lästes som måttet ”Väntetid till särskilt boende, dagar” (till 97 % lika)."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Andel otrygga elever i grundskolan",
        "Andel trygga elever i gymnasieskolan",
        "Antal trygga elever i grundskolan",
        "Andel trygga elever i grundskolan åk 9",
        "Andel trygga elever som inte går i grundskolan",
        "Andel trygga elever i fristående grundskolan",
    ],
)
def test_a_name_that_means_something_else_is_not_read_as_ours(text: str) -> None:
    file = interpreted([["Mått", "Värde"], [text, 30], [NAMES["vantetid"], 31]])
    assert columns_of(file, "measure_id") == [("",), ("vantetid",)]
    assert len(messages(file, "unknown_measure")) == 1


def test_two_near_candidates_are_both_named_and_neither_is_taken() -> None:
    two = context(
        measure("a", "Andel nöjda med hemtjänsten, äldre"), measure("b", "Andel nöjda med hemtjänsten, yngre")
    )
    file = interpreted([["Mått", "Värde"], ["Andel nöjda med hemtjänsten", 80]], two)
    assert columns_of(file, "measure_id") == [("",)]
    assert "(a)" in messages(file, "several_measures")[0]
    assert "(b)" in messages(file, "several_measures")[0]
    heading = interpreted([["Kommun", "Andel nöjda med hemtjänsten"], ["Haninge", 80]], two)
    assert columns_of(heading, "measure_id") == [("",)]
    assert "several_measures" in rules(heading)


def test_a_kpi_is_known_by_its_id_anywhere_and_by_its_title_without_its_unit() -> None:
    file = interpreted([["Kommun", "N15428 Gymnasie…", "Invånare  totalt, antal"], ["Haninge", 80, 97000]])
    assert columns_of(file, "measure_id") == [("N15428",), ("N01951",)]


def test_a_title_of_other_ages_is_another_kpi() -> None:
    file = interpreted([["Nyckeltal", "Värde"], ["Arbetslöshet, 18-64 år, andel (%)", 6.1]])
    assert columns_of(file, "measure_id") == [("",)]


def test_figures_below_a_blank_row_that_belong_to_nobody_are_left_out_with_a_note() -> None:
    file = interpreted(
        [
            ["Kommun", "2022", "2023"],
            ["Haninge", 60, 61],
            ["Huddinge", 62, 63],
            [],
            ["Antal svar per år", 500, 510],
        ],
        name=SAFE[:31],
    )
    assert columns_of(file, "value") == [(60.0,), (61.0,), (62.0,), (63.0,)]
    assert "figures_below" in rules(file)


def test_names_given_once_apply_to_the_rows_below() -> None:
    file = interpreted(
        [
            ["Mått", "Kommun", "År", "Värde"],
            [SAFE, "Haninge", 2022, 60],
            ["", "", 2023, 61],
            ["", "Huddinge", 2022, 62],
            ["", "", 2023, 63],
        ]
    )
    assert columns_of(file, "measure_id", "municipality_code", "period", "value") == [
        ("trygga-elever", "0136", "2022", 60.0),
        ("trygga-elever", "0136", "2023", 61.0),
        ("trygga-elever", "0126", "2022", 62.0),
        ("trygga-elever", "0126", "2023", 63.0),
    ]
    assert "ovanför" in swedish(file.mapping.sheets[0].columns[0].why)


def test_one_forgotten_name_among_many_is_not_filled_in() -> None:
    rows = [["Kommun", SAFE], *([name, 60] for name in ("Haninge", "Huddinge", "", "Botkyrka", "Salem"))]
    assert [row[0] for row in columns_of(interpreted(rows), "problem")] == ["", "", "unknown_place", "", ""]


def test_a_row_that_only_names_a_measure_heads_the_rows_below() -> None:
    file = interpreted(
        [
            ["Kommun", "2022", "2023"],
            [SAFE],
            ["Haninge", 60, 61],
            ["Huddinge", 62, 63],
            [NAMES["vantetid"]],
            ["Haninge", 30, 31],
        ]
    )
    assert columns_of(file, "measure_id", "municipality_code", "value") == [
        ("trygga-elever", "0136", 60.0),
        ("trygga-elever", "0136", 61.0),
        ("trygga-elever", "0126", 62.0),
        ("trygga-elever", "0126", 63.0),
        ("vantetid", "0136", 30.0),
        ("vantetid", "0136", 31.0),
    ]


def test_figures_beside_the_values_are_not_values() -> None:
    file = interpreted([["Mått", "2022", "2023", "Förändring", "Antal veckor"], [SAFE, 60, 61, 1, 52]])
    assert columns_of(file, "period", "value") == [("2022", 60.0), ("2023", 61.0)]


def test_a_sheet_without_a_table_is_skipped_with_a_note() -> None:
    file = interpret(
        workbook(sheet([["Så här fyller du i."], ["Skriv ett tal i varje ruta."]], "Läs mig")), context()
    )
    assert file.values.empty
    assert messages(file, "sheet_not_read") == ["Bladet ”Läs mig”: Ingen tabell med värden hittades."]


def test_an_empty_file_says_nothing_and_breaks_nothing() -> None:
    assert interpret(workbook(), context()).values.empty
    assert interpret(workbook(Sheet("Tomt", np.empty((0, 0), dtype=object))), context()).values.empty


def test_every_column_says_what_its_guess_rests_on() -> None:
    file = interpreted(
        [["Kommun", "År", SAFE, "Anm"], ["Haninge", 2023, 60, "hej"], ["Huddinge", 2023, 61, ""]]
    )
    whys = {column.heading: swedish(column.why) for column in file.mapping.sheets[0].columns}
    assert whys["Kommun"] == "Rubriken är ”Kommun” och 2 av 2 provade celler är kommuner."
    assert whys[SAFE] == f"Rubriken namnger måttet ”{SAFE}”."
    assert all(whys.values())


def test_the_mapping_alone_reproduces_the_reading() -> None:
    book = workbook(sheet([["Kommun", "År", SAFE], ["Haninge", 2022, 60], ["Haninge", 2023, 61]]))
    mapping = guess_mapping(book, context())
    assert columns_of(extract_values(book, mapping, context()), *VALUE_COLUMNS) == columns_of(
        interpret(book, context()), *VALUE_COLUMNS
    )


def test_a_column_chosen_by_hand_is_read_so() -> None:
    book = workbook(sheet([["Kommun", "Fråga 7"], ["Haninge", 60], ["Huddinge", 61]]))
    first = interpret(book, context())
    assert columns_of(first, "measure_id") == [("",), ("",)]
    mapping = set_column_role(
        first.mapping, "Blad1", 2, ColumnRole.VALUE, measure_id="trygga-elever", gender=Gender.WOMEN
    )
    assert columns_of(interpret(book, context(), mapping=mapping), "measure_id", "gender", "value") == [
        ("trygga-elever", "K", 60.0),
        ("trygga-elever", "K", 61.0),
    ]


def test_the_subject_of_a_whole_sheet_can_be_chosen_by_hand() -> None:
    book = workbook(sheet([["Municipality", "2022", "2023"], ["Haninge", 60, 61], ["Huddinge", 62, 63]]))
    first = interpret(book, context())
    assert "no_measure" in rules(first)
    mapping = set_table_subject(first.mapping, "Blad1", measure_id="vantetid")
    assert set(interpret(book, context(), mapping=mapping).values["measure_id"]) == {"vantetid"}


def test_a_correction_is_carried_over_to_next_years_file_with_another_year_and_more_rows() -> None:
    this_year = workbook(sheet([["Kommun", "Fråga 7 2022"], ["Haninge", 60], ["Huddinge", 61]]))
    mapping = set_column_role(
        guess_mapping(this_year, context()),
        "Blad1",
        2,
        ColumnRole.VALUE,
        measure_id="trygga-elever",
        period="2022",
    )
    next_year = workbook(
        sheet(
            [["Enkät 2023"], [], ["Kommun", "Fråga 7 2023"], ["Haninge", 70], ["Huddinge", 71], ["Salem", 72]]
        )
    )
    file = interpret(next_year, context(), mapping=replace(mapping, is_remembered=True))
    assert columns_of(file, "measure_id", "period", "value") == [
        ("trygga-elever", "2023", 70.0),
        ("trygga-elever", "2023", 71.0),
        ("trygga-elever", "2023", 72.0),
    ]
    assert file.mapping.is_remembered
    again = apply_remembered_corrections(file.mapping, next_year, context())
    assert again == file.mapping


def test_files_of_one_layout_have_one_key_whatever_their_years_and_values() -> None:
    def key(*rows: list[Any]) -> str:
        return guess_mapping(workbook(sheet(list(rows))), context()).layout_key

    first = key(["Mått", "Kommun", "2021", "2022"], [SAFE, "Haninge", 60, 61])
    assert first == key(
        ["Mått", "Kommun", "2022", "2023", "2024"], [SAFE, "Huddinge", 1, 2, 3], [SAFE, "Salem", 4, 5, 6]
    )
    assert first != key(["Mått", "Kommun", "Kön", "2021"], [SAFE, "Haninge", "Kvinnor", 60])


def test_lying_records_are_turned_and_their_cells_keep_their_addresses() -> None:
    file = interpreted(
        [
            ["Kommun", "Haninge", "Huddinge", "Botkyrka"],
            ["År", 2023, 2023, 2023],
            [SAFE, 60, 61, 62],
            ["Antal svar", 100, 110, 120],
            ["Kommentar", "", "omräknat", ""],
        ]
    )
    assert columns_of(file, "row", "column", "municipality_code", "value", "basis", "comment") == [
        (3, 2, "0136", 60.0, 100.0, ""),
        (3, 3, "0126", 61.0, 110.0, "omräknat"),
        (3, 4, "0127", 62.0, 120.0, ""),
    ]


def filled_template(*, has_mark: bool = True) -> InterpretedFile:
    """Our own template for Haninge, filled in with a value for all and reasons for women and men."""
    rows: list[list[Any]] = [
        ["Resultat"],
        ["jamfor-template;1;sodertorn;0136;2023" if has_mark else ""],
        ["Fyll i"],
        list(HEADINGS),
    ]
    for gender, value, basis, reason in (
        ("Totalt", 61.5, 120, ""),
        ("Kvinnor", "", "", "sekretess"),
        ("Män", "", "", "bortfall"),
    ):
        rows.append(["trygga-elever", SAFE, "%", "…", "2023", gender, 60, value, basis, reason, "Ny enkät"])
    instructions = sheet([["Kommun", SAFE], ["Haninge", 99]], "Instruktioner")
    template_id = "1;sodertorn;0136;2023" if has_mark else None
    return interpret(workbook(instructions, sheet(rows, "Rapportering"), template_id=template_id), context())


def test_our_template_is_read_without_a_guess_and_nothing_else_in_it() -> None:
    file = filled_template()
    assert file.mapping.is_template
    assert columns_of(
        file,
        "sheet",
        "measure_id",
        "municipality_code",
        "period",
        "gender",
        "value",
        "reason",
        "basis",
        "comment",
    ) == [
        ("Rapportering", "trygga-elever", "0136", "2023", "T", 61.5, None, 120.0, "Ny enkät"),
        ("Rapportering", "trygga-elever", "0136", "2023", "K", None, "suppressed", None, "Ny enkät"),
        ("Rapportering", "trygga-elever", "0136", "2023", "M", None, "missing", None, "Ny enkät"),
    ]


def test_our_template_that_has_lost_its_mark_is_read_by_its_headings() -> None:
    file = filled_template(has_mark=False)
    assert not file.mapping.is_template
    rows = [
        row
        for row in columns_of(file, "sheet", "measure_id", "gender", "value", "reason")
        if row[0] == "Rapportering"
    ]
    assert rows == [
        ("Rapportering", "trygga-elever", "T", 61.5, None),
        ("Rapportering", "trygga-elever", "K", None, "suppressed"),
        ("Rapportering", "trygga-elever", "M", None, "missing"),
    ]


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("word", ["bortfall", "sekretess", "ej tillämplig"])
def test_a_row_with_only_a_reason_is_a_row_wherever_it_is(at: int, word: str) -> None:
    rows: list[list[Any]] = [["Haninge", SAFE, year, 60.5, 200, None] for year in (2021, 2022, 2023)]
    rows[at][3:] = [None, None, word]
    file = interpreted([["Kommun", "Mått", "År", "Värde", "Underlag", "Orsak"], *rows])
    assert len(columns_of(file, "period")) == 3
    assert [row[1] is not None for row in columns_of(file, "period", "reason")] == [
        place == at for place in range(3)
    ]
