"""Edits of an exported state: what a program, a person or another tool may do to a stack."""

from __future__ import annotations

import json
from collections.abc import Callable
from string import Template
from typing import Any, Final

from tests.policies.generated.good_settings import ACCOUNT
from tests.policies.generated.state_file import provider_entry, provider_urn

GONE: Final = object()
"""As a value: the property is taken away."""
Entry = dict[str, Any]


class NotHereError(LookupError):
    """The stack has not what the edit is about, so the mutant does not apply to it."""


class Draft:
    """An exported state while it is edited. `$primary`, `$secondary`, `$pool`, `$account` are its own."""

    def __init__(self, text: str) -> None:
        self.document = json.loads(text)
        self.entries: list[Entry] = self.document["deployment"]["resources"]
        facts = self.one("IdentityPlatform")["outputs"]
        self.words = {"primary": facts["primaryRegion"], "secondary": facts["secondaryRegion"]}
        self.words |= {"pool": facts["poolId"], "account": ACCOUNT} | self._checks() | self._zone()

    def _checks(self) -> dict[str, str]:
        """The IDs of the serving check's complement and of the check that only alarms, as `$complement`, `$plain`."""
        every = [entry for entry in self.entries if entry["type"].endswith(":HealthCheck")]
        ids = {entry["urn"].rpartition("-check-")[2]: entry["outputs"]["id"] for entry in every}
        return {word: ids[name] for word, name in (("complement", "secondary"), ("plain", "primary-up")) if name in ids}

    def _zone(self) -> dict[str, str]:
        """The zone of the custom domain as `$zone`."""
        domains = [e["outputs"]["domain"] for e in self.entries if e["type"].endswith(":AuthDomain")]
        return {"zone": domains[0].partition(".")[2]} if domains else {}

    def text(self) -> str:
        """The file's new text."""
        return json.dumps(self.document)

    def all(self, kind: str, name: str = "") -> list[Entry]:
        """The resources whose type ends so and whose name has this text at its end, or anywhere after a `*`."""
        wanted, ending = self.filled(name), not name.startswith("*")
        found = [
            entry
            for entry in self.entries
            if entry["type"].endswith(f":{kind}")
            and (entry["urn"].endswith(wanted) if ending else wanted[1:] in entry["urn"].rpartition("::")[2])
        ]
        if not found:
            raise NotHereError(f"{kind} {wanted}")
        return sorted(found, key=lambda entry: entry["urn"])

    def one(self, kind: str, name: str = "") -> Entry:
        """The first of them."""
        return self.all(kind, name)[0]

    def filled(self, value: Any) -> Any:
        """A value with this stack's words in it."""
        if isinstance(value, str):
            return Template(value).safe_substitute(self.words) if "$" in value else value
        if isinstance(value, dict):
            return {key: self.filled(item) for key, item in value.items()}
        return [self.filled(item) for item in value] if isinstance(value, list) else value

    def provider(self, kind: str, region: str | None, name: str = "") -> str:
        """A reference to a provider of this Region, which is made when there is none."""
        region = self.filled(region)
        urn = provider_urn(kind, name or f"made-{region}")
        if not any(entry["urn"] == urn for entry in self.entries):
            self.entries.insert(0, provider_entry(urn, region))
        return f"{urn}::0"


Edit = Callable[[Draft], None]


def put(kind: str, path: str, value: Any, name: str = "", *, every: bool = False) -> Edit:
    """Set a property, or take it away. A callable value makes the new one from the old one."""

    def edit(draft: Draft) -> None:
        found = draft.all(kind, name)
        for entry in found if every else found[:1]:
            for side in ("inputs", "outputs"):
                if side in entry:
                    entry["propertyDependencies"].pop(path.partition(".")[0], None)  # a literal comes from nowhere
                    _set(entry[side], path.split("."), value, draft)

    return edit


def _set(at: Any, path: list[str], value: Any, draft: Draft) -> None:
    *way, last = [int(step) if step.isdigit() else step for step in path]
    for step in way:
        if isinstance(at, dict) and step not in at:
            raise NotHereError(".".join(path))
        at = at[step]
    old = at.get(last) if isinstance(at, dict) else at[last]
    if callable(value) and old is None:
        raise NotHereError(".".join([*map(str, way), str(last)]))
    new = value(old) if callable(value) else value
    if new is GONE:
        at.pop(last, None)
    else:
        at[last] = draft.filled(new)


def drop(kind: str, name: str = "", *, every: bool = False) -> Edit:
    """Remove a resource from the stack."""

    def edit(draft: Draft) -> None:
        found = draft.all(kind, name)
        for entry in found if every else found[:1]:
            draft.entries.remove(entry)

    return edit


def put_field(kind: str, key: str, value: Any, name: str = "", *, every: bool = False) -> Edit:
    """Set what the engine keeps of a resource beside its properties: protection, parent, dependencies."""

    def edit(draft: Draft) -> None:
        found = draft.all(kind, name)
        for entry in found if every else found[:1]:
            entry[key] = draft.filled(value)

    return edit


def unprotect(kind: str, name: str = "") -> Edit:
    """Take a resource's protection off."""
    return put_field(kind, "protect", False, name)


def move(kind: str, region: str | None, name: str = "", provider: str = "") -> Edit:
    """Give a resource another provider."""

    def edit(draft: Draft) -> None:
        entry = draft.one(kind, name)
        entry["provider"] = draft.provider(entry["type"], region, provider)

    return edit


def add(type: str, name: str, region: str = "$primary", /, **props: Any) -> Edit:
    """Add a resource, protected, with a provider of a Region."""

    def edit(draft: Draft) -> None:
        entry: Entry = {"urn": f"urn:pulumi:generated::cognito-dr::{type}::{name}", "custom": True, "type": type}
        entry |= {"inputs": draft.filled(props), "outputs": draft.filled(props), "protect": True}
        entry |= {"dependencies": [], "propertyDependencies": {}, "provider": draft.provider(type, region)}
        draft.entries.append(entry)

    return edit


def beside(kind: str, edit: Edit) -> Edit:
    """An edit that is a mistake only in a stack that has a resource of this kind."""

    def guarded(draft: Draft) -> None:
        draft.one(kind)
        edit(draft)

    return guarded


def all_of(*edits: Edit) -> Edit:
    """Several edits as one."""

    def edit(draft: Draft) -> None:
        for part in edits:
            part(draft)

    return edit
