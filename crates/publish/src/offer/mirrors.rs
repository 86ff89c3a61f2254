//! `mirrors`: other places that hold the content. They need no trust, since every byte is checked.

use super::Vendor;
use crate::Error;
use serde::Serialize;

/// Where else the content is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mirrors {
    /// Addresses below which a file is found by its digest.
    pub mirrors: Vec<String>,
}

/// Adds and removes mirrors; one that is there already is not added again.
///
/// # Errors
/// [`Error`] where an address is not plain https (http to this computer itself), or where signing or writing fails.
pub fn mirrors(vendor: &Vendor<'_>, add: &[String], remove: &[String]) -> Result<Mirrors, Error> {
    let (folder, state) = vendor.open()?;
    let mut listing = state.listing.clone();
    listing.mirrors.retain(|mirror| !remove.contains(mirror));
    for mirror in add {
        if !listing.mirrors.contains(mirror) {
            listing.mirrors.push(mirror.clone());
        }
    }
    if listing.mirrors != state.listing.mirrors {
        vendor.commit(&folder, &state, &listing)?;
    }
    Ok(Mirrors {
        mirrors: listing.mirrors,
    })
}
