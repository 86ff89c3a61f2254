-- A check of many computers. Whoever knows its id may send a report to it, so the id is random throughout (UUIDv4).
-- `bundle` is the signed document that every computer gets; what the check asks never changes afterwards.
CREATE TABLE readiness_checks (
    id              TEXT   NOT NULL PRIMARY KEY,
    organisation_id TEXT   NOT NULL REFERENCES organisations (id),
    created_by      TEXT   NOT NULL REFERENCES accounts (id),
    title           TEXT   NOT NULL,
    bundle          TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    closed_at       BIGINT
);
CREATE INDEX readiness_checks_by_organisation ON readiness_checks (organisation_id, created_at, id);

-- A computer as its newest report tells of it, known by its key. `name_key` is what names are compared by;
-- `sort_key` is `name_key/id`, in which order lists go on. `change` compares with the report before.
CREATE TABLE readiness_machines (
    id          TEXT   NOT NULL PRIMARY KEY,
    check_id    TEXT   NOT NULL REFERENCES readiness_checks (id),
    device_key  TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    name_key    TEXT   NOT NULL,
    sort_key    TEXT   NOT NULL,
    verdict     TEXT   NOT NULL,
    change      TEXT   NOT NULL,
    made_at     BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    UNIQUE (check_id, device_key)
);
CREATE UNIQUE INDEX readiness_machines_in_order ON readiness_machines (check_id, sort_key);
CREATE INDEX readiness_machines_by_name ON readiness_machines (check_id, name_key);
CREATE INDEX readiness_machines_by_verdict ON readiness_machines (check_id, verdict);

-- The signed reports as they came, compressed; the newest few of each computer.
CREATE TABLE readiness_reports (
    id          TEXT   NOT NULL PRIMARY KEY,
    machine_id  TEXT   NOT NULL REFERENCES readiness_machines (id),
    verdict     TEXT   NOT NULL,
    sha256      TEXT   NOT NULL,
    document    BLOB   NOT NULL,
    made_at     BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    UNIQUE (machine_id, made_at)
);

-- What each computer's newest report found wanting; what passed is only in the report. `product` is empty for the
-- organisation's own rules.
CREATE TABLE readiness_findings (
    machine_id TEXT NOT NULL REFERENCES readiness_machines (id),
    product    TEXT NOT NULL,
    rule       TEXT NOT NULL,
    check_id   TEXT NOT NULL REFERENCES readiness_checks (id),
    verdict    TEXT NOT NULL,
    measured   TEXT NOT NULL,
    needed     TEXT NOT NULL,
    PRIMARY KEY (machine_id, product, rule)
);
CREATE INDEX readiness_findings_by_cause ON readiness_findings (check_id, product, rule, verdict);

-- How each computer's newest report fares for each product of the check.
CREATE TABLE readiness_product_verdicts (
    machine_id TEXT NOT NULL REFERENCES readiness_machines (id),
    product    TEXT NOT NULL,
    verdict    TEXT NOT NULL,
    PRIMARY KEY (machine_id, product)
);

-- The computers from which reports are awaited.
CREATE TABLE readiness_expected (
    check_id TEXT NOT NULL REFERENCES readiness_checks (id),
    name_key TEXT NOT NULL,
    name     TEXT NOT NULL,
    PRIMARY KEY (check_id, name_key)
);

-- A finding that somebody answers for, on one computer or, without `machine_id`, on all of the check.
CREATE TABLE readiness_exceptions (
    id          TEXT   NOT NULL PRIMARY KEY,
    check_id    TEXT   NOT NULL REFERENCES readiness_checks (id),
    product     TEXT   NOT NULL,
    rule        TEXT   NOT NULL,
    machine_id  TEXT   REFERENCES readiness_machines (id),
    reason      TEXT   NOT NULL,
    accepted_by TEXT   NOT NULL REFERENCES accounts (id),
    accepted_at BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL
);
CREATE INDEX readiness_exceptions_by_cause ON readiness_exceptions (check_id, product, rule);

-- Signed statements of how a check stood at one moment.
CREATE TABLE readiness_sign_offs (
    id        TEXT   NOT NULL PRIMARY KEY,
    check_id  TEXT   NOT NULL REFERENCES readiness_checks (id),
    signed_by TEXT   NOT NULL REFERENCES accounts (id),
    signed_at BIGINT NOT NULL,
    document  TEXT   NOT NULL
);
CREATE INDEX readiness_sign_offs_by_check ON readiness_sign_offs (check_id, signed_at, id);

-- Whether a customer sees the facts of the computers that use the client; off where there is no row.
CREATE TABLE device_facts_settings (
    organisation_id TEXT    NOT NULL PRIMARY KEY REFERENCES organisations (id),
    collected       BOOLEAN NOT NULL,
    changed_by      TEXT    NOT NULL REFERENCES accounts (id),
    changed_at      BIGINT  NOT NULL
);

-- The facts that a device last told, while its customer collects them.
CREATE TABLE device_facts (
    device_id   TEXT   NOT NULL PRIMARY KEY REFERENCES devices (id),
    facts       TEXT   NOT NULL,
    received_at BIGINT NOT NULL
);
