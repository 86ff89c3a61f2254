//! Owners and who may write, as PowerShell tells them. The path goes by the environment, so that it is never read as a
//! command.

use super::not_kept;
use crate::Result;
use crate::process::run;
use camino::Utf8Path;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(30);
const POWERSHELL: &str = r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe";
/// The owner, and everybody whom a rule lets write, of the file and of its folder: one security identifier a line.
const SCRIPT: &str = "$ErrorActionPreference = 'Stop'; \
    $sid = [System.Security.Principal.SecurityIdentifier]; \
    $write = [System.Security.AccessControl.FileSystemRights]'Write, Delete, ChangePermissions, TakeOwnership'; \
    foreach ($place in $env:TOOLCRIB_PLACE, (Split-Path -Parent $env:TOOLCRIB_PLACE)) { \
        $acl = Get-Acl -LiteralPath $place; \
        $acl.GetOwner($sid).Value; \
        $acl.GetAccessRules($true, $true, $sid) | \
            Where-Object { $_.AccessControlType -eq 'Allow' -and ($_.FileSystemRights -band $write) -and \
                $_.PropagationFlags -ne 'InheritOnly' } | \
            ForEach-Object { $_.IdentityReference.Value } \
    }";
/// The system, the administrators, the installer of Windows itself, and whoever owns the thing.
const ADMINISTRATORS: [&str; 4] = [
    "S-1-5-18",
    "S-1-5-32-544",
    "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
    "S-1-3-0",
];

/// Refuses a file that somebody else than an administrator could have written or put there.
pub(super) fn must_be_kept(path: &Utf8Path) -> Result<()> {
    let place = [("TOOLCRIB_PLACE".to_owned(), path.to_string())];
    let arguments = ["-NoProfile", "-NonInteractive", "-Command", SCRIPT].map(str::to_owned);
    let output = run(POWERSHELL.into(), &arguments, &place, LIMIT)?;
    if !output.success() {
        return Err(not_kept(path, "the system does not say who may write it"));
    }
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut writers = told.lines().map(str::trim).filter(|line| !line.is_empty());
    match writers.all(|writer| ADMINISTRATORS.contains(&writer)) {
        true => Ok(()),
        false => Err(not_kept(
            path,
            "others than administrators may write it or its folder",
        )),
    }
}
