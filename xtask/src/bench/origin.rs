//! nginx, which everybody fetches from: the peers their archives, we our parts. What is not content it hands on to the
//! account service, so that the same server sends the bytes of all.

use super::link::Link;
use crate::shell::{Result, command};
use camino::Utf8Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A running nginx; it ends with this value.
pub(super) struct Origin {
    process: Child,
    url: String,
}

impl Origin {
    /// Serves `work` and the content of `catalogue` at the server's side of a link, before the service at `service`.
    pub(super) fn serve(link: &Link, work: &Utf8Path, catalogue: &Utf8Path, service: &str) -> Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let url = format!("http://{}:{port}", link.server());
        let settings = work.join("nginx.conf");
        fs_err::write(&settings, configuration(work, catalogue, &url, service))?;
        let mut nginx = link.at_server(command("nginx", &["-c", settings.as_str(), "-p", work.as_str()]));
        let process = nginx.stderr(Stdio::null()).spawn()?;
        let mut origin = Self { process, url };
        origin.wait_until_ready(link, work)?;
        Ok(origin)
    }

    fn wait_until_ready(&mut self, link: &Link, work: &Utf8Path) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(10);
        let url = format!("{}/nginx.conf", self.files());
        loop {
            let words = ["-s", "-f", "-o", "/dev/null", &url];
            let mut asking = link.at_client(command("curl", &words));
            if asking.current_dir(work).status()?.success() {
                return Ok(());
            }
            if Instant::now() > deadline || self.process.try_wait()?.is_some() {
                return Err("nginx does not answer".into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The address of the service.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The address of the folder that peers' archives are in.
    pub(super) fn files(&self) -> String {
        format!("{}/files", self.url)
    }
}

fn configuration(work: &Utf8Path, catalogue: &Utf8Path, url: &str, service: &str) -> String {
    let address = url.trim_start_matches("http://");
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {work}/nginx-{name}; "))
        .concat();
    format!(
        "daemon off; master_process off; user root; pid {work}/nginx.pid; error_log /dev/null;\n\
         events {{ worker_connections 512; }}\n\
         http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000; {temporary}\n\
         server {{ listen {address};\n\
         location /files/ {{ alias {work}/; }}\n\
         location /content/ {{ alias {catalogue}/content/; if_modified_since off; }}\n\
         location / {{ proxy_pass {service}; proxy_set_header Accept-Encoding \"\"; client_max_body_size 0;\n\
         sub_filter '{service}' '{url}'; sub_filter_once off; sub_filter_types *; }} }} }}\n"
    )
}

impl Drop for Origin {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
