"""What sources need of each other, exclude, and may come to together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sxsh_options.funding.plan.columns import GrantColumn, LoanColumn, names_of
from sxsh_options.funding.plan.expressions import Expression, difference, plus, scaled
from sxsh_options.funding.plan.frame import Frame
from sxsh_options.funding.schema import Combined, Needs, Source


def hold_relations(frame: Frame) -> None:
    """Hold prerequisites, exclusions and combined limits of the sources that could be used."""
    _Relations(frame).hold()


class _Relations:
    def __init__(self, frame: Frame) -> None:
        self.frame, self.program = frame, frame.program
        self.used: dict[str, int] = {}

    def hold(self) -> None:
        """Hold everything."""
        sources = {source.id: source for source in self._all()}
        for source in sources.values():
            for needs in source.prerequisites:
                self._needs(self._uses(source.id), needs, sources)
            for other in source.excludes:
                if other in sources:
                    self.program.row({self._uses(source.id): 1.0, self._uses(other): 1.0}, upper=1.0)
        self._combined(sources)

    def _all(self) -> Iterable[Source]:
        for column in self.frame.columns:
            if isinstance(column, GrantColumn):
                yield column.piece.source
            elif isinstance(column, LoanColumn):
                if column.piece.source is not None:
                    yield column.piece.source
                if column.piece.support is not None:
                    yield column.piece.support

    def _uses(self, name: str) -> int:
        """Return the variable that says whether money of a source is taken."""
        if name not in self.used:
            uses = self.used[name] = self.program.variable(1.0, whole=True)
            for variable in self.frame.sum_where(lambda column: name in names_of(column)):
                self.program.row({variable: 1.0, uses: -max(self.program.upper[variable], 0.0)}, upper=0.0)
        return self.used[name]

    def _needs(self, uses: int, needs: Needs, sources: Mapping[str, Source]) -> None:
        """Hold that something used has what it needs: ``uses <= needed``, ``uses <= any of them``."""
        if needs.source is not None:
            needed = {self._really(needs.source): 1.0} if needs.source in sources else {}
            self.program.row(difference({uses: 1.0}, needed), upper=0.0)
        for each in needs.all or ():
            self._needs(uses, each, sources)
        if needs.any is not None:
            ways = []
            for each in needs.any:
                way = self.program.variable(1.0, whole=True)
                self._needs(way, each, sources)
                ways.append(way)
            self.program.row(difference({uses: 1.0}, dict.fromkeys(ways, 1.0)), upper=0.0)

    def _really(self, name: str) -> int:
        """Return the variable of a use that is more than none: at least a thousandth of the investment."""
        uses = self._uses(name)
        taken = self.frame.sum_where(lambda column: name in names_of(column))
        least = min(0.001 * self.frame.whole, sum(self.program.upper[v] for v in taken))
        self.program.row({**taken, uses: -least}, lower=0.0)
        return uses

    def _combined(self, sources: Mapping[str, Source]) -> None:
        loans = self.frame.total(LoanColumn)
        for source in sources.values():
            version = max(source.versions, key=lambda v: (v.from_ <= self.frame.terms.general.as_of, v.from_))
            for limit in version.combined if version.from_ <= self.frame.terms.general.as_of else ():
                concerned = self._concerned(limit)
                free = {self._uses(source.id): self.frame.whole}
                bounds: list[tuple[Expression, float]] = []
                if limit.cap_vnd is not None:
                    bounds.append(({}, limit.cap_vnd / self.frame.scale))
                if limit.share_of_investment is not None:
                    bounds.append((scaled(self.frame.investment(), limit.share_of_investment), 0.0))
                if limit.share_of_loans is not None:
                    bounds.append((scaled(loans, limit.share_of_loans), 0.0))
                for expression, constant in bounds:
                    row = plus(difference(concerned, expression), free)
                    self.program.row(row, upper=constant + self.frame.whole)

    def _concerned(self, limit: Combined) -> Expression:
        """Return the grants that count against a limit."""
        return self.frame.sum_where(
            lambda column: isinstance(column, GrantColumn) and limit.concerns(column.piece.source)
        )
