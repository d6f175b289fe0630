"""Pages as they are laid out, from PDF, OFD or recognition (OCR) → lines and tables in reading order.

A format hands on the characters and ruled lines of each page (`page`); what is a row, a column, a paragraph, a table
or a page header is found from where they stand: `sheets.lay` for a page, `story.told` over all, `lines.lines` at last.
"""
