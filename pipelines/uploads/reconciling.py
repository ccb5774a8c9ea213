"""After a crash: what was under way is finished or taken back, as the figures say."""

from data.stores import Stores
from data.workspace.uploads import uploads
from domain.upload import Upload
from pipelines.uploads.committing import UNDER_WAY, settle_by_figures


def reconcile(stores: Stores) -> tuple[Upload, ...]:
    """Take every publication and undoing that was cut off to where the figures say it is. Gives what was taken somewhere.

    Costs one question while nothing is under way, and does nothing twice. One that is going on in another process is waited
    for, and left to it.
    """
    return tuple(
        upload
        for upload in uploads(stores.workspace, states=UNDER_WAY)
        if settle_by_figures(stores, upload) is not None
    )
