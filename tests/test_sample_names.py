"""Names as Segment's warehouses spell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seg2amp.sample.names import identifier, property_column, snake_case


class TestNames:
    @pytest.mark.parametrize(
        ("name", "folded"),
        [
            ("OrderID", "order_id"),
            ("iOS Version", "i_os_version"),
            ("ABTest", "abtest"),
            ("UTMSource", "utmsource"),
            ("samPLE text", "sam_ple_text"),
            ("2FA Enabled", "2fa_enabled"),
            ("Café Visité", "caf_visit"),
            ("注文完了", ""),
            ("__v", "v"),
            ("price($)", "price"),
            ("Order Completed (v2)", "order_completed_v2"),
            ("Actions Amplitude", "actions_amplitude"),
            ("A2B", "a2b"),
            ("", ""),
        ],
    )
    def test_snake_case(self, name, folded):
        assert snake_case(name) == folded

    @given(st.text())
    def test_snake_case_leaves_its_own_output_alone(self, name):
        assert snake_case(snake_case(name)) == snake_case(name)

    @given(st.text())
    def test_snake_case_gives_plain_words(self, name):
        folded = snake_case(name)
        assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")
        assert all(folded.split("_")) or folded == ""

    @given(st.text())
    def test_snake_case_keeps_every_ascii_letter_and_digit(self, name):
        kept = [
            character.lower() for character in name if character.isascii() and character.isalnum()
        ]
        assert list(snake_case(name).replace("_", "")) == kept

    def test_a_leading_digit_is_prefixed(self):
        assert identifier("2FA Enabled") == "_2fa_enabled"

    @pytest.mark.parametrize("path", ["id", "timestamp", "event_text", "2nd_try"])
    def test_a_property_never_shadows_a_common_column(self, path):
        assert property_column(path) == f"_{path}"
