//! The screen does not sleep while a story is shown, where the system lets us say so: on X11. Wayland, Windows and macOS have
//! ways that the toolkit does not lead to; there it is for the system's settings.

use egui::Context;

/// Keeps the screen from going dark.
#[derive(Default)]
pub(in crate::app) struct Awake {
    #[cfg(all(unix, not(target_os = "macos")))]
    display: unix::Display,
}

impl Awake {
    /// Says, once in a while, that somebody looks.
    #[cfg_attr(
        not(all(unix, not(target_os = "macos"))),
        expect(clippy::unused_self, reason = "no way there")
    )]
    pub(in crate::app) fn keep(&mut self, context: &Context) {
        #[cfg(all(unix, not(target_os = "macos")))]
        self.display.keep_awake(context);
        #[cfg(not(all(unix, not(target_os = "macos"))))]
        let _ = context;
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
mod unix {
    use std::time::{Duration, Instant};

    use egui::Context;
    use x11rb::connection::Connection as _;
    use x11rb::protocol::xproto::{ConnectionExt as _, ScreenSaver};
    use x11rb::rust_connection::RustConnection;

    /// More often than any screen is set to sleep.
    const EVERY: Duration = Duration::from_secs(30);

    #[derive(Default)]
    pub(super) struct Display {
        connection: Option<RustConnection>,
        said: Option<Instant>,
        /// There is no such display, or it has gone.
        is_gone: bool,
    }

    impl Display {
        pub(super) fn keep_awake(&mut self, context: &Context) {
            if self.is_gone {
                return;
            }
            let due = self.said.map_or(Duration::ZERO, |said| EVERY.saturating_sub(said.elapsed()));
            if due.is_zero() {
                self.said = Some(Instant::now());
                self.is_gone = self.say().is_none();
            }
            context.request_repaint_after(if due.is_zero() { EVERY } else { due });
        }

        /// None where nobody hears it.
        fn say(&mut self) -> Option<()> {
            if self.connection.is_none() {
                // A window of Wayland's keeps its screen awake by other means.
                let is_x11 =
                    std::env::var_os("WAYLAND_DISPLAY").is_none() && std::env::var_os("DISPLAY").is_some();
                self.connection = is_x11.then(|| x11rb::connect(None).ok()).flatten().map(|(open, _)| open);
            }
            let connection = self.connection.as_ref()?;
            // As if a key had been pressed: the time until the screen sleeps begins anew.
            connection.force_screen_saver(ScreenSaver::RESET).ok()?;
            connection.flush().ok()
        }
    }
}
