"""Warehouses: one small interface, one file per engine."""

from seg2amp.warehouse.duckdb import DuckDBWarehouse
from seg2amp.warehouse.interface import Statement, Warehouse, require_tables

__all__ = ["DuckDBWarehouse", "Statement", "Warehouse", "require_tables"]
