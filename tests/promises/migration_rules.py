"""What a migration may not do to tables that people write to all day, read from the SQL it would run."""

import re

# Tables with millions of rows: what reads or rewrites all of them under a lock stops signing.
LARGE = ("petitions_signature", "petitions_comment")
# The same for a whole statement, so that old rows need no rewriting.
STABLE = ("now", "statement_timestamp", "transaction_timestamp")

NOT_SQL = re.compile(r"--[^\n]*|/\*.*?\*/|\$(\w*)\$.*?\$\1\$|'(?:[^']|'')*'", re.DOTALL)
NEW_TABLE = re.compile(r"CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?(\S+)", re.IGNORECASE)
NEW_INDEX = re.compile(
    r"CREATE (?:UNIQUE )?INDEX (?P<concurrently>CONCURRENTLY )?.*?\bON (?:ONLY )?(?P<table>\S+)", re.IGNORECASE
)
ALTERED = re.compile(r"ALTER TABLE (?:IF EXISTS )?(?:ONLY )?(\S+) (.*)", re.IGNORECASE)
NEW_COLUMN = re.compile(r"\bADD COLUMN (?:IF NOT EXISTS )?(\S+) (.*)", re.IGNORECASE)
DEFAULT_DROPPED = re.compile(r"ALTER COLUMN (\S+) DROP DEFAULT", re.IGNORECASE)


def statements(sql):
    """One a statement, in one line, without quotes around names; words in strings can no longer be taken for SQL."""
    bare = NOT_SQL.sub(" '' ", sql).replace('"', "").replace("public.", "")
    parts = (" ".join(part.split()).lstrip("' ") for part in bare.split(";"))
    return [part for part in parts if part]


def refusals(sql):
    """What is wrong with a migration's SQL, each in one line."""
    parts = statements(sql)
    # No release has written to a table that comes with this migration.
    new = {match[1] for part in parts if (match := NEW_TABLE.match(part))}
    return [found for part in parts for found in _of_index(part, new) + _of_table(part, parts, new)]


def _of_index(part, new):
    match = NEW_INDEX.match(part)
    if not match or match["concurrently"]:
        return []
    table = match["table"].partition("(")[0]
    return [f"{table}: an index that is not made CONCURRENTLY"] if table in LARGE and table not in new else []


def _of_table(part, parts, new):
    match = ALTERED.match(part)
    if not match or match[1] in new:
        return []
    table, change = match[1], match[2]
    found = _of_required_column(table, change, parts)
    return found + (_of_large_table(table, change) if table in LARGE else [])


def _of_large_table(table, change):
    found = []
    if re.search(r"\bADD CONSTRAINT\b", change, re.I) and not re.search(r"\bNOT VALID\b|\bUSING INDEX\b", change, re.I):
        found.append(f"{table}: a constraint that is not NOT VALID first")
    if re.search(r"\bSET NOT NULL\b", change, re.I):
        found.append(f"{table}: SET NOT NULL reads every row")
    if re.search(r"\bALTER COLUMN \S+ (?:SET DATA )?TYPE\b", change, re.I):
        found.append(f"{table}: another type rewrites every row")
    if match := NEW_COLUMN.search(change):
        found += _of_new_column(table, *match.groups())
    return found


def _of_new_column(table, column, definition):
    default = re.search(r"\bDEFAULT\b(.*?)(?:\bNOT NULL\b|\bCHECK\b|\bREFERENCES\b|$)", definition, re.I)
    calls = re.findall(r"(\w+) ?\(", default[1]) if default else []
    is_rewritten = re.search(r"\bGENERATED\b|\b(?:small|big)?serial\b", definition, re.I)
    found = []
    if is_rewritten or any(call.lower() not in STABLE for call in calls):
        found.append(f"{table}.{column}: a default that differs by row rewrites every row")
    if re.search(r"\bUNIQUE\b|\bPRIMARY KEY\b", definition, re.I):
        found.append(f"{table}.{column}: its index is not made CONCURRENTLY")
    if re.search(r"\bCHECK\b", definition, re.I):
        found.append(f"{table}.{column}: its check reads every row; add it NOT VALID")
    return found


def _of_required_column(table, change, parts):
    """The release before names its own columns only: a new one must fill itself."""
    match = NEW_COLUMN.search(change)
    if not match or not re.search(r"\bNOT NULL\b", match[2], re.I) or re.search(r"\bGENERATED\b", match[2], re.I):
        return []
    column = match[1]
    altered = [again for part in parts if (again := ALTERED.match(part)) and again[1] == table]
    dropped = any(column in DEFAULT_DROPPED.findall(again[2]) for again in altered)
    has_default = re.search(r"\bDEFAULT\b", match[2], re.I)
    return [] if has_default and not dropped else [f"{table}.{column}: required, and without db_default"]
