//! Releases that devices had while their people might have them.

use super::{Connection, Tx, Word, statements};
use crate::error::{Act, Error};
use toolcrib_model::{DeviceId, ProductId, Version};

statements! {
    KEEP = "INSERT INTO kept_releases (device_id, product, version) VALUES ($1, $2, $3)
            ON CONFLICT (device_id, product, version) DO NOTHING";
    FORGET = "DELETE FROM kept_releases WHERE device_id = $1 AND product = $2";
    INSTALLED = "SELECT i.version FROM installations i
                 JOIN kept_releases k ON k.device_id = i.device_id AND k.product = i.product AND k.version = i.version
                 WHERE i.device_id = $1 AND i.product = $2";
}

/// Notes that a device had a release that its person might have.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn keep(
    tx: &mut Tx,
    device: DeviceId,
    (product, version): (&ProductId, &Version),
) -> Result<(), Error> {
    let query = sqlx::query(KEEP).bind(device.to_string());
    let query = query.bind(product.as_str()).bind(version.to_string());
    query
        .execute(&mut **tx)
        .await
        .act("note a release that a device had")
        .map(drop)
}

/// Forgets every release of a product that a device had.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn forget(tx: &mut Tx, device: DeviceId, product: &ProductId) -> Result<(), Error> {
    let query = sqlx::query(FORGET)
        .bind(device.to_string())
        .bind(product.as_str());
    query
        .execute(&mut **tx)
        .await
        .act("forget the releases that a device had")
        .map(drop)
}

/// The release of a product that is installed on a device, if it was noted.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn installed(
    connection: &mut Connection,
    device: DeviceId,
    product: &ProductId,
) -> Result<Option<Version>, Error> {
    let query = sqlx::query_scalar(INSTALLED)
        .bind(device.to_string())
        .bind(product.as_str());
    let raw: Option<String> = query
        .fetch_optional(connection)
        .await
        .act("look up a release that a device had")?;
    raw.map(|raw| Word::try_from(raw).map(|word| word.0)).transpose()
}
