//! The public tools that do the same job, each as one line of shell.

use super::packages::Package;
use crate::shell::{self, command};
use camino::Utf8Path;
use std::process::{Command, Stdio};

/// A pipeline of tools; it runs in an empty folder and leaves the tree in it.
pub(super) struct Peer {
    pub(super) name: &'static str,
    pub(super) script: String,
}

/// Who can do the job here, the one that all are compared with first.
pub(super) fn all(package: &Package, base: &str) -> Vec<Peer> {
    let (zip, tar) = (
        format!("{base}/{}.zip", package.name()),
        format!("{base}/{}.tar.zst", package.name()),
    );
    let check = |file: &str, digest: &str| format!("echo '{digest}  {file}' | sha256sum --quiet -c");
    let check_zip = check("peer.zip", &package.zip_digest);
    let aria = format!("aria2c -q -x8 -s8 -k1M --file-allocation=none -o peer.zip {zip} && {check_zip}");
    let mut peers = vec![
        Peer {
            name: "aria2c -x8 → sha256sum → unzip",
            script: format!("{aria} && unzip -q peer.zip -d tree"),
        },
        Peer {
            name: "curl → sha256sum → unzip",
            script: format!("curl -sS -o peer.zip {zip} && {check_zip} && unzip -q peer.zip -d tree"),
        },
        Peer {
            name: "curl | tee sha256sum | tar --zstd",
            script: format!(
                "mkdir tree && mkfifo pipe && {{ sha256sum < pipe > found & }} && \
                 curl -sS {tar} | tee pipe | tar --zstd -x -C tree && wait && grep -q {} found",
                package.tar_digest
            ),
        },
    ];
    if shell::has("bsdtar") {
        peers.push(Peer {
            name: "curl | bsdtar (no digest)",
            script: format!("mkdir tree && curl -sS {zip} | bsdtar -x -C tree -f -"),
        });
    }
    if shell::has("ripunzip") {
        peers.push(Peer {
            name: "aria2c -x8 → sha256sum → ripunzip",
            script: format!("{aria} && ripunzip -q unzip-file -d tree peer.zip"),
        });
    }
    peers.push(Peer {
        name: "curl > file (download alone)",
        script: format!("curl -sS -o peer.tar.zst {tar}"),
    });
    peers.push(Peer {
        name: "cp -r of the tree",
        script: format!("cp -r {} tree", package.tree),
    });
    peers
}

impl Peer {
    /// The command, in this folder.
    pub(super) fn command(&self, folder: &Utf8Path) -> Command {
        // A pipe fails where any of its commands does.
        let mut shell = command("bash", &["-o", "pipefail", "-c", &self.script]);
        shell.current_dir(folder).stdout(Stdio::null());
        shell
    }
}
