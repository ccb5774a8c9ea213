"""What the command line answers on the demonstration, in a form that can be compared: `python -m tests.cli.contract` records it."""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from typer.testing import CliRunner

from cli.main import app
from tests.shared_homes import make_everything

RECORDING: Final = Path(__file__).with_name("contract.json")
NETWORK: Final = "pahittade-sodertornsnatverket"
SHOWN_OF_A_LIST: Final = 3  # the rest is counted
CHANGES_EACH_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d[\d:.]*(?:[+-]\d\d:\d\d|Z)?)?"  # a day or a moment
    r"|(?:upload|demonstration|kolada)-[\w-]+"  # the id of a run
    r"|\b[0-9a-f]{8,}\b"  # a random id or a checksum
)

COMMANDS: Final = {
    "status": "status --json",
    "compare": "compare N17461 --group kolada:G96274 --focus 0127 --format json",
    "compare women": "compare N17461 --year 2022 --group codes:0126,0127,0136,0180 --gender K --format json",
    "compare county": "compare U07417 --group county:01 --year 2021 --focus Tyresö --format json",
    "compare similar": "compare N17461 --year 2022 --group similar:Botkyrka --format json",
    "compare among all": "compare N17461 --year 2022 --group all --focus 0136 --colour-among all --format json",
    "compare suppressed": "compare U21468 --group county:25 --format json",
    "compare reported": f"compare elever-i-arskurs-8-som-ar-trygga-i-skolan --group network:{NETWORK} --format json",
    "compare formula": f"compare kostnad-per-besok-i-oppen-ungdomsverksamhet --group network:{NETWORK} --format json",
    "trend": "trend N17461 --group kolada:G96274 --json",
    "trend of formula": f"trend kostnad-per-besok-i-oppen-ungdomsverksamhet --group network:{NETWORK} --json",
    "revisions": "revisions --json",
    "revisions of measure": "revisions N17461 --json",
    "similar": "similar Botkyrka --variables N01951,N15816 --weights 2,1 --json",
    "formula": 'formula check "glidande_medel(N17461; 3)"|--json',
    "formula with faults": 'formula check "N17461 / N99998"|--json',
    "effect": "effect --measure N17461 --treated 0136:2018 --design did --json",
    "effect refused": "effect --measure U07417 --treated 0136:2023 --json",
    "network list": "network list --json",
    "network show": f"network show {NETWORK} --json",
    "network members": f"network members {NETWORK} --json",
    "network measures": f"network measures {NETWORK} --json",
    "measure show": "measure show elever-i-arskurs-8-som-ar-trygga-i-skolan --json",
    "measure versions": "measure versions kostnad-per-besok-i-oppen-ungdomsverksamhet --json",
    "upload list": "upload list --json",
    "upload due": "upload due --json",
    "upload history": "upload history --json",
    "upload history of a value": "upload history --measure besok-i-oppen-ungdomsverksamhet --municipality Botkyrka --period 2023 --json",
    "case list": "case list --json",
    "case search": 'case search "personal i hemtjänsten"|--json',
    "case show": "case show pahittat-mattestugan --json",
    "programme show": "case show pahittat-ingen-ensam --json",
}


def answer(name: str, home: Path) -> Any:
    """Return the exit code and the JSON of a command, without what differs each time and with long lists cut."""
    result = CliRunner().invoke(
        app, list(_words(COMMANDS[name])), env={"JAMFOR_HOME": str(home), "JAMFOR_LANGUAGE": "sv"}
    )
    return {
        "exit": result.exit_code,
        "json": comparable(json.loads(result.stdout.replace(str(home), "HOME"))),
    }


def comparable(value: Any) -> Any:
    """Mask what differs each time, round numbers to nine digits and cut lists to their first items and their length."""
    match value:
        case dict():
            return {key: comparable(part) for key, part in value.items()}
        case list() if len(value) > SHOWN_OF_A_LIST:
            return [*map(comparable, value[:SHOWN_OF_A_LIST]), f"{len(value)} in all"]
        case list():
            return [comparable(part) for part in value]
        case float():
            return float(f"{value:.9g}")
        case str():
            return CHANGES_EACH_TIME.sub("…", value)
    return value


def _words(command: str) -> Iterator[str]:
    for quoted, plain in re.findall(r'"([^"]*)"|([^\s"|]+)', command):
        yield quoted or plain


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        make_everything(Path(folder))
        answers = {name: answer(name, Path(folder)) for name in COMMANDS}
    RECORDING.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
