"""Made-up cases, methods and a programme, so that the success bank can be seen working before anybody has written anything.

They tell of real municipalities what never happened there, and say so. What each did to its measure is known beforehand, as
it stands among the truths of the made-up values. They stand here and not beside the generator of these, because they are
kept by the road of any story.
"""

from pipelines.demonstration.stories.keeping import demonstration_stories, ensure_demonstration_stories

__all__ = ["demonstration_stories", "ensure_demonstration_stories"]
