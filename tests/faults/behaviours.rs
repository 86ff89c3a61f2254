//! What a bad origin does, and what must come of it.

use std::time::Duration;
use toolcrib_testkit::origin::{Fault, Times, Trick};

/// One behaviour.
pub(crate) struct Behaviour {
    pub(crate) name: &'static str,
    pub(crate) act: Act,
    pub(crate) times: Times,
    pub(crate) expected: Expected,
}

/// What happens.
#[derive(Clone)]
pub(crate) enum Act {
    /// The origin misbehaves.
    Origin(Fault),
    /// Nobody listens.
    Refused,
}

/// What must come of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// The file, for at most a quarter more bytes than it has.
    Cheaply,
    /// The file; what was wrong as a whole had to come again.
    Again,
    /// A failure that says this.
    Failure(&'static str),
}

const fn of(name: &'static str, act: Act, times: Times, expected: Expected) -> Behaviour {
    Behaviour {
        name,
        act,
        times,
        expected,
    }
}

const fn trick(trick: Trick) -> Act {
    Act::Origin(Fault::Trick(trick))
}

const fn status(status: u16) -> Act {
    Act::Origin(Fault::Status(status))
}

/// All behaviours.
pub(crate) fn all() -> Vec<Behaviour> {
    [
        breaking(),
        ranges(),
        busy(),
        dressed(),
        wrong_content(),
        hopeless(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn breaking() -> Vec<Behaviour> {
    use Expected::Cheaply;
    use Times::{Always, Once, Some};
    let truncate = |after| Act::Origin(Fault::Truncate { after });
    let reset = |after| Act::Origin(Fault::Reset { after });
    let stall = Act::Origin(Fault::Stall {
        after: 100_000,
        pause: Duration::from_secs(300),
    });
    vec![
        of("ends before the first byte", truncate(0), Once, Cheaply),
        of("ends in the middle", truncate(100_000), Once, Cheaply),
        of("ends early at every request", truncate(300_000), Always, Cheaply),
        of(
            "closes without a word",
            trick(Trick::CloseAtOnce),
            Some(2),
            Cheaply,
        ),
        of("closes in the head", trick(Trick::HalfHead), Once, Cheaply),
        of(
            "resets without a word",
            trick(Trick::ResetAtOnce),
            Some(2),
            Cheaply,
        ),
        of("resets in the body", reset(100_000), Some(3), Cheaply),
        of(
            "says nothing at all",
            trick(Trick::SilentBeforeHead),
            Once,
            Cheaply,
        ),
        of(
            "falls silent in the head",
            trick(Trick::SilentInHead),
            Once,
            Cheaply,
        ),
        of("falls silent in the body", stall, Once, Cheaply),
        of("dribbles the head", trick(Trick::DribbleHead), Once, Cheaply),
        of("dribbles the body", trick(Trick::Dribble(60_000)), Once, Cheaply),
        of(
            "sends headers without end, once",
            trick(Trick::EndlessHeaders),
            Once,
            Cheaply,
        ),
        of("speaks no HTTP, once", trick(Trick::Rubbish), Once, Cheaply),
    ]
}

fn ranges() -> Vec<Behaviour> {
    use Expected::{Again, Cheaply};
    use Times::{Always, Once};
    vec![
        // What the network itself holds of a whole file is lost when its head is refused.
        of(
            "200 for a range, once",
            Act::Origin(Fault::WholeInstead),
            Once,
            Again,
        ),
        of("knows no ranges", Act::Origin(Fault::WholeInstead), Always, Again),
        of(
            "206 that begins later",
            Act::Origin(Fault::OtherRange),
            Once,
            Cheaply,
        ),
        of(
            "206 that claims another end",
            trick(Trick::ClaimEnd),
            Once,
            Cheaply,
        ),
        of(
            "206 of another whole length",
            trick(Trick::ClaimTotal),
            Once,
            Cheaply,
        ),
        of(
            "206 without its range",
            trick(Trick::NoContentRange),
            Once,
            Cheaply,
        ),
        of(
            "206 that is half as long",
            trick(Trick::ClaimShorter),
            Once,
            Cheaply,
        ),
        of("206 with nothing", trick(Trick::Empty), Once, Cheaply),
        of("206 in several parts", trick(Trick::Multipart), Once, Cheaply),
        of("416, once", status(416), Once, Cheaply),
        of("goes on past the end", trick(Trick::PastTheEnd), Always, Cheaply),
        // What the network itself holds of it is lost.
        of("a body without end", Act::Origin(Fault::Endless), Once, Again),
    ]
}

fn busy() -> Vec<Behaviour> {
    use Expected::Cheaply;
    use Times::{Once, Some};
    vec![
        of(
            "503, again in a second",
            Act::Origin(Fault::Unavailable { retry_after_s: 1 }),
            Some(2),
            Cheaply,
        ),
        of("429, again at a time", trick(Trick::BusyUntil), Once, Cheaply),
        of(
            "503, again at nonsense",
            trick(Trick::BusyForNonsense),
            Some(2),
            Cheaply,
        ),
        of("500, three times", status(500), Some(3), Cheaply),
        of("403, once", status(403), Once, Cheaply),
        of("404, once", status(404), Once, Cheaply),
        of("leads on three times", trick(Trick::Hops(2)), Once, Cheaply),
        of("leads in a circle, once", trick(Trick::Hops(9)), Once, Cheaply),
    ]
}

fn dressed() -> Vec<Behaviour> {
    use Expected::{Again, Cheaply};
    use Times::{Always, Once};
    vec![
        of("gzip unasked", Act::Origin(Fault::Encoded), Once, Cheaply),
        of("HTTP/1.0, no ranges", trick(Trick::Http10), Always, Again),
        of("no length", trick(Trick::NoLength), Always, Cheaply),
        of("chunked", trick(Trick::Chunked), Always, Cheaply),
        of("interim answers", trick(Trick::Interim), Always, Cheaply),
        of("a weak tag", trick(Trick::WeakTag), Always, Cheaply),
        of("another tag each time", trick(Trick::RestlessTag), Always, Again),
    ]
}

fn wrong_content() -> Vec<Behaviour> {
    use Expected::Again;
    use Times::{Once, Some};
    vec![
        of(
            "content changes with its tag",
            trick(Trick::OtherContentAndTag),
            Some(2),
            Again,
        ),
        of(
            "content changes, same tag",
            trick(Trick::OtherContent),
            Some(2),
            Again,
        ),
        of(
            "one byte wrong, once",
            Act::Origin(Fault::Corrupt { at: 5_500_000 }),
            Once,
            Again,
        ),
    ]
}

fn hopeless() -> Vec<Behaviour> {
    use Expected::Failure;
    use Times::Always;
    let elsewhere = |place| trick(Trick::LeadsTo(place));
    vec![
        of(
            "nobody listens",
            Act::Refused,
            Always,
            Failure("could not connect"),
        ),
        of("404", status(404), Always, Failure("status 404")),
        of("401", status(401), Always, Failure("status 401")),
        of("407 of a server", status(407), Always, Failure("status 407")),
        of("416", status(416), Always, Failure("has no bytes")),
        of(
            "leads to itself",
            trick(Trick::Circle),
            Always,
            Failure("leads on and on"),
        ),
        of(
            "leads on seven times",
            trick(Trick::Hops(6)),
            Always,
            Failure("leads on and on"),
        ),
        of(
            "leads to a file",
            elsewhere("file:///etc/passwd"),
            Always,
            Failure("only https"),
        ),
        of(
            "leads to plain http",
            elsewhere("http://192.0.2.1/"),
            Always,
            Failure("unprotected"),
        ),
        of(
            "leads nowhere",
            trick(Trick::LeadsNowhere),
            Always,
            Failure("say where to"),
        ),
        of(
            "headers without end",
            trick(Trick::EndlessHeaders),
            Always,
            Failure("broke"),
        ),
        of(
            "a header without end",
            trick(Trick::GiantHeader),
            Always,
            Failure("broke"),
        ),
        of(
            "chunks without end",
            trick(Trick::EndlessChunks),
            Always,
            Failure("another file"),
        ),
        of(
            "chunks of nonsense",
            trick(Trick::BrokenChunks),
            Always,
            Failure("broke"),
        ),
        of("no HTTP", trick(Trick::Rubbish), Always, Failure("broke")),
        of(
            "a page to sign in",
            trick(Trick::Page),
            Always,
            Failure("23 bytes"),
        ),
        of(
            "a shorter file",
            trick(Trick::ShorterFile),
            Always,
            Failure("has no bytes"),
        ),
        of(
            "other content",
            trick(Trick::OtherContent),
            Always,
            Failure("another file"),
        ),
        of(
            "one byte wrong, always",
            Act::Origin(Fault::Corrupt { at: 5_500_000 }),
            Always,
            Failure("another file"),
        ),
        of(
            "gzip unasked, always",
            Act::Origin(Fault::Encoded),
            Always,
            Failure("gzip"),
        ),
        of(
            "206 in several parts, always",
            trick(Trick::Multipart),
            Always,
            Failure("was asked for"),
        ),
        of(
            "never answers",
            trick(Trick::SilentBeforeHead),
            Always,
            Failure("nothing to speak of"),
        ),
        of(
            "dribbles for ever",
            trick(Trick::Dribble(100)),
            Always,
            Failure("nothing to speak of"),
        ),
    ]
}
