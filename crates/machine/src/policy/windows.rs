//! Owners and who may write, as the system itself tells them: a script that asked would be refused where an
//! administrator has shut PowerShell in.

use super::not_kept;
use crate::Result;
use camino::Utf8Path;
use std::ptr::{null_mut, read_unaligned};
use windows::Win32::Foundation::{ERROR_INVALID_SECURITY_DESCR, HLOCAL, LocalFree};
use windows::Win32::Security::Authorization::{
    ConvertSidToStringSidW, GetNamedSecurityInfoW, SE_FILE_OBJECT,
};
use windows::Win32::Security::{
    ACCESS_ALLOWED_ACE, ACL, DACL_SECURITY_INFORMATION, GetAce, OWNER_SECURITY_INFORMATION,
    PSECURITY_DESCRIPTOR, PSID,
};
use windows::core::{Error, HSTRING, PWSTR};

/// The system, the administrators, the installer of Windows itself, and whoever owns the thing.
const ADMINISTRATORS: [&str; 4] = [
    "S-1-5-18",
    "S-1-5-32-544",
    "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
    "S-1-3-0",
];
/// Writing, adding, removing, changing the rules or the owner; by themselves or as a part of "all".
const WRITE: u32 = 0x0000_0002 // data, or files in a folder
    | 0x0000_0004 // more data, or folders in a folder
    | 0x0000_0010 // extended attributes
    | 0x0000_0040 // removing what is in a folder
    | 0x0000_0100 // attributes
    | 0x0001_0000 // removing it
    | 0x0004_0000 // its rules
    | 0x0008_0000 // its owner
    | 0x1000_0000 // all
    | 0x4000_0000; // writing
/// Kinds of rules, and the mark of those that hold for what is below only.
const ALLOWS: u8 = 0;
const DENIES: u8 = 1;
const FOR_BELOW_ONLY: u8 = 0x08;

/// Refuses a file that somebody else than an administrator could have written or put there.
pub(super) fn must_be_kept(path: &Utf8Path) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    for place in [path, folder] {
        let writers = writers(place)
            .map_err(|error| not_kept(path, format!("the system does not say who may write it: {error}")))?;
        if !writers
            .iter()
            .all(|writer| ADMINISTRATORS.contains(&writer.as_str()))
        {
            return Err(not_kept(
                path,
                "others than administrators may write it or its folder",
            ));
        }
    }
    Ok(())
}

/// The owner, and everybody whom a rule lets write: their security identifiers.
fn writers(place: &Utf8Path) -> windows::core::Result<Vec<String>> {
    let (mut owner, mut rules) = (PSID::default(), null_mut::<ACL>());
    let mut held = PSECURITY_DESCRIPTOR::default();
    // SAFETY: the name is ended by a zero, and every place that is written to is ours; what the system made is read until
    // it is given back below, and not afterwards.
    unsafe {
        GetNamedSecurityInfoW(
            &HSTRING::from(place.as_str()),
            SE_FILE_OBJECT,
            OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
            Some(&raw mut owner),
            None,
            Some(&raw mut rules),
            None,
            &raw mut held,
        )
        .ok()?;
        let told = name(owner).and_then(|owner| {
            let mut writers = allowed(rules)?;
            writers.push(owner);
            Ok(writers)
        });
        LocalFree(Some(HLOCAL(held.0)));
        told
    }
}

/// Whom the rules let write. Without rules everybody may do everything; rules of an unknown kind are not guessed at.
///
/// # Safety
/// `rules` is null or a list that the system made and that is still held.
unsafe fn allowed(rules: *const ACL) -> windows::core::Result<Vec<String>> {
    let strange = || Error::from(ERROR_INVALID_SECURITY_DESCR);
    // SAFETY: as the caller says.
    let count = unsafe { rules.as_ref() }.ok_or_else(strange)?.AceCount;
    let mut writers = Vec::new();
    for number in 0..u32::from(count) {
        let mut rule = null_mut();
        // SAFETY: the list holds a rule of this number, which begins with its kind; those that allow have a mask and an
        // identifier behind it.
        unsafe {
            GetAce(rules, number, &raw mut rule)?;
            let rule = rule.cast::<ACCESS_ALLOWED_ACE>();
            let head = read_unaligned(&raw const (*rule).Header);
            match head.AceType {
                _ if head.AceFlags & FOR_BELOW_ONLY != 0 => {}
                DENIES => {}
                ALLOWS if read_unaligned(&raw const (*rule).Mask) & WRITE == 0 => {}
                ALLOWS => writers.push(name(PSID((&raw mut (*rule).SidStart).cast()))?),
                _ => return Err(strange()),
            }
        }
    }
    Ok(writers)
}

/// # Safety
/// `identifier` is one that the system made and that is still held.
unsafe fn name(identifier: PSID) -> windows::core::Result<String> {
    let mut text = PWSTR::null();
    // SAFETY: as the caller says; the text that the system makes is given back once it is copied.
    unsafe {
        ConvertSidToStringSidW(identifier, &raw mut text)?;
        let name = text.to_string();
        LocalFree(Some(HLOCAL(text.0.cast())));
        name.map_err(|_| Error::from(ERROR_INVALID_SECURITY_DESCR))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_person_is_not_believed() {
        let place = tempfile::tempdir().expect("a folder");
        let place = Utf8Path::from_path(place.path()).expect("Unicode");
        let file = place.join("policy.json");
        std::fs::write(&file, "{}").expect("written");
        let writers = writers(&file).expect("told");
        assert!(
            writers.iter().all(|writer| writer.starts_with("S-1-")),
            "{writers:?}"
        );
        assert!(!writers.is_empty(), "it has an owner at least");
        if writers
            .iter()
            .any(|writer| !ADMINISTRATORS.contains(&writer.as_str()))
        {
            let refused = must_be_kept(&file).expect_err("refused").to_string();
            assert!(refused.contains("others than administrators"), "{refused}");
        }
    }
}
