"""The stories of the pages, executed: each builder makes the files its page tells of and says what is found in them."""

from __future__ import annotations

from checks import (
    stories_of_departments,
    stories_of_documents,
    stories_of_files,
    stories_of_forms,
    stories_of_packs,
    stories_of_pastes,
)
from checks.story_runner import Story

STORIES: dict[str, Story] = {
    **stories_of_documents.STORIES,
    **stories_of_files.STORIES,
    **stories_of_forms.STORIES,
    **stories_of_departments.STORIES,
    **stories_of_packs.STORIES,
    **stories_of_pastes.STORIES,
}
