"""The lake of recorded decisions: what was decided, day by day, in files that a replay can scan."""

from guomen.apps.policy.lake.files import Lake, RecordedDecision
from guomen.apps.policy.lake.grouping import Sample
from guomen.apps.policy.lake.redeciding import Disagreement, Redecided, redecide
from guomen.apps.policy.lake.replaying import SAMPLE, LakeReplay, Stopped, replay_over

__all__ = [
    "SAMPLE",
    "Disagreement",
    "Lake",
    "LakeReplay",
    "RecordedDecision",
    "Redecided",
    "Sample",
    "Stopped",
    "redecide",
    "replay_over",
]
