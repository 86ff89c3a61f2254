-- Ids are UUIDv7 as text, times are microseconds since 1970 in UTC, words are those of the API.
-- Every column type here has the same meaning in PostgreSQL, so that a second folder can mirror this one.

CREATE TABLE organisations (
    id          TEXT   NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL,
    created_at  BIGINT NOT NULL
);

CREATE TABLE accounts (
    id              TEXT   NOT NULL PRIMARY KEY,
    organisation_id TEXT   NOT NULL REFERENCES organisations (id),
    user_id         TEXT   NOT NULL UNIQUE,
    name            TEXT   NOT NULL,
    email           TEXT   NOT NULL,
    password_hash   TEXT   NOT NULL,
    created_at      BIGINT NOT NULL
);
CREATE INDEX accounts_by_organisation ON accounts (organisation_id);

CREATE TABLE contracts (
    id              TEXT    NOT NULL PRIMARY KEY,
    organisation_id TEXT    NOT NULL REFERENCES organisations (id),
    number          TEXT    NOT NULL UNIQUE,
    support         TEXT    NOT NULL,
    starts_at       BIGINT  NOT NULL,
    ends_at         BIGINT  NOT NULL,
    auto_renew      BOOLEAN NOT NULL,
    origin          TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL
);
CREATE INDEX contracts_by_organisation ON contracts (organisation_id);

-- One contract manager a contract (S-08).
CREATE TABLE memberships (
    account_id  TEXT   NOT NULL REFERENCES accounts (id),
    contract_id TEXT   NOT NULL REFERENCES contracts (id),
    role        TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (account_id, contract_id, role)
);
CREATE INDEX memberships_by_contract ON memberships (contract_id);
CREATE UNIQUE INDEX one_contract_manager ON memberships (contract_id) WHERE role = 'contract_manager';

CREATE TABLE benefits (
    account_id  TEXT   NOT NULL REFERENCES accounts (id),
    contract_id TEXT   NOT NULL REFERENCES contracts (id),
    benefit     TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (account_id, contract_id, benefit)
);

CREATE TABLE subscriptions (
    id          TEXT   NOT NULL PRIMARY KEY,
    contract_id TEXT   NOT NULL REFERENCES contracts (id),
    product     TEXT   NOT NULL,
    seat_count  BIGINT NOT NULL CHECK (seat_count > 0),
    serial      TEXT   NOT NULL UNIQUE,
    product_key TEXT   NOT NULL,
    created_at  BIGINT NOT NULL
);
CREATE INDEX subscriptions_by_contract ON subscriptions (contract_id, product);

-- A row is an assigned seat; free seats are the difference to seat_count.
CREATE TABLE seats (
    id              TEXT   NOT NULL PRIMARY KEY,
    subscription_id TEXT   NOT NULL REFERENCES subscriptions (id),
    account_id      TEXT   NOT NULL REFERENCES accounts (id),
    assigned_at     BIGINT NOT NULL,
    UNIQUE (subscription_id, account_id)
);
CREATE INDEX seats_by_account ON seats (account_id);

CREATE TABLE devices (
    id            TEXT   NOT NULL PRIMARY KEY,
    account_id    TEXT   NOT NULL REFERENCES accounts (id),
    public_key    TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    platform      TEXT   NOT NULL,
    registered_at BIGINT NOT NULL,
    last_seen_at  BIGINT NOT NULL,
    UNIQUE (account_id, public_key)
);

-- A session is the family of all tokens that came from one interactive sign-in.
CREATE TABLE sessions (
    id           TEXT   NOT NULL PRIMARY KEY,
    account_id   TEXT   NOT NULL REFERENCES accounts (id),
    device_id    TEXT   REFERENCES devices (id),
    signed_in_at BIGINT NOT NULL,
    ended_at     BIGINT,
    end_reason   TEXT
);
CREATE INDEX sessions_by_account ON sessions (account_id);

-- Tokens are stored as the SHA-256 of what was given out. `kind` is `bearer` or `cookie`.
CREATE TABLE access_tokens (
    hash       TEXT   NOT NULL PRIMARY KEY,
    session_id TEXT   NOT NULL REFERENCES sessions (id),
    kind       TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX access_tokens_by_session ON access_tokens (session_id);
CREATE INDEX access_tokens_by_end ON access_tokens (expires_at);

-- `claimed_at` is set once, by the request that exchanged the token; `child_hash` is what it got for it.
CREATE TABLE refresh_tokens (
    hash       TEXT   NOT NULL PRIMARY KEY,
    session_id TEXT   NOT NULL REFERENCES sessions (id),
    expires_at BIGINT NOT NULL,
    claimed_at BIGINT,
    child_hash TEXT
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_by_end ON refresh_tokens (expires_at);

-- Every lease that was signed; the sequence counts up for each person, product and device.
CREATE TABLE leases (
    id                   TEXT   NOT NULL PRIMARY KEY,
    account_id           TEXT   NOT NULL REFERENCES accounts (id),
    product              TEXT   NOT NULL,
    device_id            TEXT   NOT NULL REFERENCES devices (id),
    subscription_id      TEXT   NOT NULL REFERENCES subscriptions (id),
    sequence             BIGINT NOT NULL,
    issued_at            BIGINT NOT NULL,
    identity_verified_at BIGINT NOT NULL,
    verify_by            BIGINT NOT NULL,
    UNIQUE (account_id, product, device_id, sequence)
);

-- What each device last reported as installed.
CREATE TABLE installations (
    device_id   TEXT   NOT NULL REFERENCES devices (id),
    product     TEXT   NOT NULL,
    version     TEXT   NOT NULL,
    reported_at BIGINT NOT NULL,
    PRIMARY KEY (device_id, product)
);

-- Append-only: who did what to which thing, written in the transaction of the deed itself.
CREATE TABLE audit (
    id              TEXT   NOT NULL PRIMARY KEY,
    at              BIGINT NOT NULL,
    organisation_id TEXT,
    actor           TEXT   NOT NULL,
    act             TEXT   NOT NULL,
    subject         TEXT   NOT NULL,
    details         TEXT   NOT NULL
);
CREATE INDEX audit_by_organisation ON audit (organisation_id, at);
