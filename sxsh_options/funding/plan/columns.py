"""The amounts that a plan sets: each grant for each item that it supports, each loan, and the bridge."""

from __future__ import annotations

from dataclasses import dataclass

from sxsh_options.funding.plan.pieces import GrantPiece, LoanPiece, Pieces
from sxsh_options.funding.plan.proposal import CostLine, Proposal


@dataclass(frozen=True, slots=True)
class GrantColumn:
    """Money of one line of a grant for one item; ``None`` where it is a lump for the whole."""

    piece: GrantPiece
    line: CostLine | None


@dataclass(frozen=True, slots=True)
class LoanColumn:
    """Money lent for the investment."""

    piece: LoanPiece


@dataclass(frozen=True, slots=True)
class BridgeColumn:
    """Money lent until the grants are paid."""


Column = GrantColumn | LoanColumn | BridgeColumn


def columns_of(proposal: Proposal, pieces: Pieces) -> tuple[Column, ...]:
    """Return every amount that a plan sets: each grant for each item it supports, each loan, the bridge."""
    found: list[Column] = []
    for piece in pieces.grants:
        if piece.line.lump:
            found.append(GrantColumn(piece, None))
            continue
        found += [
            GrantColumn(piece, line)
            for line in proposal.lines
            if piece.base(line.kind, line.net_vnd, line.with_vat_vnd) > 0
        ]
    found += [LoanColumn(piece) for piece in pieces.loans]
    if found and proposal.terms.bridge_rate is not None and pieces.grants:
        found.append(BridgeColumn())
    return tuple(found)


def names_of(column: Column) -> frozenset[str]:
    """Return the ids of the sources whose money, or support, a column is."""
    match column:
        case GrantColumn(piece, _):
            return frozenset((piece.source.id,))
        case LoanColumn(piece):
            return frozenset(source.id for source in (piece.source, piece.support) if source is not None)
        case _:
            return frozenset()
