"""The whole cycle played on two real nodes, a ministry of Vietnam and a ministry of Laos, with sample data."""
