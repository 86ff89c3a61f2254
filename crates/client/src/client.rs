//! The client: one home, one account service, and everything that is done between them.

use crate::catalogue::{ContentCache, Opening};
use crate::content_servers::FoundServers;
use crate::error::Error;
use crate::feed::Hub;
use crate::invitation::Invited;
use crate::job::Jobs;
use crate::job::desk::Desk;
use crate::links_ahead::LinksAhead;
use crate::peers::Neighbourhood;
use crate::policy::PolicyBook;
use crate::reach::LastAnswer;
use crate::settings::SettingsFile;
use crate::texts::Texts;
use crate::view::AppView;
use camino::Utf8PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock};
use toolcrib_account::Account;
use toolcrib_machine::clock::{Clock, SystemClock};
use toolcrib_machine::facts::Isolation;
use toolcrib_machine::folders::Home;
use toolcrib_machine::secrets::{FileSecrets, SecretStore};
use toolcrib_model::{Platform, Rate};
use toolcrib_net::dns::Resolver;
use toolcrib_net::{Http, SafeUrl, Settings as HttpSettings, Throttle};
use toolcrib_pac::Follower;

/// How a client is opened.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The folder for all state; `None` for this person's usual one.
    pub home: Option<Utf8PathBuf>,
    /// The account service; `None` for the one that the person last signed in to.
    pub server: Option<String>,
    /// How the face calls itself to servers.
    pub user_agent: String,
    /// The program `toolcrib`, for products that ask the client about their licence.
    pub program: Option<Utf8PathBuf>,
    /// Where facts are read that may hang.
    pub probes: Isolation,
    /// Whether a job waits for what is missing.
    pub patience: Patience,
    /// Whether this face tells on the desktop when a job ends; the person's settings can forbid it.
    pub notifications: bool,
    /// Where other computers of the local network are looked for, if the person wants that.
    pub neighbourhood: Neighbourhood,
    /// Where names are asked for, if the person or the organisation wants content servers to be found.
    pub resolver: Resolver,
}

/// Whether a job waits for what is missing: a network, room on the disk, programs that are to be closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patience {
    /// It fails, and can be started again: what a script expects.
    #[default]
    None,
    /// It waits until it is there: what a person in front of a window expects (S-125).
    UntilBack,
}

/// Everything that a person can do. Clones are the same client.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) home: Home,
    pub(crate) options: Options,
    pub(crate) settings: SettingsFile,
    pub(crate) policy: PolicyBook,
    pub(crate) texts: Texts,
    pub(crate) cache: ContentCache,
    pub(crate) secrets: Arc<dyn SecretStore>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) jobs: Jobs,
    pub(crate) desk: Desk,
    pub(crate) hub: Hub,
    pub(crate) watching: AtomicBool,
    pub(crate) last_answer: LastAnswer,
    pub(crate) seat: Mutex<Option<Account>>,
    pub(crate) opening: Opening,
    pub(crate) links_ahead: LinksAhead,
    pub(crate) found_servers: FoundServers,
    pub(crate) invited: Mutex<Invited>,
    http: OnceLock<Http>,
    /// Who follows the organisation's script that chooses proxies, if there is one.
    pub(crate) follower: OnceLock<Option<Arc<Follower>>>,
    /// What everything here that is fetched keeps to.
    pub(crate) throttle: Throttle,
    /// A limit of this process alone.
    pub(crate) own_limit: OnceLock<Rate>,
}

impl Client {
    /// Opens the client of one home. Nothing is sent anywhere.
    ///
    /// # Errors
    /// When the home cannot be used.
    pub fn open(options: Options) -> Result<Self, Error> {
        let home = Home::open(options.home.clone()).map_err(Error::Machine)?;
        let secrets = FileSecrets::open(home.secrets()).map_err(Error::Machine)?;
        Ok(Self(Arc::new(Inner {
            settings: SettingsFile::new(home.settings()),
            policy: PolicyBook::default(),
            texts: Texts::new(home.root().join("texts.json")),
            cache: ContentCache::new(home.catalogue().join("content")),
            secrets: Arc::new(secrets),
            clock: Arc::new(SystemClock),
            jobs: Jobs::new(home.jobs()),
            desk: Desk::default(),
            hub: Hub::default(),
            watching: AtomicBool::new(false),
            last_answer: LastAnswer::default(),
            seat: Mutex::new(None),
            opening: Opening::default(),
            links_ahead: LinksAhead::default(),
            found_servers: FoundServers::default(),
            invited: Mutex::default(),
            http: OnceLock::new(),
            follower: OnceLock::new(),
            throttle: Throttle::default(),
            own_limit: OnceLock::new(),
            home,
            options,
        })))
    }

    /// This client and whose it is.
    pub fn app(&self) -> AppView {
        let server = self.server().ok();
        AppView {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            platform: Platform::current(),
            signed_in: server.is_some() && self.is_signed_in(),
            server: server.map(|server| server.to_string()),
            secrets_place: self.0.secrets.place().to_owned(),
        }
    }

    /// The account service: where the person signed in, else as told at the start, else as remembered.
    pub(crate) fn server(&self) -> Result<SafeUrl, Error> {
        if let Some(account) = self.seat().as_ref() {
            return Ok(account.server().clone());
        }
        let known = match self.0.options.server.clone() {
            Some(server) => Some(server),
            None => self.0.settings.read()?.server,
        };
        parse_server(&known.ok_or(Error::NoServer)?)
    }

    /// The one HTTP stack, made when it is first needed: reading the system's trusted roots takes its time.
    pub(crate) fn http(&self) -> Result<&Http, Error> {
        if let Some(http) = self.0.http.get() {
            return Ok(http);
        }
        let settings = HttpSettings {
            proxy: self.proxy_choice(),
            ..HttpSettings::new(self.0.options.user_agent.clone())
        };
        let made = Http::new(settings).map_err(Error::Net)?;
        let made = made.limited_by(self.0.throttle.clone());
        Ok(self.0.http.get_or_init(|| made))
    }

    /// Pauses what runs in this process and waits until it stands still; to be called before the program ends.
    pub async fn close(&self) {
        self.0.found_servers.close();
        self.0.desk.close().await;
    }
}

/// The address of an account service, as a person gives it.
pub(crate) fn parse_server(raw: &str) -> Result<SafeUrl, Error> {
    SafeUrl::parse(raw.trim_end_matches('/')).map_err(|source| Error::BadServer {
        server: raw.to_owned(),
        source,
    })
}
