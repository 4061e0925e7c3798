"""What a mutant is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tests.policies.mutants.edits import Draft, Edit, NotHereError


class Place(StrEnum):
    """Where the mistake is made."""

    COMPONENT = "component"  # what the program passes to a component, or what a component publishes
    PROPERTY = "property"  # one resource's own properties, protection, provider or dependencies
    STATE = "state"  # what only somebody else can do to a stack: other tools, imports, edits of the state


@dataclass(frozen=True, kw_only=True, eq=False)
class Mutant:
    """One mistake. `also` names each further rule that it may break, with the reason why that is right."""

    rule: str
    name: str
    place: Place
    edit: Edit
    also: Mapping[str, str] = field(default_factory=dict)

    def broken(self, text: str) -> str | None:
        """The exported state with the mistake; None where the stack has nothing to make it with."""
        draft = Draft(text)
        try:
            self.edit(draft)
        except NotHereError:
            return None
        return draft.text()


@dataclass(frozen=True)
class Maker:
    """Makes the mutants of one rule."""

    rule: str

    def component(self, name: str, edit: Edit, also: Mapping[str, str] | None = None) -> Mutant:
        """A mistake in what a component is given or says."""
        return Mutant(rule=self.rule, name=name, place=Place.COMPONENT, edit=edit, also=also or {})

    def prop(self, name: str, edit: Edit, also: Mapping[str, str] | None = None) -> Mutant:
        """A mistake in one resource."""
        return Mutant(rule=self.rule, name=name, place=Place.PROPERTY, edit=edit, also=also or {})

    def state(self, name: str, edit: Edit, also: Mapping[str, str] | None = None) -> Mutant:
        """A change from outside of the program."""
        return Mutant(rule=self.rule, name=name, place=Place.STATE, edit=edit, also=also or {})
