//! How fast may be fetched.

use toolcrib_client::view::LimitView;
use toolcrib_model::ByteSize;

/// What is set, what of it holds now, and whether it can be changed.
pub(crate) fn limit(view: &LimitView) -> String {
    match view.by_policy {
        true => format!("{}\nYour organisation has set this.", speeds(view)),
        false => speeds(view),
    }
}

fn speeds(view: &LimitView) -> String {
    let Some(hours) = &view.set.hours else {
        return format!("Everything is fetched {}.", speed(view.set.usual_bytes_per_s));
    };
    format!(
        "From {} to {} everything is fetched {},\nat all other times {}.\nNow it is {}.",
        hours.from,
        hours.to,
        speed(hours.bytes_per_s),
        speed(view.set.usual_bytes_per_s),
        speed(view.now_bytes_per_s)
    )
}

/// A rate in words.
pub(crate) fn speed(bytes_per_s: Option<u64>) -> String {
    bytes_per_s.map_or_else(
        || "as fast as it goes".to_owned(),
        |rate| format!("at most {}/s", ByteSize(rate)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use toolcrib_client::view::{LimitChoice, LimitHours};

    #[test]
    fn what_is_set_is_said_in_words() {
        let mut view = LimitView {
            set: LimitChoice::default(),
            now_bytes_per_s: None,
            by_policy: false,
        };
        assert_eq!(limit(&view), "Everything is fetched as fast as it goes.");
        view.set = LimitChoice {
            usual_bytes_per_s: Some(2_000_000),
            hours: Some(LimitHours {
                from: "08:00".to_owned(),
                to: "18:00".to_owned(),
                bytes_per_s: Some(500_000),
            }),
        };
        view.now_bytes_per_s = Some(500_000);
        assert_eq!(
            limit(&view),
            "From 08:00 to 18:00 everything is fetched at most 500.0 kB/s,\nat all other times at most 2.0 MB/s.\nNow it is at most 500.0 kB/s."
        );
        view.set = LimitChoice::default();
        view.by_policy = true;
        assert_eq!(
            limit(&view),
            "Everything is fetched as fast as it goes.\nYour organisation has set this."
        );
    }
}
