//! `fetch`: one file, verified and resumable.

use super::{Outcome, absolute, listen};
use crate::arguments::Fetch;
use crate::exit::Exit;
use crate::file_progress::FileMeter;
use crate::interrupt::Interrupt;
use crate::output::Output;
use serde_json::json;
use toolcrib_client::view::UiError;
use toolcrib_client::{Client, Error, FileFetch, FileRequest, FileState, FileView};
use toolcrib_model::ByteSize;

/// Fetches a file, or goes on with it.
pub(super) async fn fetch(client: &Client, output: Output, asked: Fetch) -> Outcome {
    let interrupt = listen()?;
    if let Some(rate) = asked.limit {
        client.limit_this_process(rate);
    }
    let request = FileRequest {
        to: absolute(&asked.to)?,
        url: asked.url,
        size_bytes: asked.size,
        sha256: asked.sha256,
    };
    let fetch = client.fetch_file(request).map_err(Error::into_view)?;
    let file = follow(output, fetch, interrupt).await?;
    match output.json {
        true => output.line(&json!({ "file": file })),
        false => output.note(&ending(&file)),
    }
    Ok(match file.state {
        FileState::Done | FileState::WasThere => Exit::Done,
        FileState::Paused => Exit::Paused,
    })
}

/// Shows the progress until it ends. Being asked to stop pauses it; being asked twice ends this process at once, which
/// loses nothing that is held.
async fn follow(output: Output, mut fetch: FileFetch, mut interrupt: Interrupt) -> Result<FileView, UiError> {
    let mut meter = FileMeter::new(output);
    let mut asked = false;
    loop {
        tokio::select! {
            progress = fetch.progress() => match progress {
                Some(progress) => meter.show(&progress),
                None => break,
            },
            () = interrupt.next() => {
                if std::mem::replace(&mut asked, true) {
                    std::process::exit(Exit::Paused as i32);
                }
                fetch.pause();
            }
        }
    }
    meter.end();
    fetch.end().await.map_err(Error::into_view)
}

fn ending(file: &FileView) -> String {
    let FileView { path, size_bytes, .. } = file;
    match file.state {
        FileState::Done => format!("`{path}` is here: {}, verified.", ByteSize(*size_bytes)),
        FileState::WasThere => format!("`{path}` was here already, verified."),
        FileState::Paused => format!("`{path}` is paused. The same command goes on with it."),
    }
}
