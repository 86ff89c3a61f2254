//! One row for each key: what may be written there and what it does. The templates and the page for administrators are
//! made of it, and the bounds here are those that [the judge](super::judge) keeps to.

use super::Key;

/// The most content servers.
pub(super) const MOST_SERVERS: usize = 8;
/// The most domains below which content servers are looked for.
pub(super) const MOST_DOMAINS: usize = 4;
/// The most connections that a job ever has.
pub(super) const MOST_CONNECTIONS: u32 = 32;
/// The lowest limit, in bytes a second (`toolcrib_model::Rate`).
const LEAST_RATE: u32 = 16_000;

/// One key, for administrators.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// Its name for people.
    pub(super) title: &'static str,
    /// What it does, as sentences; what is written as it stands is between backticks.
    pub(super) words: &'static str,
    /// What may be written there.
    pub(super) kind: Kind,
    /// A value, as JSON.
    pub(super) sample: &'static str,
}

/// What may be written at a key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A text; the shape of it in words.
    Text(&'static str),
    /// One of these words.
    Choice(&'static [Choice]),
    /// A whole number, both ends allowed.
    Number {
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Several texts in their order; the shape in words.
    List(&'static str),
    /// A text for each name; the shape in words.
    Table(&'static str),
    /// Values that are set together, in groups.
    Groups(&'static [Group]),
}

/// A word that may be written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) word: &'static str,
    /// What it means.
    pub(super) title: &'static str,
}

/// Values that are only set together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// The member of the key that holds them; `None` where the key itself does.
    pub(super) member: Option<&'static str>,
    pub(super) title: &'static str,
    pub(super) parts: &'static [Part],
}

/// One value of a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) kind: PartKind,
}

/// What may be written there.
#[derive(Clone, Copy, Debug)]
pub(super) enum PartKind {
    /// Bytes a second, at least so many.
    Rate(u32),
    /// A time of the day such as `08:00`.
    Time,
}

const UPDATES: &[Choice] = &[
    choice("free", "Installed as everybody wants it"),
    choice("disabled", "Neither offered nor installed"),
];

const PEERS: &[Choice] = &[
    choice("off", "Nothing is given or taken"),
    choice("allowed", "Everybody may switch it on"),
    choice("on", "Always"),
];

const METERED: &[Choice] = &[
    choice("ask", "Ask before more than 20 MB are fetched"),
    choice("never", "Never fetch more than 20 MB"),
    choice("free", "As on any other network"),
];

const LIMIT: &[Group] = &[
    Group {
        member: None,
        title: "Speed limit",
        parts: &[part(
            "usual_bytes_per_s",
            "Bytes a second",
            PartKind::Rate(LEAST_RATE),
        )],
    },
    Group {
        member: Some("hours"),
        title: "Speed limit at some hours of each day",
        parts: &[
            part("from", "From, such as 08:00", PartKind::Time),
            part("to", "Until, such as 18:00", PartKind::Time),
            part("bytes_per_s", "Bytes a second", PartKind::Rate(LEAST_RATE)),
        ],
    },
];

const fn choice(word: &'static str, title: &'static str) -> Choice {
    Choice { word, title }
}

const fn part(name: &'static str, title: &'static str, kind: PartKind) -> Part {
    Part { name, title, kind }
}

/// The row of a key.
pub(super) const fn row(key: Key) -> Row {
    match key {
        Key::ContentServers => Row {
            title: "Content servers",
            words: "Your own servers of content, the best first. They are asked before the vendor's places; those are asked only for what no server of yours can give. `https://`, or `http://` on the computer itself.",
            kind: Kind::List("addresses, at most 8"),
            sample: r#"["https://content.example"]"#,
        },
        Key::FindContentServers => Row {
            title: "Domains of content servers",
            words: "The DNS of a network may name your content server, if it lies below one of these domains and proves its name by a certificate. An empty list: nobody looks for any. It counts where `content_servers` names none; where it is not set, everybody may decide it (`toolcrib content-servers find`).",
            kind: Kind::List("domains, at most 4"),
            sample: r#"["content.example"]"#,
        },
        Key::Proxy => Row {
            title: "Proxy",
            words: "The proxy for everything; beside `proxy_script` the way where the script cannot be had or fails, and then not `system`. Names and passwords do not belong into what everybody can read.",
            kind: Kind::Text(
                "`system`, `direct`, or an address such as `http://proxy.example:3128` or `socks5://proxy.example:1080`",
            ),
            sample: r#""http://proxy.example:3128""#,
        },
        Key::ProxyScript => Row {
            title: "Script that chooses a proxy (PAC)",
            words: "A script that says for each server by which proxies it is reached, best first (proxy auto-configuration). A file has to be kept as this policy is. Where the script cannot be had or fails, everything goes as `proxy` says, without it directly.",
            kind: Kind::Text(
                "an address such as `https://example.com/proxy.pac` or `http://wpad/wpad.dat`, or a file, `file:///etc/proxy.pac`",
            ),
            sample: r#""https://example.com/proxy.pac""#,
        },
        Key::Connections => Row {
            title: "Connections",
            words: "The most connections of one job; 1 is a single one. Without it their number is found out by measuring, up to 32.",
            kind: Kind::Number {
                least: 1,
                most: MOST_CONNECTIONS,
            },
            sample: "8",
        },
        Key::Limit => Row {
            title: "Speed limit",
            words: "How fast one computer fetches, with another rate at some hours, as `toolcrib limit --json` tells it below `set`. `--limit` may be less for one run, never more. For all computers of a site together, limit the content server.",
            kind: Kind::Groups(LIMIT),
            sample: r#"{ "usual_bytes_per_s": 5000000, "hours": { "from": "08:00", "to": "18:00", "bytes_per_s": 500000 } }"#,
        },
        Key::Updates => Row {
            title: "Updates",
            words: "`disabled`: what is installed is neither offered nor given another release. What is not installed can still be installed.",
            kind: Kind::Choice(UPDATES),
            sample: r#""free""#,
        },
        Key::Target => Row {
            title: "Wanted releases",
            words: "The release of a product that is wanted here. It alone is offered and can be installed, also where a newer one is here already; it goes before `updates`. Going back to a release that is kept on the computer (`toolcrib rollback`) stays possible.",
            kind: Kind::Table("product → version"),
            sample: r#"{ "sample-studio": "1.0.0" }"#,
        },
        Key::Peers => Row {
            title: "Computers nearby",
            words: "Whether computers on the local network give each other content.",
            kind: Kind::Choice(PEERS),
            sample: r#""allowed""#,
        },
        Key::Metered => Row {
            title: "Metered networks",
            words: "On a metered network: everybody is asked before more than 20 MB are fetched, or nobody can agree to that, or it is as any other network.",
            kind: Kind::Choice(METERED),
            sample: r#""ask""#,
        },
        Key::Folder => Row {
            title: "Folder for products",
            words: "The folder in which each new product gets a folder of its own. With `~` in front it lies in each person's own folder; without, everybody who installs has to be able to write there. Nobody can choose another one; what is installed already stays where it is.",
            kind: Kind::Text("a whole path, or one that begins with `~/`"),
            sample: r#""~/Products""#,
        },
    }
}
