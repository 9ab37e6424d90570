"""Would Excel offer to repair this file, or show what was not meant? Checks of what Microsoft's SDK lets pass.

Excel itself cannot be asked here. Each kind of fault is one function, named by it, that yields where and what.
`test_damages` shows for each of them a damage that it notices and the SDK does not: ask both about a file.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from judges import (
    comment_faults,
    drawing_faults,
    formula_faults,
    package_faults,
    rule_faults,
    sheet_faults,
    style_faults,
    table_faults,
    workbook_faults,
)
from judges.opened import Opened
from judges.package_faults import Found

Check = Callable[[Opened], Iterator[Found]]

CHECKS: tuple[Check, ...] = (
    package_faults.illegal_entry_names,
    package_faults.unreachable_parts,
    package_faults.content_types_of_missing_parts,
    package_faults.wrong_workbook_type,
    package_faults.unloadable_macros,
    package_faults.unfound_ribbons,
    workbook_faults.illegal_sheet_titles,
    workbook_faults.repeated_sheet_titles,
    workbook_faults.sheets_of_one_part,
    workbook_faults.hidden_workbook,
    workbook_faults.wrong_code_names,
    workbook_faults.illegal_names,
    workbook_faults.repeated_names,
    workbook_faults.names_of_no_sheet,
    workbook_faults.wrong_custom_properties,
    workbook_faults.calculation_chain_of_no_formulas,
    sheet_faults.unsorted_cells,
    sheet_faults.unreadable_values,
    sheet_faults.overlong_texts,
    sheet_faults.texts_of_too_many_lines,
    sheet_faults.wrong_dimensions,
    sheet_faults.impossible_rows,
    sheet_faults.overlapping_columns,
    sheet_faults.impossible_merges,
    sheet_faults.overlapping_merges,
    sheet_faults.arrays_in_the_way,
    sheet_faults.impossible_views,
    sheet_faults.impossible_pages,
    sheet_faults.dead_links,
    rule_faults.overlong_lists,
    rule_faults.overlong_prompts,
    rule_faults.incomplete_validations,
    rule_faults.rules_skipped_at_blanks,
    rule_faults.misplaced_conditional_formats,
    rule_faults.wrong_priorities,
    rule_faults.incomplete_conditional_formats,
    table_faults.repeated_table_ids,
    table_faults.illegal_table_names,
    table_faults.impossible_table_areas,
    table_faults.repeated_table_columns,
    table_faults.wrong_table_headers,
    table_faults.tables_in_the_way,
    table_faults.unlisted_tables,
    style_faults.missing_row_styles,
    style_faults.missing_number_formats,
    style_faults.repeated_number_formats,
    style_faults.broken_number_formats,
    style_faults.dangling_points,
    style_faults.missing_first_fills,
    drawing_faults.impossible_anchors,
    drawing_faults.shared_drawings,
    drawing_faults.loose_axes,
    drawing_faults.repeated_series,
    comment_faults.repeated_comments,
    comment_faults.comments_by_nobody,
    comment_faults.overlong_comments,
    comment_faults.comments_without_boxes,
    comment_faults.impossible_boxes,
    comment_faults.repeated_box_ids,
    formula_faults.broken_formulas,
    formula_faults.forbidden_in_rules,
    formula_faults.unions_outside_names,
    formula_faults.formulas_about_missing_sheets,
    formula_faults.formulas_about_missing_names,
    formula_faults.unprefixed_functions,
    formula_faults.intersecting_formulas,
)


class Fault(NamedTuple):
    """Something for which Excel would offer a repair, or show what was not meant."""

    kind: str
    where: str
    what: str


def faults(path: Path) -> list[Fault]:
    """Everything wrong with the file that the SDK does not see; its extension counts."""
    book = Opened(path)
    noticed = []
    for check in CHECKS:
        kind = check.__name__.replace("_", " ")
        try:
            noticed += [Fault(kind, where, what) for where, what in check(book)]
        except (ValueError, KeyError, ET.ParseError) as error:  # what the SDK names better
            noticed.append(Fault(kind, "", f"cannot be told: {error}"))
    return noticed
