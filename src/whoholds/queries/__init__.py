"""The whole ledger at a time: functions that return SQL text, and pure scoring of its rows."""
