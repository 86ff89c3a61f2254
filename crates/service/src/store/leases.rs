//! Leases that were signed, in their order.

use super::value::{Micros, micros};
use super::{Connection, Tx, statements};
use crate::error::{Act, Error};
use sqlx::FromRow;
use toolcrib_model::{AccountId, DeviceId, ProductId};
use toolcrib_wire::lease::LeaseClaims;

statements! {
    LAST = "SELECT sequence, identity_verified_at, verify_by FROM leases
            WHERE account_id = $1 AND product = $2 AND device_id = $3 ORDER BY sequence DESC LIMIT 1";
    ADD = "INSERT INTO leases (id, account_id, product, device_id, subscription_id, sequence, issued_at,
                               identity_verified_at, verify_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

/// The newest lease of a person for a product on a device.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct LastLease {
    pub sequence: i64,
    #[sqlx(try_from = "i64")]
    pub identity_verified_at: Micros,
    #[sqlx(try_from = "i64")]
    pub verify_by: Micros,
}

/// The newest lease of a person for a product on a device, if there was one.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn last(
    connection: &mut Connection,
    account: AccountId,
    product: &ProductId,
    device: DeviceId,
) -> Result<Option<LastLease>, Error> {
    let query = sqlx::query_as(LAST)
        .bind(account.to_string())
        .bind(product.as_str())
        .bind(device.to_string());
    query
        .fetch_optional(connection)
        .await
        .act("look up the last lease")
}

/// Remembers a lease, before it is given out.
///
/// # Errors
/// [`Error::Store`] where it cannot be written, or its sequence number is taken.
pub async fn add(tx: &mut Tx, claims: &LeaseClaims) -> Result<(), Error> {
    let terms = &claims.terms;
    let query = sqlx::query(ADD)
        .bind(claims.lease.to_string())
        .bind(claims.account.to_string());
    let query = query
        .bind(claims.product.as_str())
        .bind(claims.device.to_string());
    let query = query
        .bind(claims.subscription.to_string())
        .bind(claims.sequence.cast_signed());
    let query = query
        .bind(micros(terms.issued_at))
        .bind(micros(terms.identity_verified_at));
    query
        .bind(micros(terms.verify_by))
        .execute(&mut **tx)
        .await
        .act("remember a lease")
        .map(drop)
}
