"""The start page: what to do next, and everything that was saved."""

from sxsh_options.ui import shell, start

wording = shell.enter()
start.leave_if_asked()
shell.opened(wording)
shell.head(wording, wording.text("start.title"), wording.text("start.intro"))
start.doors(wording)
if not start.assessments(wording):
    start.worked_example(wording)
start.upload(wording)
start.industries(wording)
start.bin_(wording)
start.plants(wording)
start.sources_left_out(wording)
