//! Computers of the local network that give each other what they have.

use toolcrib_client::view::PeersView;
use toolcrib_model::ByteSize;

/// Whether they do, and what came of it.
pub(crate) fn peers(view: &PeersView) -> String {
    let decided = match view.by_policy {
        true => " Your organisation decided this.",
        false => "",
    };
    let mut lines = vec![match view.on {
        true => format!("This computer takes from, and gives to, other computers of its network.{decided}"),
        false => {
            format!("Everything comes from servers; other computers of this network are left alone.{decided}")
        }
    }];
    if view.on {
        lines.push(match view.giving {
            true => "What is installed here can be asked for now.".to_owned(),
            false => {
                "Nothing is given just now: for that the window is open, or `toolcrib peers serve` runs."
                    .to_owned()
            }
        });
    }
    if view.received_bytes > 0 {
        let size = ByteSize(view.received_bytes);
        lines.push(format!(
            "{size} came from other computers instead of from servers."
        ));
    }
    lines.join("\n")
}

/// From whom so much came, for the end of a job.
pub(crate) fn from_peers(bytes: u64, count: u32) -> String {
    format!("{} of it came from {}", ByteSize(bytes), computers(count))
}

/// So many computers of the network.
pub(crate) fn computers(count: u32) -> String {
    match count {
        1 => "1 computer on your network".to_owned(),
        count => format!("{count} computers on your network"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_who_decided_it_and_what_came_are_said() {
        let mut view = PeersView {
            on: false,
            by_policy: false,
            giving: false,
            received_bytes: 0,
        };
        assert_eq!(
            peers(&view),
            "Everything comes from servers; other computers of this network are left alone."
        );
        view = PeersView {
            on: true,
            by_policy: true,
            giving: true,
            received_bytes: 2_000_000,
        };
        assert_eq!(
            peers(&view),
            "This computer takes from, and gives to, other computers of its network. Your organisation decided this.\n\
             What is installed here can be asked for now.\n\
             2.0 MB came from other computers instead of from servers."
        );
        assert_eq!(
            from_peers(500_000, 1),
            "500.0 kB of it came from 1 computer on your network"
        );
    }
}
