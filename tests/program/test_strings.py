"""Every character of every string of a JSON text is where it is said to be."""

from __future__ import annotations

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dllint.program.strings import items, members, strings

JSON = st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
LAYOUT = st.fixed_dictionaries({"indent": st.sampled_from([None, 1, "\t"]), "ensure_ascii": st.booleans()})


@given(st.lists(st.text(), min_size=1), LAYOUT)
def test_each_character_begins_where_it_is_said_to(texts: list[str], layout: dict[str, object]) -> None:
    written = json.dumps(texts, **layout)  # type: ignore[arg-type]
    found = strings(written, 0)
    assert [one.text for one in found] == texts
    for one in found:
        ends = [one.offset(written, index) for index in range(len(one.text) + 1)]
        assert [json.loads(f'"{written[a:b]}"') for a, b in pairwise(ends)] == list(one.text)
        assert written[ends[-1]] == '"'


@given(st.dictionaries(st.text(), JSON), LAYOUT)
def test_members_begin_where_they_are_said_to(given_: dict[str, object], layout: dict[str, object]) -> None:
    written = json.dumps(given_, **layout)  # type: ignore[arg-type]
    decoded = json.JSONDecoder().raw_decode
    assert {key: decoded(written, at)[0] for key, at in members(written, 0).items()} == given_


@given(st.lists(JSON), LAYOUT)
def test_items_begin_where_they_are_said_to(given_: list[object], layout: dict[str, object]) -> None:
    written = json.dumps(given_, **layout)  # type: ignore[arg-type]
    assert [json.JSONDecoder().raw_decode(written, at)[0] for at in items(written, 0)] == given_
