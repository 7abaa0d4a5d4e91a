"""A mixed-integer linear program, built row by row and solved by HiGHS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Expression = Mapping[int, float]
Status = Literal["optimal", "stopped", "infeasible"]

_TOLERANCE = 1e-9  # of bounds
_CUTS_KEPT = 10  # a long list of cuts is where the solver goes wrong most
_TOLERANCE_OF_WHOLE = 1e-7  # tighter ones make the solver lose the best plan now and then


@dataclass(frozen=True, slots=True)
class Solution:
    """Values of the variables; ``values`` is ``None`` where none was found."""

    status: Status
    values: Floats | None


@dataclass(slots=True)
class Program:
    """Variables and rows ``lower <= sum(coefficient * variable) <= upper``."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, dict[int, float], float]] = field(default_factory=list)

    def variable(self, upper: float, lower: float = 0.0, *, whole: bool = False) -> int:
        """Add a variable and return its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.lower) - 1

    def row(self, expression: Expression, lower: float = -np.inf, upper: float = np.inf) -> None:
        """Add a constraint."""
        self.rows.append((lower, {i: c for i, c in expression.items() if c != 0.0}, upper))

    def copy(self) -> Program:
        """Return a program to which rows can be added without changing this one."""
        return Program(list(self.lower), list(self.upper), list(self.whole), list(self.rows))

    def maximise(
        self,
        objective: Expression,
        *,
        start: Floats | None = None,
        found: Callable[[Floats], object] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Solution:
        """Return values that make the objective greatest.

        Parameters
        ----------
        objective : mapping of int to float
        start : array, optional
            Values that keep every row, where some are known.
        found : callable, optional
            Called with the values of every better solution.
        cancelled : callable, optional
            Asked now and then; where it says so, the best solution so far is returned.

        Notes
        -----
        HiGHS 1.15 now and then cuts off the best solution, or all of them: in about one of a hundred small
        cases, others with its presolve than without. So it is asked both ways, the second time from what
        the first one found, and the better answer counts.
        """
        first = self._solve(objective, "off", start, found, cancelled)
        settled = first.values is not None and not objective  # any solution will do
        if first.status == "stopped" or settled:
            return first
        again = self._solve(
            objective, "on", start if first.values is None else first.values, found, cancelled
        )
        return first if again.values is None else again

    def _solve(
        self,
        objective: Expression,
        presolve: Literal["off", "on"],
        start: Floats | None,
        found: Callable[[Floats], object] | None,
        cancelled: Callable[[], bool] | None,
    ) -> Solution:
        import highspy  # late: the pages that plan nothing never load it

        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.silent()
        for name, value in (
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.0),
            ("primal_feasibility_tolerance", _TOLERANCE),
            ("dual_feasibility_tolerance", _TOLERANCE),
            ("mip_feasibility_tolerance", _TOLERANCE_OF_WHOLE),
            ("mip_pool_soft_limit", _CUTS_KEPT),
            ("threads", 1),
            ("presolve", presolve),
        ):
            solver.setOptionValue(name, value)
        solver.passModel(self._model(highspy, objective))
        if start is not None:
            known = highspy.HighsSolution()
            known.col_value = list(start)
            solver.setSolution(known)
        faults: list[Exception] = []
        if found is not None:
            tell = found

            def better(event: Any) -> None:
                try:
                    tell(np.array(event.data_out.mip_solution))
                except Exception as fault:  # it must not pass through the solver's own thread
                    faults.append(fault)
                    event.interrupt()

            solver.cbMipImprovingSolution += better
        if cancelled is not None:
            ask = cancelled

            def interrupted(event: Any) -> None:
                event.interrupt(ask() or bool(faults))

            solver.cbMipInterrupt += interrupted
        solver.run()
        if faults:
            raise faults[0]
        status = solver.getModelStatus()
        solution = solver.getSolution()
        values = np.array(solution.col_value) if solution.value_valid else None
        if status == highspy.HighsModelStatus.kOptimal and values is not None:
            return Solution("optimal", self._tidied(values))
        feasible = solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if status == highspy.HighsModelStatus.kInterrupt and values is not None and feasible:
            return Solution("stopped", self._tidied(values))
        return Solution("infeasible" if status != highspy.HighsModelStatus.kInterrupt else "stopped", None)

    def _tidied(self, values: Floats) -> Floats:
        """Return values with whole numbers whole, and nothing outside its bounds by rounding."""
        whole = np.array(self.whole)
        return np.where(whole, np.round(values), np.clip(values, self.lower, self.upper))

    def _model(self, highspy: Any, objective: Expression) -> Any:
        model = highspy.HighsLp()
        count = len(self.lower)
        costs = np.zeros(count)
        for i, cost in objective.items():
            costs[i] = cost
        model.num_col_, model.num_row_ = count, len(self.rows)
        model.col_cost_ = costs
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_lower_, model.col_upper_ = np.array(self.lower), np.array(self.upper)
        model.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            for whole in self.whole
        ]
        model.row_lower_ = np.array([lower for lower, _, _ in self.rows])
        model.row_upper_ = np.array([upper for _, _, upper in self.rows])
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = count, len(self.rows)
        matrix.start_ = np.cumsum([0, *(len(row) for _, row, _ in self.rows)]).astype(np.int32)
        matrix.index_ = np.array([i for _, row, _ in self.rows for i in row], dtype=np.int32)
        matrix.value_ = np.array([c for _, row, _ in self.rows for c in row.values()], dtype=np.float64)
        return model
