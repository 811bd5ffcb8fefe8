"""What `dbt build` itself proves: every model, data test and unit test, on the small set."""

from seg2amp import api


def test_every_model_and_every_dbt_test_passes(warehouse_path):
    summary = api.build({})
    assert summary.models >= 45
    assert summary.tests >= 270
