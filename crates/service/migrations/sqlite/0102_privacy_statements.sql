-- The operator's own privacy statements, in the order in which they came into force: the last one is in force. Without
-- one, the text that the programs carry is.
CREATE TABLE privacy_statements (
    number        BIGINT NOT NULL PRIMARY KEY,
    version       TEXT   NOT NULL UNIQUE,
    text          TEXT   NOT NULL,
    in_force_from BIGINT NOT NULL
);
