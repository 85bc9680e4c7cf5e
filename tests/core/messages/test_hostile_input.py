import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customhouse import messages
from customhouse.messages import Document, UnreadableMessageError

GOOD = (
    b'<?xml version="1.0" encoding="UTF-8"?><MetaData><WCOTypeName>DEC</WCOTypeName><Declaration><FunctionCode>9</FunctionCode>'
    b"<GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric></GovernmentAgencyGoodsItem></GoodsShipment>"
    b"</Declaration></MetaData>"
)

HOSTILE = {
    "nothing": b"",
    "white space": b"  \n",
    "not XML": b"\x00\x01\x02\xff",
    "a document type": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "laughing entities": b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>',
    "an outside entity": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    "a document type in UTF-16": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
    "an entity nobody declared": b"<a>&b;</a>",
    "too many attributes": b"<a " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b"/>",
    "too many levels": b"<a>" * 200_000 + b"</a>" * 200_000,
    "levels under the parser's own bound": b"<a>" * 200 + b"</a>" * 200,
    "too large": b"<a>" + b"x" * 30_000_000 + b"</a>",
    "too many elements": b"<a>" + b"<b/>" * 1_000_000 + b"</a>",
    "an unknown encoding": b'<?xml version="1.0" encoding="klingon"?><a/>',
    "another encoding than it says": b'<?xml version="1.0" encoding="UTF-8"?><a>\xe9\xff</a>',
    "JSON nested without end": b'{"declaration":' + b"[" * 200_000,
    "JSON objects nested without end": b'{"a":' * 200_000,
    "JSON of another kind": b'{"colour": "red"}',
    "JSON with an absurd number": b'{"declaration":{"currency_exchanges":[{"rate_numeric":"1e999999999"}]}}',
    "JSON with no number": b'{"declaration":{"currency_exchanges":[{"rate_numeric":"NaN"}]}}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_gets_one_clear_sentence(name: str) -> None:
    with pytest.raises(UnreadableMessageError) as refused:
        messages.read(HOSTILE[name])
    assert 20 < len(str(refused.value)) < 500


def test_a_message_cut_off_anywhere_is_refused_or_read_but_never_breaks() -> None:
    for length in range(len(GOOD)):
        with pytest.raises(UnreadableMessageError):
            messages.read(GOOD[:length])
    assert messages.read(GOOD).declaration is not None


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=3))
def test_damaged_bytes_never_break_the_reader(place: int, damage: bytes) -> None:
    data = GOOD[:place] + damage + GOOD[place + len(damage) :]
    try:
        assert isinstance(messages.read(data), Document)
    except UnreadableMessageError as refused:
        assert str(refused)  # noqa: PT017 - both outcomes are right, any other exception is not


def test_xml_that_is_no_customs_message_is_said_to_be_none() -> None:
    document = messages.read(b"<Invoice><Total>12</Total></Invoice>")
    assert [finding.code for finding in document.findings] == ["SYN-07"]
    assert [leaf.text for leaf in document.unmapped] == ["12"]
