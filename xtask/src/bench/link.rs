//! The links that everything is fetched over: plain loopback, or shaped ones between two network namespaces.
//!
//! Both ends of a shaped link have addresses of 127/8, so that programs which speak plain HTTP to this computer only
//! can be measured over it as they are.

use super::shaper::{Shape, Shaper, open_tun};
use crate::say;
use crate::shell::{self, Result, command};
use std::process::Command;
use std::time::Duration;

/// The client's end of a shaped link.
const CLIENT: &str = "127.77.0.1";
/// The server's end.
const SERVER: &str = "127.77.0.2";
/// The name of the device at each end.
const DEVICE: &str = "crib0";

/// A link to measure over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum, serde::Serialize)]
pub(super) enum Kind {
    /// Loopback as it is.
    Plain,
    /// 1 Gbit/s, by the kernel's own token bucket.
    Gigabit,
    /// 200 Mbit/s, 20 ms there and back.
    Broad,
    /// The same, with 0.5 % of the packets lost.
    Lossy,
    /// 30 Mbit/s, 20 ms: long enough to see whether the remaining time is right.
    Narrow,
}

impl Kind {
    /// What it is called in tables.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain loopback",
            Self::Gigabit => "1 Gbit/s",
            Self::Broad => "200 Mbit/s, 20 ms",
            Self::Lossy => "200 Mbit/s, 20 ms, 0.5 % lost",
            Self::Narrow => "30 Mbit/s, 20 ms",
        }
    }

    /// Bits a second; `None` where nothing limits them.
    pub(super) const fn bits_per_s(self) -> Option<f64> {
        match self {
            Self::Plain => None,
            Self::Gigabit => Some(1e9),
            Self::Broad | Self::Lossy => Some(200e6),
            Self::Narrow => Some(30e6),
        }
    }

    fn shape(self) -> Option<Shape> {
        let loss = if self == Self::Lossy { 0.005 } else { 0.0 };
        match self {
            Self::Plain | Self::Gigabit => None,
            Self::Broad | Self::Lossy | Self::Narrow => Some(Shape {
                bits_per_s: self.bits_per_s()?,
                delay: Duration::from_millis(10),
                loss,
            }),
        }
    }
}

/// A link that is up; it goes down with this value.
pub(super) struct Link {
    /// The namespaces of the server and the client; none for plain loopback.
    sides: Option<[Side; 2]>,
    _shaper: Option<Shaper>,
}

/// A network namespace; it goes with this value.
struct Side(String);

impl Link {
    /// Sets a link up. Shaped ones need the right to make network namespaces.
    pub(super) fn up(kind: Kind) -> Result<Self> {
        if kind == Kind::Plain {
            return Ok(Self {
                sides: None,
                _shaper: None,
            });
        }
        let own = std::process::id();
        let sides = [
            Side::make(format!("crib-s{own}"))?,
            Side::make(format!("crib-c{own}"))?,
        ];
        let shaper = match kind.shape() {
            Some(shape) => Some(tun_between(&sides, shape)?),
            None => bucket_between(&sides, kind.bits_per_s()).map(|()| None)?,
        };
        Ok(Self {
            sides: Some(sides),
            _shaper: shaper,
        })
    }

    /// The server's address as the client sees it.
    pub(super) const fn server(&self) -> &'static str {
        match self.sides {
            None => "127.0.0.1",
            Some(_) => SERVER,
        }
    }

    /// Bytes that have come to the client since the link is up, headers and all.
    pub(super) fn received_bytes(&self) -> Result<u64> {
        let file = match &self.sides {
            None => "/sys/class/net/lo/statistics/rx_bytes".to_owned(),
            Some(_) => format!("/sys/class/net/{DEVICE}/statistics/rx_bytes"),
        };
        Ok(shell::output(self.at_client(command("cat", &[&file])))?
            .trim()
            .parse()?)
    }

    /// The same command, on the server's side.
    pub(super) fn at_server(&self, command: Command) -> Command {
        match &self.sides {
            Some([server, _]) => server.inside(&command),
            None => command,
        }
    }

    /// The same command, on the client's side.
    pub(super) fn at_client(&self, command: Command) -> Command {
        match &self.sides {
            Some([_, client]) => client.inside(&command),
            None => command,
        }
    }
}

impl Side {
    fn make(name: String) -> Result<Self> {
        shell::run(command("ip", &["netns", "add", &name]))?;
        let side = Self(name);
        side.ip("link set lo up")?;
        // Only the one address stays here, so that others of 127/8 can be elsewhere.
        side.ip("address delete 127.0.0.1/8 dev lo")?;
        side.ip("address add 127.0.0.1/32 dev lo")?;
        side.mind_losses()?;
        Ok(side)
    }

    /// What most servers use slows down where packets get lost; BBR hardly does, and would hide what a loss costs.
    fn mind_losses(&self) -> Result<()> {
        let choose = |name| self.set(&format!("net.ipv4.tcp_congestion_control={name}"));
        choose("cubic").or_else(|_| {
            say::note("the kernel allows CUBIC to the first namespace only; this one gets Reno");
            choose("reno")
        })
    }

    fn ip(&self, words: &str) -> Result<()> {
        let mut all = vec!["-n", &self.0];
        all.extend(words.split(' '));
        shell::run(command("ip", &all))
    }

    /// Gives its device an address and lets packets of 127/8 pass.
    fn start(&self, address: &str) -> Result<()> {
        self.ip(&format!("address add {address}/24 dev {DEVICE}"))?;
        self.ip(&format!("link set {DEVICE} up"))?;
        for place in ["all", DEVICE] {
            self.set(&format!("net.ipv4.conf.{place}.route_localnet=1"))?;
        }
        Ok(())
    }

    fn set(&self, setting: &str) -> Result<()> {
        shell::run(self.inside(&command("sysctl", &["-q", "-w", setting])))
    }

    fn inside(&self, inner: &Command) -> Command {
        let mut outer = Command::new("ip");
        outer
            .args(["netns", "exec", &self.0])
            .arg(inner.get_program())
            .args(inner.get_args());
        if let Some(folder) = inner.get_current_dir() {
            outer.current_dir(folder);
        }
        for (name, value) in inner.get_envs() {
            match value {
                Some(value) => outer.env(name, value),
                None => outer.env_remove(name),
            };
        }
        outer
    }
}

impl Drop for Side {
    fn drop(&mut self) {
        let _ = shell::run(command("ip", &["netns", "delete", &self.0]));
    }
}

fn tun_between(sides: &[Side; 2], shape: Shape) -> Result<Shaper> {
    let [server, client] = sides;
    for (side, address) in [(server, SERVER), (client, CLIENT)] {
        side.ip(&format!("tuntap add dev {DEVICE} mode tun"))?;
        side.start(address)?;
    }
    Shaper::start(open_tun(&server.0, DEVICE)?, open_tun(&client.0, DEVICE)?, shape)
}

fn bucket_between(sides: &[Side; 2], bits_per_s: Option<f64>) -> Result<()> {
    let [server, client] = sides;
    server.ip(&format!(
        "link add {DEVICE} type veth peer name {DEVICE} netns {}",
        client.0
    ))?;
    server.start(SERVER)?;
    client.start(CLIENT)?;
    let Some(bits) = bits_per_s else { return Ok(()) };
    let rate = format!("{bits:.0}bit");
    for side in sides {
        let words = [
            "-n", &side.0, "qdisc", "add", "dev", DEVICE, "root", "tbf", "rate", &rate, "burst", "256kb",
            "latency", "40ms",
        ];
        shell::run(command("tc", &words))?;
    }
    Ok(())
}
