-- Groups of a contract's people (S-85 to S-91), and what a company says of a product to a group or a person: which
-- versions they may have (S-112), from which channel (B-14), and how long it is held (B-15). `name_key` is the name in
-- lower case, so that no two names differ in case only. `rules` is a JSON list of texts.

CREATE TABLE contract_groups (
    id          TEXT   NOT NULL PRIMARY KEY,
    contract_id TEXT   NOT NULL REFERENCES contracts (id),
    name        TEXT   NOT NULL,
    name_key    TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    UNIQUE (contract_id, name_key)
);

CREATE TABLE group_members (
    group_id   TEXT   NOT NULL REFERENCES contract_groups (id) ON DELETE CASCADE,
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    added_at   BIGINT NOT NULL,
    PRIMARY KEY (group_id, account_id)
);
CREATE INDEX group_members_by_account ON group_members (account_id);

CREATE TABLE group_versions (
    group_id TEXT NOT NULL REFERENCES contract_groups (id) ON DELETE CASCADE,
    product  TEXT NOT NULL,
    rules    TEXT NOT NULL,
    PRIMARY KEY (group_id, product)
);

CREATE TABLE person_versions (
    contract_id TEXT NOT NULL REFERENCES contracts (id),
    account_id  TEXT NOT NULL REFERENCES accounts (id),
    product     TEXT NOT NULL,
    rules       TEXT NOT NULL,
    PRIMARY KEY (contract_id, account_id, product)
);
CREATE INDEX person_versions_by_account ON person_versions (account_id);

CREATE TABLE group_channels (
    group_id TEXT NOT NULL REFERENCES contract_groups (id) ON DELETE CASCADE,
    product  TEXT NOT NULL,
    channel  TEXT NOT NULL,
    PRIMARY KEY (group_id, product)
);

-- Without `ends_at` until somebody releases it.
CREATE TABLE group_holds (
    group_id TEXT   NOT NULL REFERENCES contract_groups (id) ON DELETE CASCADE,
    product  TEXT   NOT NULL,
    held_at  BIGINT NOT NULL,
    ends_at  BIGINT,
    reason   TEXT   NOT NULL,
    PRIMARY KEY (group_id, product)
);
