//! Licences: serial numbers, devices, timelines.

use super::{local, table, word};
use toolcrib_client::view::{DeviceInUseView, SerialView, TimelineView};

/// The other devices that hold a product, numbered to be chosen.
pub(crate) fn devices_in_use(devices: &[DeviceInUseView]) -> String {
    let rows = devices.iter().enumerate().map(|(index, device)| {
        [
            (index + 1).to_string(),
            device.name.clone(),
            device.platform.to_string(),
            local(device.last_used_at),
        ]
    });
    table(["", "COMPUTER", "PLATFORM", "LAST USED"], rows)
}

/// How a serial number stands.
pub(crate) fn serial(serial: &SerialView) -> String {
    let number = match (&serial.serial, serial.asked) {
        (Some(number), _) => number.clone(),
        (None, true) if serial.needed => "none yet".to_owned(),
        (None, true) => "attached".to_owned(),
        (None, false) => "not asked for".to_owned(),
    };
    let mut lines = vec![format!("{}: serial number {number}", serial.product)];
    lines.extend(
        serial
            .start_ends_at
            .map(|end| format!("  works without one until {}", local(end))),
    );
    if serial.can_undo {
        lines.push(format!(
            "  `toolcrib licence set-serial {} --undo` takes it back",
            serial.product
        ));
    }
    lines.join("\n")
}

/// What happened to a licence, the newest first.
pub(crate) fn timeline(timeline: &[TimelineView]) -> String {
    if timeline.is_empty() {
        return "Nothing has happened to this licence here yet.".to_owned();
    }
    let rows = timeline.iter().map(|entry| {
        let why = [entry.reason.as_deref(), entry.rule.as_deref()];
        [
            local(entry.at),
            word(&entry.event),
            why.into_iter().flatten().collect::<Vec<_>>().join(", "),
            entry.next_at.map(local).unwrap_or_default(),
            entry.detail.clone().unwrap_or_default(),
        ]
    });
    table(["WHEN", "WHAT", "WHY (RULE)", "NEXT DATE", ""], rows)
}
