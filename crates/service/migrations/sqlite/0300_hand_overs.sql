-- Hand-overs from the portal to the program (S-119): known by the SHA-256 of their token, gone once used or ended.
-- A hand-over lives no longer than the session that made it.
CREATE TABLE hand_overs (
    hash       TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    session_id TEXT   NOT NULL REFERENCES sessions (id),
    product    TEXT   NOT NULL,
    version    TEXT,
    language   TEXT,
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX hand_overs_by_account ON hand_overs (account_id, made_at);
CREATE INDEX hand_overs_by_end ON hand_overs (expires_at);
