//! In the last days the desktop is told at a start, too, with the exact date; once a day.

use super::{DONE, installed, says};
use toolcrib_testkit::notifications::Notifications;
use toolcrib_testkit::programs::run;
use toolcrib_testkit::sandbox::SAMPLE;
use toolcrib_testkit::screen::Screen;

#[tokio::test(flavor = "multi_thread")]
async fn in_the_last_days_a_start_tells_the_desktop_until_when_it_works_offline() {
    let mut sandbox = installed();
    let screen = Screen::open(640, 480);
    let mut desktop = Notifications::on(screen.bus()).await;
    let start = |sandbox: &toolcrib_testkit::sandbox::Sandbox| {
        let mut command = sandbox.command(&["launch", SAMPLE]);
        screen.show(&mut command);
        tokio::task::block_in_place(|| run(command, "")).ends_with(DONE)
    };
    start(&sandbox);
    sandbox.go_to_day(28);
    says(&start(&sandbox), "Works offline until");
    let told = desktop.next().await;
    assert_eq!(
        (told.program.as_str(), told.summary.as_str()),
        ("Toolcrib", "Sample Studio")
    );
    assert!(told.body.contains("Works offline until"), "{told:?}");
    let noted = fs_err::read_to_string(sandbox.home().join("reminders.json")).expect("it is noted");
    assert!(noted.contains(SAMPLE), "{noted}");

    // Of the next two starts the first one is on the same day, and says nothing.
    start(&sandbox);
    sandbox.go_to_day(29);
    start(&sandbox);
    let next = desktop.next().await;
    assert_ne!(next.body, told.body, "the same day is told once");
}
