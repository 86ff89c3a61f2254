-- Releases that a device had while its person might have them (S-112): their files are to be had for repair after a lock.
-- What was reported before this was noted counts as such.

CREATE TABLE kept_releases (
    device_id TEXT NOT NULL REFERENCES devices (id),
    product   TEXT NOT NULL,
    version   TEXT NOT NULL,
    PRIMARY KEY (device_id, product, version)
);

INSERT INTO kept_releases (device_id, product, version) SELECT device_id, product, version FROM installations;
