"""A whole organisation out of one workbook: what the company has, what the sheet wants, and the difference written."""
