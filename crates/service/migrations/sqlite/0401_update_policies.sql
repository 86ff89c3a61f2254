-- Update policies (B-16, B-18). `rule` is the policy as the API writes it, in JSON; `halted` lies beside it because it
-- is set at once, whatever becomes of the rule (B-17).

CREATE TABLE update_policies (
    id          TEXT    NOT NULL PRIMARY KEY,
    contract_id TEXT    NOT NULL REFERENCES contracts (id),
    name        TEXT    NOT NULL,
    name_key    TEXT    NOT NULL,
    rule        TEXT    NOT NULL,
    halted      BOOLEAN NOT NULL,
    changed_at  BIGINT  NOT NULL,
    UNIQUE (contract_id, name_key)
);

-- Since when this service offers a release: what its age is counted from.
CREATE TABLE release_sightings (
    product          TEXT   NOT NULL,
    version          TEXT   NOT NULL,
    first_offered_at BIGINT NOT NULL,
    PRIMARY KEY (product, version)
);
