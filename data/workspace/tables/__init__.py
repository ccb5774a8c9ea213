"""The tables of the workspace: what people and pipelines write down about the work itself. One file per subject."""

from data.workspace.tables.audit import AuditRow
from data.workspace.tables.base import Moment, Word, WorkspaceTable
from data.workspace.tables.comparability import StatementRow
from data.workspace.tables.measures import (
    CommentRow,
    DefinitionRow,
    LifeEventRow,
    MeasureInNetworkRow,
    MeasureRow,
    TargetRow,
    VoteRow,
)
from data.workspace.tables.networks import MembershipRow, NetworkRow, NetworkVersionRow
from data.workspace.tables.people import HeldRoleRow, PersonRow
from data.workspace.tables.pipeline_run import PipelineRunRow
from data.workspace.tables.stories import (
    AttachmentRow,
    PictureRow,
    ReadingRow,
    ReuseRow,
    StoryRow,
    StoryVersionRow,
)
from data.workspace.tables.uploads import (
    RememberedLayoutRow,
    UploadContentRow,
    UploadCounterRow,
    UploadExplanationRow,
    UploadFileRow,
    UploadRow,
)
from data.workspace.tables.use_counts import UseCountRow

__all__ = [
    "AttachmentRow",
    "AuditRow",
    "CommentRow",
    "DefinitionRow",
    "HeldRoleRow",
    "LifeEventRow",
    "MeasureInNetworkRow",
    "MeasureRow",
    "MembershipRow",
    "Moment",
    "NetworkRow",
    "NetworkVersionRow",
    "PersonRow",
    "PictureRow",
    "PipelineRunRow",
    "ReadingRow",
    "RememberedLayoutRow",
    "ReuseRow",
    "StatementRow",
    "StoryRow",
    "StoryVersionRow",
    "TargetRow",
    "UploadContentRow",
    "UploadCounterRow",
    "UploadExplanationRow",
    "UploadFileRow",
    "UploadRow",
    "UseCountRow",
    "VoteRow",
    "Word",
    "WorkspaceTable",
]
