"""`jamfor borders import FILE`."""

import json

from typer.testing import CliRunner

from cli.main import app

SQUARE = [[17.5, 59.0], [18.0, 59.0], [18.0, 59.4], [17.5, 59.4], [17.5, 59.0]]


def import_borders_from(home, file):
    return CliRunner().invoke(
        app, ["borders", "import", str(file)], env={"JAMFOR_HOME": str(home), "JAMFOR_LANGUAGE": "sv"}
    )


def test_borders_are_stored_in_the_home_and_missing_ones_are_reported(tmp_path):
    file = tmp_path / "kommuner.geojson"
    area = {
        "type": "Feature",
        "properties": {"kod": "0127"},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}))
    result = import_borders_from(tmp_path / "home", file)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 kommuners gränser sparades i")
    assert "saknar 289 kommuner" in result.stderr
    assert (
        json.loads((tmp_path / "home" / "borders.geojson").read_text())["features"][0]["properties"]["code"]
        == "0127"
    )


def test_a_file_that_is_no_map_is_bad_input(tmp_path):
    (tmp_path / "lista.csv").write_text("kod;namn\n0127;Botkyrka\n")
    result = import_borders_from(tmp_path, tmp_path / "lista.csv")
    assert result.exit_code == 1
    assert "lista.csv går inte att läsa som kommungränser" in result.stderr
    assert not (tmp_path / "borders.geojson").exists()
