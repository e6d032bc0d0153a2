"""Django's SQLite backend with a fair gate around each outermost transaction."""

from typing import Any

from django.db.backends.sqlite3 import base

from entraide.config.databases.sqlite.gate import gate_for


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the gate where a transaction begins and gives it back where it ends, whatever way it ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **kwargs)
        self._holds_gate = False

    def _start_transaction_under_autocommit(self) -> None:
        gate = gate_for(str(self.settings_dict["NAME"]))
        gate.enter()
        self._holds_gate = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._leave_gate()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # not in the stubs
        self._leave_gate()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave_gate()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave_gate()

    def _leave_gate(self) -> None:
        if self._holds_gate:
            self._holds_gate = False
            gate_for(str(self.settings_dict["NAME"])).leave()
