"""What grants may pay: their caps, one of the state for each item, and no item for more than it costs."""

from __future__ import annotations

from sxsh_options.funding.plan.columns import GrantColumn
from sxsh_options.funding.plan.expressions import Expression, difference
from sxsh_options.funding.plan.frame import Frame
from sxsh_options.funding.plan.pieces import GrantPiece


def hold_grants(frame: Frame) -> None:
    """Hold caps, one state grant for each item, and no item paid for more than it costs."""
    program = frame.program
    by_piece: dict[int, Expression] = {}
    by_source: dict[str, Expression] = {}
    by_line: dict[tuple[str, str], Expression] = {}
    state: dict[tuple[str, str], Expression] = {}
    pieces: dict[int, GrantPiece] = {}
    for variable, column in zip(frame.amount, frame.columns, strict=True):
        if not isinstance(column, GrantColumn):
            continue
        piece, line = column.piece, column.line
        pieces[id(piece)] = piece
        by_piece.setdefault(id(piece), {})[variable] = 1.0
        if piece.source_cap_vnd is not None:
            by_source.setdefault(piece.source.id, {})[variable] = 1.0
        if line is None:
            continue
        most = frame.most(column)
        program.row(difference({variable: 1.0}, frame.carried[line.option_id], most), upper=0.0)
        key = (line.option_id, line.item_id)
        by_line.setdefault(key, {})[variable] = 1.0
        if piece.is_state:
            pays = program.variable(1.0, whole=True)
            program.row({variable: 1.0, pays: -most}, upper=0.0)
            state.setdefault(key, {})[pays] = 1.0
    for number, expression in by_piece.items():
        program.row(expression, upper=pieces[number].cap_vnd / frame.scale)
    caps = {piece.source.id: piece.source_cap_vnd for piece in pieces.values()}
    for name, expression in by_source.items():
        program.row(expression, upper=(caps[name] or 0.0) / frame.scale)
    costs = {(line.option_id, line.item_id): line.borne_vnd / frame.scale for line in frame.proposal.lines}
    for key, expression in by_line.items():
        program.row(expression, upper=costs[key])
    for expression in state.values():
        program.row(expression, upper=1.0)
