-- Requests of computers without a network that were answered, each once; a lost answer can be had again.
CREATE TABLE offline_answers (
    nonce       TEXT   NOT NULL PRIMARY KEY,
    account_id  TEXT   NOT NULL REFERENCES accounts (id),
    device_id   TEXT   NOT NULL REFERENCES devices (id),
    answered_at BIGINT NOT NULL,
    answer      TEXT   NOT NULL
);
