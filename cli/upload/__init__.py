"""`jamfor upload`: check a results file, publish it, see what has been published, and take it back."""

import typer

from cli.upload import check, history, publish
from domain.message import to_translate

upload_app = typer.Typer(no_args_is_help=True)

upload_app.command(help=to_translate("Kontrollera en fil utan att spara något."))(check.check)
upload_app.command(help=to_translate("Kontrollera en fil, spara den och publicera dess värden."))(
    publish.publish
)
upload_app.command("list", help=to_translate("Visa uppladdningar, den senaste först."))(history.list_all)
upload_app.command(help=to_translate("Ångra en publicering: det som stod före visas igen."))(publish.undo)
upload_app.command(
    help=to_translate("Visa allt som har gjorts med ett värde, eller med alla filer, det senaste först.")
)(history.history)
upload_app.command("sign-off", help=to_translate("Godkänn någon annans resultat så att de publiceras."))(
    publish.sign_off
)
upload_app.command(help=to_translate("Kasta ett utkast, med filen."))(publish.discard)
upload_app.command(help=to_translate("Publicera det vars publiceringsdag har kommit."))(publish.due)
