-- What a store holds, and ready views. A file that has the content of another (files.copy_of) is counted once, under the first.

COMMENT ON TABLE files IS 'every source file, as in manifest.jsonl; copy_of is the first file of the same content';
COMMENT ON TABLE documents IS 'the texts in the files, with title, year, issuer';
COMMENT ON TABLE headings IS 'headings; section is the path from the top heading down to this one';
COMMENT ON TABLE dates IS 'dates; value is EDTF, see calendar';
COMMENT ON TABLE calendar IS 'every EDTF value that occurs, with the first and the last day that it can mean';
COMMENT ON TABLE quantities IS 'counts, amounts, measurements, rates; a range goes from value to value_to';
COMMENT ON TABLE problems IS 'problems; parent_id is the problem that one is a part of';
COMMENT ON TABLE measures IS 'measures; problem_id, date_ids, quantity_ids lead to their problem, dates, quantities';
COMMENT ON TABLE sums IS 'which quantities of a measure are money paid back or people held to account';
COMMENT ON TABLE tables IS 'tables; their text is in cells';
COMMENT ON TABLE cells IS 'cells of tables, row_no and column_no counted from 0';
COMMENT ON TABLE checks IS 'what a report says of itself against what was found';
COMMENT ON TABLE noise IS 'characters of files that belong to no document';
COMMENT ON TABLE issues IS 'what could not be read or decided';
COMMENT ON TABLE made IS 'what the store was loaded from';

CREATE VIEW v_contents AS
SELECT c.table_name AS name, first(coalesce(t.comment, v.comment)) AS comment,
    string_agg(c.column_name, ', ' ORDER BY c.column_index) AS columns
FROM duckdb_columns() c LEFT JOIN duckdb_tables() t USING (table_name) LEFT JOIN duckdb_views() v ON v.view_name = c.table_name
WHERE NOT c.internal GROUP BY c.table_name ORDER BY name LIKE 'v@_%' ESCAPE '@', name;
COMMENT ON VIEW v_contents IS 'tables and views with their columns';

CREATE VIEW v_originals AS SELECT * FROM files WHERE copy_of IS NULL AND status <> 'failed' AND NOT removed;
COMMENT ON VIEW v_originals IS 'files that were read, those of the same content once';

CREATE VIEW v_documents AS
SELECT d.* EXCLUDE (text),
    (SELECT count(*) FROM problems p WHERE p.doc_id = d.doc_id) AS problems,
    (SELECT count(*) FROM measures m WHERE m.doc_id = d.doc_id) AS measures,
    (SELECT count(*) FROM quantities q WHERE q.doc_id = d.doc_id) AS quantities,
    (SELECT count(*) FROM dates t WHERE t.doc_id = d.doc_id) AS dates
FROM documents d SEMI JOIN v_originals USING (file_id);
COMMENT ON VIEW v_documents IS 'documents, with how many records each has';

CREATE VIEW v_counts_by_year AS
SELECT year, noun, unit, count(*) AS mentions, count(DISTINCT doc_id) AS documents,
    min(value) AS low, max(coalesce(value_to, value)) AS high, sum(value) AS total
FROM quantities SEMI JOIN v_originals USING (file_id)
WHERE dimension = 'count' AND value IS NOT NULL
GROUP BY ALL ORDER BY year, mentions DESC, noun, unit;
COMMENT ON VIEW v_counts_by_year IS 'what was counted in a year: mentions, the lowest and highest figure, their total';

CREATE VIEW v_money AS
SELECT year, noun, count(*) AS mentions, count(DISTINCT doc_id) AS documents,
    min(value) AS low, max(coalesce(value_to, value)) AS high, sum(value) AS total
FROM quantities SEMI JOIN v_originals USING (file_id)
WHERE dimension = 'money' AND unit = '元' AND value IS NOT NULL
GROUP BY ALL ORDER BY year, total DESC, noun;
COMMENT ON VIEW v_money IS 'amounts in 元 by year and by what they were for';

-- A date is a deadline where a plan names it, or where something under way is to end by it.
CREATE VIEW v_open_promises AS
WITH due AS (
    SELECT m.id, max(c.latest) AS due, arg_max(d.text, c.latest) AS due_text
    FROM (SELECT id, status, unnest(date_ids) AS date_id FROM measures) m
    JOIN dates d ON d.id = m.date_id JOIN calendar c USING (value)
    WHERE d.bound = 'until' OR (m.status = 'planned' AND d.bound IS NULL)
    GROUP BY m.id)
SELECT m.id, m.file, m.document, m.year, m.issuer, m.section, m.status, m.problem, m.actor, m.text,
    coalesce(due.due, c.latest) AS due, coalesce(due.due_text, p.deadline) AS due_text
FROM measures m SEMI JOIN v_originals USING (file_id)
LEFT JOIN due ON due.id = m.id LEFT JOIN problems p ON p.id = m.problem_id
LEFT JOIN calendar c ON c.value = p.deadline_value
WHERE m.status IN ('planned', 'ongoing')
ORDER BY due NULLS LAST, m.id;
COMMENT ON VIEW v_open_promises IS 'measures that are planned or under way, with the last day of their deadline';

CREATE VIEW v_problems AS
SELECT p.id, p.file, p.document, p.year, p.issuer, p.section, p.level, p.parent, p.text, p.responsible, p.deadline,
    c.latest AS due, p.progress, p.state, p.mode,
    count(*) FILTER (m.status = 'done') AS done,
    count(*) FILTER (m.status = 'ongoing') AS ongoing,
    count(*) FILTER (m.status = 'planned') AS planned
FROM problems p SEMI JOIN v_originals USING (file_id)
LEFT JOIN measures m ON m.problem_id = p.id LEFT JOIN calendar c ON c.value = p.deadline_value
GROUP BY ALL ORDER BY p.id;
COMMENT ON VIEW v_problems IS 'problems, with how many measures are done, under way and planned';

CREATE VIEW v_sums AS
SELECT q.year, q.issuer, q.file, q.document, s.kind, s.act, q.value, q.unit, q.noun, m.problem, m.text AS measure, q.id
FROM sums s JOIN quantities q ON q.id = s.quantity_id JOIN measures m ON m.id = s.measure_id
SEMI JOIN v_originals f ON f.file_id = q.file_id
ORDER BY q.id, s.kind, s.act;
COMMENT ON VIEW v_sums IS 'money paid back (recovered) and people held to account (accountable)';

CREATE VIEW v_checks_broken AS
SELECT id, file, document, year, issuer, section, severity, kind, rule, stated, found, arithmetic, message, fingerprint
FROM checks SEMI JOIN v_originals USING (file_id)
WHERE outcome = 'broken' ORDER BY id;
COMMENT ON VIEW v_checks_broken IS 'what reports say of themselves and what does not hold';

CREATE VIEW v_dates_calendar AS
SELECT d.id, d.file, d.document, d.year, d.issuer, d.section, d.text, d.value, d.bound, c.earliest, c.latest
FROM dates d SEMI JOIN v_originals USING (file_id) JOIN calendar c USING (value)
ORDER BY d.id;
COMMENT ON VIEW v_dates_calendar IS 'dates with the first and the last day that they can mean';

CREATE VIEW v_cells AS
SELECT t.id AS table_id, t.file, t.document, t.year, t.issuer, t.caption, c.row_no, c.column_no,
    array_to_string(c.row_labels, ' / ') AS row_label, array_to_string(c.column_labels, ' / ') AS column_label,
    c.text, c.state, q.value, q.unit
FROM cells c JOIN tables t ON t.id = c.table_id SEMI JOIN v_originals f ON f.file_id = t.file_id
LEFT JOIN quantities q USING (table_id, row_no, column_no)
ORDER BY t.id, c.row_no, c.column_no, q.id;
COMMENT ON VIEW v_cells IS 'cells of tables with their labels and the figures read from them';

CREATE VIEW v_unread AS
SELECT path AS file, status, code, message FROM files WHERE status <> 'ok' AND NOT removed ORDER BY file_id;
COMMENT ON VIEW v_unread IS 'files that failed or were read in part, and why';
