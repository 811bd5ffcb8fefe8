"""What looks personal is hidden; what does not is left alone."""

import json

import pytest

from seg2amp.delivery import mask_json, mask_text, mask_value


@pytest.mark.parametrize(
    "text",
    [
        "ann@example.com",
        "ann.lee+shop@mail.example.co.uk",
        "10.1.2.3",
        "2001:db8:0:0:0:0:0:1",
        "2001:db8::1",
        "+44 20 7946 0958",
        "+15551234567",
        "(555) 123-4567",
        "555-123-4567",
    ],
)
def test_personal_looking_values_are_hidden_anywhere(text):
    assert mask_text(text) == "***"
    assert mask_text(f"from {text}, again") == "from ***, again"
    assert mask_value({"list": [{"note": text}]}) == {"list": [{"note": "***"}]}


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-31T12:00:00.123Z",
        "1.2.3",
        "Chrome/91.0.4472.114",
        "https://example.com/a/b?c=1",
        "order-10020030",
        "12:30:15",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        "$1,299.00",
    ],
)
def test_other_values_are_left_alone(text):
    assert mask_text(text) == text


def test_names_are_hidden_among_a_persons_properties_only():
    payload = {
        "event_type": "Product Viewed",
        "ip": "not an address",
        "event_properties": {"name": "Blue mug", "phone": 5551234567, "products": [{"name": "x"}]},
        "user_properties": {
            "$set": {"firstName": "Ann", "plan": "pro", "address": {"city": "Bonn"}},
            "$setOnce": {"last_name": "Lee"},
            "email": None,
        },
        "group_properties": {"name": "Initech", "contact": "ann@example.com"},
    }
    masked = json.loads(mask_json(json.dumps(payload)))
    assert masked == {
        "event_type": "Product Viewed",
        "ip": "***",
        "event_properties": {"name": "Blue mug", "phone": "***", "products": [{"name": "x"}]},
        "user_properties": {
            "$set": {"firstName": "***", "plan": "pro", "address": "***"},
            "$setOnce": {"last_name": "***"},
            "email": None,
        },
        "group_properties": {"name": "Initech", "contact": "***"},
    }


def test_a_row_about_a_person_is_masked_by_key():
    row = {"name": "Ann", "context_traits_first_name": "Ann", "plan": "pro"}
    assert mask_value(row, about_person=True) == {
        "name": "***",
        "context_traits_first_name": "***",
        "plan": "pro",
    }


def test_text_that_is_not_json_is_masked_by_look():
    assert mask_json("{broken ann@example.com") == "{broken ***"


def test_the_parts_of_an_address_are_hidden_as_a_warehouse_flattens_them():
    row = {"address_street": "92 Rue des Lilas", "address_postal_code": "69003", "plan": "pro"}
    masked = mask_value(row, about_person=True)
    assert masked == {"address_street": "***", "address_postal_code": "***", "plan": "pro"}
    assert mask_value({"address_line": "Warehouse 4"}) == {"address_line": "Warehouse 4"}
