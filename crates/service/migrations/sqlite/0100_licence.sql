-- The second step, places of products on devices, serial numbers, what happened on a device, the privacy statement.

-- The secret is sealed with a key of the data folder. Without `on_since` it is only offered.
-- `last_step` is the time step of the newest code that was accepted: no code works twice.
CREATE TABLE second_steps (
    account_id    TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
    sealed_secret TEXT   NOT NULL,
    offered_at    BIGINT NOT NULL,
    on_since      BIGINT,
    last_step     BIGINT NOT NULL
);

-- A keyed digest of each code; `used_at` is set once, by the sign-in that used it.
CREATE TABLE recovery_codes (
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    digest     TEXT   NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (account_id, digest)
);

-- On how many computers one person may hold the product at a time.
ALTER TABLE subscriptions ADD COLUMN device_limit BIGINT NOT NULL DEFAULT 2;

-- Stays the same when the client is installed anew: devices with one hint are one computer.
ALTER TABLE devices ADD COLUMN machine_hint TEXT;

-- A place is a device on which a person's seat is in use. It counts until it is released, or until its newest lease
-- has run out.
CREATE TABLE places (
    device_id       TEXT   NOT NULL REFERENCES devices (id),
    product         TEXT   NOT NULL,
    account_id      TEXT   NOT NULL REFERENCES accounts (id),
    subscription_id TEXT   NOT NULL REFERENCES subscriptions (id),
    taken_at        BIGINT NOT NULL,
    last_used_at    BIGINT NOT NULL,
    verify_by       BIGINT NOT NULL,
    works_until     BIGINT NOT NULL,
    offline_until   BIGINT,
    released_at     BIGINT,
    PRIMARY KEY (device_id, product)
);
CREATE INDEX places_by_person ON places (account_id, subscription_id);

-- How the installation came about, and since when there has been one.
ALTER TABLE installations ADD COLUMN brought_by TEXT NOT NULL DEFAULT 'install_now';
ALTER TABLE installations ADD COLUMN fetched_at BIGINT;
ALTER TABLE installations ADD COLUMN installed_at BIGINT NOT NULL DEFAULT 0;
UPDATE installations SET installed_at = reported_at;

-- The serial number of a product on a device; it outlives an installation. `previous` is what an undo brings back.
CREATE TABLE serials (
    device_id   TEXT   NOT NULL REFERENCES devices (id),
    product     TEXT   NOT NULL,
    serial      TEXT   NOT NULL,
    attached_at BIGINT NOT NULL,
    previous    TEXT,
    PRIMARY KEY (device_id, product)
);

-- The timeline of a device, append-only. `actor_id` is whoever did it.
CREATE TABLE device_events (
    id        TEXT   NOT NULL PRIMARY KEY,
    device_id TEXT   NOT NULL REFERENCES devices (id),
    at        BIGINT NOT NULL,
    event     TEXT   NOT NULL,
    product   TEXT,
    reason    TEXT,
    detail    TEXT,
    next_at   BIGINT,
    actor_id  TEXT   REFERENCES accounts (id)
);
CREATE INDEX device_events_by_device ON device_events (device_id, id);

CREATE TABLE privacy_acceptances (
    account_id  TEXT   NOT NULL REFERENCES accounts (id),
    version     TEXT   NOT NULL,
    accepted_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, version)
);
