"""`xlperf export`: what is handed on from the workbooks that came back."""

from __future__ import annotations

from argparse import Namespace

from xlperf.cli.output import Output, Writing, exit_code
from xlperf.form.editions import PERIOD_OF
from xlperf.jobs.export import export_paste
from xlperf.report.paste.projects import PasteProject


def run(args: Namespace, out: Output) -> int:
    """Print the path of every workbook, and for the person what is not in them and why."""
    writing = Writing(out)
    with out.progress("reading") as progress:
        pasted = export_paste(
            args.paths,
            args.out,
            pack=args.pack,
            period=PERIOD_OF.get(args.period),
            year=args.year or args.preferences.year,
            force=args.force,
            progress=progress,
            done=writing,
        )
    out.unused(args.preferences.unused(pasted.paths))
    for file in pasted.others:
        out.tell("paste_other", path=file.name, year=file.year, period=file.period)
    for reason in pasted.refused:
        out.tell("paste_refused", path=reason.locus.file)
        out.say_findings([reason])
    for project in pasted.projects:
        if project.errors:
            out.tell("paste_left_out", **_named(project), count=len(project.errors))
            out.say_findings(project.errors)
        elif project.omitted:
            out.tell("paste_omitted", **_named(project))
            out.say_findings(project.omitted)
    left_out = [project for project in pasted.projects if project.errors]
    count = len(pasted.projects) - len(left_out)
    out.tell("pasted", year=pasted.year, period=pasted.period.value, count=count, left=len(left_out))
    shown = [*pasted.refused, *(each for project in pasted.projects for each in project.errors or project.omitted)]
    return max([exit_code({each.code for each in shown}, args.fail_on), *writing.trouble])


def _named(project: PasteProject) -> dict[str, str]:
    what = " ".join(filter(None, (project.code, project.name)))
    return {"what": what, "place": f"{project.file} › {project.sheet}"}
