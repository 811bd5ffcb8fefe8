"""The budget of user property updates: what Amplitude takes from one Amplitude ID in an hour.

One update is one event or one identification that brings user properties, however many, and does
not skip their sync: Amplitude says how many updates it takes but not what counts as one. Groups
alone, and events with `$skip_user_properties_sync`, cost nothing.
"""

from seg2amp.sandbox.window import Window

MINUTE = 60_000
USER_UPDATES_PER_HOUR = 1_800


class UpdateBudget:
    """What everybody has left, over a window of 60 minutes that goes by the minute."""

    def __init__(self, most: int) -> None:
        """Start with everything left."""
        self.most = most
        self._spent = Window[int](MINUTE, 60)

    def spend(self, amplitude_id: int, now: int) -> bool:
        """Take one update from the budget; tell whether there was one."""
        self._spent.move(now)
        if self._spent.total(amplitude_id) >= self.most:
            return False
        self._spent.add({amplitude_id: 1}, now)
        return True

    def exhaust(self, amplitude_id: int, now: int) -> None:
        """Take whatever is left."""
        self._spent.move(now)
        left = self.most - self._spent.total(amplitude_id)
        if left > 0:
            self._spent.add({amplitude_id: left}, now)
