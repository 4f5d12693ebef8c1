"""Page after page of a layer: each row once, whatever the service does; else one sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import RefusedError
from data.download.service import ATTEMPTS, LONGEST_ASKED_WAIT, Service, ServiceError, StoppedError
from data.ons import asking
from data.ons.asking import AGAIN_LATER, Layers, NoLayerError, Query, where_in
from data.ons.layers import Layer
from tests.data.download.conftest import NoWaiting
from tests.made.ons_server import Fault, OnsServer, _condition

LAYER = Layer("Made", ("CODE",))
SEVEN = [{"CODE": f"A{number}", "NAME": "it's"} for number in range(7)]
EVERY = Query("1=1")


@pytest.fixture
def server():
    with OnsServer({"Made": [dict(row) for row in SEVEN]}) as server:
        yield server


def rows_of(server, query: Query = EVERY, cancel: NoWaiting | None = None, told=lambda *_: None):
    with Service(cancel or NoWaiting(), go_on=AGAIN_LATER) as service:
        return Layers(service, server.address, told).rows(LAYER, query)


def codes(rows) -> list[str]:
    return [row["properties"]["CODE"] for row in rows]


ALL = [row["CODE"] for row in SEVEN]


@pytest.mark.parametrize("flag", ["top", "properties"])
@pytest.mark.parametrize("most", [1, 2, 3, 7, 8])
def test_pages_that_are_flagged_as_cut_are_read_on_to_the_last_row(server, most, flag):
    server.most, server.flag_in = most, flag
    assert codes(rows_of(server)) == ALL
    assert [int(each["resultOffset"]) for _, each in server.requests[1:]] == list(range(0, 7, most))


def test_full_pages_without_a_flag_are_read_on_until_one_is_short(server, monkeypatch):
    monkeypatch.setattr(asking, "PAGE", 3)
    server.flag_in = ""
    assert codes(rows_of(server)) == ALL
    assert [each["resultOffset"] for _, each in server.requests[1:]] == ["0", "3", "6"]


def test_each_page_is_asked_for_in_the_order_of_the_key_and_in_longitude_and_latitude(server):
    rows_of(server)
    assert {each["orderByFields"] for _, each in server.requests[1:]} == {"CODE"}
    assert {each["outSR"] for _, each in server.requests[1:]} == {"4326"}


def test_pages_cut_without_a_flag_are_noticed_by_the_number_of_rows(server):
    server.most, server.flag_in = 3, ""
    with pytest.raises(RefusedError, match=r"^Made: the service gave 3 rows of 7, "):
        rows_of(server)


def test_a_service_that_keeps_no_order_is_refused(server):
    server.most, server.ordered = 2, False
    with pytest.raises(RefusedError, match="so its pages have no fixed order"):
        rows_of(server)


def test_rows_that_come_in_another_order_but_each_once_are_sorted(server):
    server.ordered = False
    assert codes(rows_of(server)) == ALL


def test_a_page_that_is_flagged_as_cut_and_empty_ends_in_a_sentence_and_not_in_a_circle(server):
    server.most = 0
    with pytest.raises(RefusedError, match="gave 0 rows of 7"):
        rows_of(server)


def test_a_row_that_is_lost_from_a_page_is_noticed(server):
    server.lose = True
    with pytest.raises(RefusedError, match="gave 6 rows of 7"):
        rows_of(server)


def test_progress_tells_the_rows_so_far_and_in_all(server):
    server.most, told = 3, []
    rows_of(server, told=lambda layer, rows, wanted: told.append((rows, wanted)))
    assert told == [(3, 7), (6, 7), (7, 7)]


# trouble on the way


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500),
        Fault(status=503, headers={"Retry-After": "7"}),
        Fault(error=(500, "Error performing query operation")),
        Fault(error=(429, "Too many requests")),
        Fault(cut_after=9),
    ],
    ids=["500", "503", "500 inside", "429 inside", "cut"],
)
def test_trouble_that_passes_is_waited_for(server, fault):
    cancel = NoWaiting()
    server.faults = [Fault(), fault, fault]
    assert codes(rows_of(server, cancel=cancel)) == ALL
    assert len(cancel.waits) == 2
    assert fault.headers.get("Retry-After", "0") == "0" or cancel.waits[0] >= 7


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (Fault(status=500), "the answer was 500"),
        (Fault(error=(503, "Service is busy")), "the answer was 503 Service is busy"),
        (Fault(cut_after=9), "the answer was cut off"),
    ],
)
def test_trouble_that_stays_is_one_sentence(server, fault, why):
    server.always = fault
    with pytest.raises(
        ServiceError, match=rf"^127\.0\.0\.1 cannot be read: {why}.*{ATTEMPTS} times in a row"
    ) as error:
        rows_of(server)
    assert str(error.value).endswith(AGAIN_LATER)


def test_a_service_that_asks_to_wait_for_long_is_one_sentence(server):
    server.faults = [Fault(status=429, headers={"Retry-After": str(LONGEST_ASKED_WAIT + 1)})]
    with pytest.raises(ServiceError, match="asks to wait 6 minutes"):
        rows_of(server)


def test_nobody_at_the_address_is_one_sentence():
    with OnsServer({}) as server:
        gone = server
    with pytest.raises(ServiceError, match="cannot be read: the connection was refused"):
        rows_of(gone)


@pytest.mark.parametrize(
    "fault", [Fault(status=404), Fault(status=403), Fault(error=(499, "Token Required"))]
)
def test_a_layer_that_is_not_there_or_not_for_everybody_is_none(server, fault):
    server.faults = [fault]
    with pytest.raises(NoLayerError):
        rows_of(server)


def test_a_layer_of_another_name_is_none_though_the_answer_is_200():
    with OnsServer({}) as server, pytest.raises(NoLayerError):
        rows_of(server)


def test_a_layer_whose_columns_changed_is_one_sentence_with_the_service_s_own_words(server):
    server.faults = [Fault(error=(400, "Cannot perform query.\nInvalid query parameters."))]
    with pytest.raises(RefusedError, match=r"^Made: the service answered 400 Cannot perform query") as error:
        rows_of(server)
    assert "\n" not in str(error.value)


def test_a_page_of_a_proxy_is_told_from_an_answer(server):
    server.faults = [Fault(page="<html>Log in</html>")]
    with pytest.raises(
        ServiceError, match=r"gave a web page where Made was asked for\. A proxy may stand between"
    ):
        rows_of(server)


@pytest.mark.parametrize(
    "answer", [[], {"count": -1}, {"count": "7"}, {"count": True}, {}, {"count": 1, "features": {}},
               {"count": 1, "features": [None]}, {"count": 1, "features": [{"attributes": {"CODE": None}}]}]
)  # fmt: skip
def test_an_answer_of_another_form_is_one_sentence(server, answer, monkeypatch):
    monkeypatch.setattr(server, "answer", lambda layer, given: answer)
    with pytest.raises(
        RefusedError, match=r"^Made: .*so it cannot be read\. Try again later; nothing held was changed\.$"
    ):
        rows_of(server)


def test_an_answer_larger_than_any_page_is_not_read_to_its_end(server, monkeypatch):
    monkeypatch.setattr(asking, "LARGEST_ANSWER", 100)
    with pytest.raises(RefusedError, match="one answer has more than"):
        rows_of(server)


def test_a_redirect_to_another_host_is_followed(server):
    with OnsServer({}, sends_to=server) as service:
        assert codes(rows_of(service)) == ALL


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/x"])
def test_a_redirect_to_anything_but_the_web_is_refused(server, to):
    server.always = Fault(status=302, headers={"Location": to})
    with pytest.raises(ServiceError, match="not secure"):
        rows_of(server)


def test_a_redirect_without_end_is_one_sentence(server):
    server.always = Fault(status=302, headers={"Location": "/elsewhere"})
    with pytest.raises(ServiceError, match="sends on from address to address"):
        rows_of(server)


def test_whoever_asked_can_stop_it_between_two_pages(server):
    cancel = NoWaiting()
    server.most = 1
    with pytest.raises(StoppedError):
        rows_of(server, cancel=cancel, told=lambda *_: cancel.set())
    assert len(server.requests) == 2


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12), min_size=1, max_size=5
    )
)
def test_a_condition_has_room_for_any_text_and_means_nothing_else(texts):
    fits = _condition(where_in("NAME", texts))
    assert all(fits({"NAME": text}) for text in texts)
    assert not fits({"NAME": "none of them, surely"})
