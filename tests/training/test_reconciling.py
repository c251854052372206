"""A new list against the old one: everybody has one fate, and twice is once."""

from hypothesis import given
from hypothesis import strategies as st

from courses.training.lists import Line
from courses.training.reconciling import Change, Entry, Plan, reconcile

REFERENCES = st.sampled_from("abcdefgh")
LINES = st.builds(
    Line,
    reference=REFERENCES,
    name=st.sampled_from(["Kim", "Lou"]),
    unit=st.sampled_from([("Amt 1",), ("Amt 2",)]),
)
LISTS = st.lists(LINES, unique_by=lambda line: line.reference)


def entries(lines: list[Line], left: frozenset[str] = frozenset()) -> dict[str, Entry]:
    return {line.reference: Entry(line, line.reference in left) for line in lines}


def after(plan: Plan) -> list[Line]:
    changed = [each.after for each in (*plan.back, *plan.moved, *plan.renamed)]
    return [*plan.new, *changed, *plan.unchanged]


@given(LISTS, LISTS, st.frozensets(REFERENCES))
def test_everybody_has_exactly_one_fate(
    new: list[Line], old: list[Line], left: frozenset[str]
) -> None:
    plan = reconcile(new, entries(old, left))
    assert sorted(map(repr, after(plan))) == sorted(map(repr, new))
    wanted = {line.reference for line in new}
    stayed = [line for line in old if line.reference not in left]
    gone = {line.reference for line in stayed} - wanted
    assert {line.reference for line in plan.gone} == gone


@given(LISTS, LISTS)
def test_the_same_list_twice_changes_nothing(new: list[Line], old: list[Line]) -> None:
    plan = reconcile(new, entries(old))
    kept = [Entry(line, has_left=True) for line in plan.gone]
    now = entries(after(plan)) | {entry.line.reference: entry for entry in kept}
    assert reconcile(new, now).is_empty


def test_the_plan_says_who_moves_and_who_is_called_otherwise() -> None:
    old = [Line("1", "Kim", ("Amt 1",)), Line("2", "Lou", ("Amt 1",))]
    new = [Line("1", "Kim", ("Amt 2",)), Line("2", "Lou Berg", ("Amt 1",))]
    plan = reconcile(new, entries(old))
    assert [change.after.reference for change in plan.moved] == ["1"]
    assert [change.after.reference for change in plan.renamed] == ["2"]


def test_who_had_left_comes_back_as_the_same_person() -> None:
    line = Line("1", "Kim", ("Amt 1",))
    plan = reconcile([line], {"1": Entry(line, has_left=True)})
    assert (plan.back, plan.new) == ((Change(line, line),), ())
    assert plan.renamed_back == []


def test_who_comes_back_under_another_name_may_be_another_person() -> None:
    old, new = Line("1", "Kim Ly", ("Amt 1",)), Line("1", "Lou Berg", ("Amt 1",))
    plan = reconcile([new], {"1": Entry(old, has_left=True)})
    assert plan.renamed_back == [Change(old, new)]


def test_a_list_that_loses_many_is_doubted() -> None:
    old = [Line(str(n), "Kim", ("Amt 1",)) for n in range(30)]
    assert not reconcile(old[6:], entries(old)).removes_many  # 6 of 30 are a fifth
    assert reconcile(old[7:], entries(old)).removes_many
    few = old[:5]
    assert not reconcile([], entries(few)).removes_many


def test_another_plan_has_another_digest() -> None:
    old = [Line("1", "Kim", ("Amt 1",))]
    plans = [
        reconcile(old, {}),
        reconcile([], entries(old)),
        reconcile(old, entries(old)),
    ]
    assert len({plan.digest for plan in plans}) == 3
