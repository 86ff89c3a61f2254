//! nginx on loopback: the origin that the peers fetch from.

use crate::shell::{Result, command};
use camino::Utf8Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A running nginx that serves one folder; it ends with this value.
pub(super) struct Origin {
    process: Child,
    url: String,
}

impl Origin {
    pub(super) fn serve(folder: &Utf8Path, work: &Utf8Path) -> Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let settings = work.join("nginx.conf");
        fs_err::write(&settings, configuration(folder, work, port))?;
        let process = command("nginx", &["-c", settings.as_str(), "-p", work.as_str()])
            .stderr(Stdio::null())
            .spawn()?;
        let origin = Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
        };
        let deadline = Instant::now() + Duration::from_secs(10);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > deadline {
                return Err("nginx does not answer".into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(origin)
    }

    pub(super) fn url(&self, file: &str) -> String {
        format!("{}/{file}", self.url)
    }
}

fn configuration(folder: &Utf8Path, work: &Utf8Path, port: u16) -> String {
    format!(
        "daemon off; master_process off; pid {work}/nginx.pid; error_log /dev/null;\n\
         events {{ worker_connections 256; }}\n\
         http {{ access_log off; sendfile on; tcp_nopush on; client_body_temp_path {work}/b; proxy_temp_path {work}/p;\n\
         fastcgi_temp_path {work}/f; uwsgi_temp_path {work}/u; scgi_temp_path {work}/s;\n\
         server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n"
    )
}

impl Drop for Origin {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
