import pytest


@pytest.mark.parametrize("q", [{}, {"view": "time"}, {"challenge": "boundary"}])
@pytest.mark.parametrize("commit", [False, True])
def test_opens(open_app, q, commit):
    at = open_app("overfitting", commit=commit, **q)
    for e in at.exception:
        print(e.value, e.stack_trace)
    assert not at.exception
    print([m.value for m in at.markdown])
