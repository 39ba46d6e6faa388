"""What `rest.js` takes for the numbers of Streamlit's messages is what they are in the version that is installed."""

import re
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

NUMBERS = dict(re.findall(r"([A-Z_]+) = (\d+)[,;]", Path(__file__).with_name("rest.js").read_text()))


def test_the_numbers_of_the_messages_are_streamlits():
    numbers = {name: int(number) for name, number in NUMBERS.items() if name != "SOON"}
    assert numbers == {
        "RERUN_SCRIPT": BackMsg.RERUN_SCRIPT_FIELD_NUMBER,
        "NEW_SESSION": ForwardMsg.NEW_SESSION_FIELD_NUMBER,
        "SCRIPT_FINISHED": ForwardMsg.SCRIPT_FINISHED_FIELD_NUMBER,
        "EARLY_FOR_RERUN": ForwardMsg.FINISHED_EARLY_FOR_RERUN,
    }
