//! The serial numbers of products on devices.

use super::value::{Micros, micros};
use super::{Connection, Tx, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{DeviceId, ProductId};

statements! {
    ONE = "SELECT serial, attached_at, previous FROM serials WHERE device_id = $1 AND product = $2";
    // Entering the same one again changes nothing, so that an undo still brings back the one before.
    ATTACH = "INSERT INTO serials (device_id, product, serial, attached_at) VALUES ($1, $2, $3, $4)
              ON CONFLICT (device_id, product)
              DO UPDATE SET previous = serials.serial, serial = excluded.serial, attached_at = excluded.attached_at
              WHERE serials.serial <> excluded.serial";
    UNDO = "UPDATE serials SET serial = previous, previous = NULL, attached_at = $3
            WHERE device_id = $1 AND product = $2 AND previous IS NOT NULL";
}

/// The serial number of a product on a device.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct SerialRow {
    pub serial: String,
    #[sqlx(try_from = "i64")]
    pub attached_at: Micros,
    pub previous: Option<String>,
}

/// The serial number of a product on a device, if one is attached.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn one(
    connection: &mut Connection,
    device: DeviceId,
    product: &ProductId,
) -> Result<Option<SerialRow>, Error> {
    let query = sqlx::query_as(ONE)
        .bind(device.to_string())
        .bind(product.as_str());
    query
        .fetch_optional(connection)
        .await
        .act("look up a serial number")
}

/// Attaches a serial number. Answers whether it is another one than before.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn attach(
    tx: &mut Tx,
    device: DeviceId,
    product: &ProductId,
    serial: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let query = sqlx::query(ATTACH)
        .bind(device.to_string())
        .bind(product.as_str());
    let done = query.bind(serial).bind(micros(now)).execute(&mut **tx).await;
    Ok(done.act("attach a serial number")?.rows_affected() == 1)
}

/// Brings the serial number before back. Answers whether there was one.
///
/// # Errors
/// [`Error::Store`] where it cannot be written.
pub async fn undo(tx: &mut Tx, device: DeviceId, product: &ProductId, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(UNDO).bind(device.to_string()).bind(product.as_str());
    let done = query.bind(micros(now)).execute(&mut **tx).await;
    Ok(done.act("take a serial number back")?.rows_affected() == 1)
}
