//! Whether there is a display, and whether a GPU is behind it, before anything is started.

use super::start_error::StartError;

/// Which windowing system to ask, where there is a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Backend {
    /// The only one there is.
    #[cfg_attr(all(unix, not(target_os = "macos")), expect(dead_code, reason = "there is a choice here"))]
    Native,
    #[cfg_attr(not(all(unix, not(target_os = "macos"))), expect(dead_code, reason = "not on this system"))]
    Wayland,
    #[cfg_attr(not(all(unix, not(target_os = "macos"))), expect(dead_code, reason = "not on this system"))]
    X11,
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(super) fn find() -> Result<Backend, StartError> {
    Ok(Backend::Native)
}

/// The windowing system that answers, Wayland first.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn find() -> Result<Backend, StartError> {
    if unix::wayland_answers() {
        Ok(Backend::Wayland)
    } else if unix::x11_answers() {
        Ok(Backend::X11)
    } else {
        Err(StartError::NoDisplay)
    }
}

/// Windows names the session of a remote desktop; its OpenGL is version 1.1.
#[cfg(windows)]
pub(super) fn is_gpu_likely() -> bool {
    is_console(std::env::var("SESSIONNAME").ok().as_deref())
}

#[cfg(any(windows, test))]
fn is_console(session: Option<&str>) -> bool {
    session.is_none_or(|name| name.is_empty() || name.eq_ignore_ascii_case("console"))
}

#[cfg(not(any(windows, all(unix, not(target_os = "macos")))))]
pub(super) fn is_gpu_likely() -> bool {
    true
}

#[cfg(all(unix, not(target_os = "macos")))]
pub(super) use unix::is_gpu_likely;

#[cfg(all(unix, not(target_os = "macos")))]
mod unix {
    use std::net::{TcpStream, ToSocketAddrs as _};
    use std::os::unix::net::UnixStream;
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    // A display on another machine that is gone would otherwise keep one waiting for minutes.
    const PATIENCE: Duration = Duration::from_secs(2);

    fn variable(name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }

    pub(super) fn wayland_answers() -> bool {
        if variable("WAYLAND_SOCKET").is_some() {
            return true;
        }
        let Some(name) = variable("WAYLAND_DISPLAY") else { return false };
        let socket = match variable("XDG_RUNTIME_DIR") {
            Some(folder) => PathBuf::from(folder).join(name),
            None => PathBuf::from(name),
        };
        UnixStream::connect(socket).is_ok()
    }

    pub(super) fn x11_answers() -> bool {
        let Some(display) = variable("DISPLAY") else { return false };
        let Some((host, number)) = parts(&display) else { return false };
        if host.is_empty() || host == "unix" {
            local_x11_answers(number)
        } else if let Some(socket) = host.strip_prefix('/') {
            UnixStream::connect(format!("/{socket}:{number}")).is_ok()
        } else {
            let addresses = (host, 6000 + number).to_socket_addrs();
            addresses.is_ok_and(|mut all| all.any(|it| TcpStream::connect_timeout(&it, PATIENCE).is_ok()))
        }
    }

    #[cfg(target_os = "linux")]
    fn local_x11_answers(number: u16) -> bool {
        use std::os::linux::net::SocketAddrExt as _;
        use std::os::unix::net::SocketAddr;

        let socket = format!("/tmp/.X11-unix/X{number}");
        let hidden = SocketAddr::from_abstract_name(&socket).and_then(|it| UnixStream::connect_addr(&it));
        UnixStream::connect(&socket).is_ok()
            || hidden.is_ok()
            || TcpStream::connect(("localhost", 6000 + number)).is_ok()
    }

    #[cfg(not(target_os = "linux"))]
    fn local_x11_answers(number: u16) -> bool {
        UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).is_ok()
    }

    /// Host and number of `host:number.screen`.
    fn parts(display: &str) -> Option<(&str, u16)> {
        let (host, rest) = display.rsplit_once(':')?;
        // Six thousand is added to it, and the sum is a port.
        let number = rest.split('.').next()?.parse().ok().filter(|number| *number < 50_000)?;
        Some((host, number))
    }

    /// False where OpenGL could only be done in software: no device, or a display on another machine.
    pub(in super::super) fn is_gpu_likely() -> bool {
        let in_software =
            variable("LIBGL_ALWAYS_SOFTWARE").is_some_and(|value| value != "0" && value != "false");
        let far_away = !wayland_answers()
            && variable("DISPLAY").is_some_and(|display| {
                parts(&display)
                    .is_some_and(|(host, _)| !host.is_empty() && host != "unix" && !host.starts_with('/'))
            });
        has_device() && !in_software && !far_away
    }

    /// A card that can draw, or the way out of a Linux inside Windows; other systems are not asked.
    fn has_device() -> bool {
        // Where Linux numbers cards that can draw from; eight of them are more than any desk has.
        let mut cards = (128..136).map(|number| format!("/dev/dri/renderD{number}"));
        !cfg!(target_os = "linux")
            || cards.any(|path| Path::new(&path).exists())
            || ["/dev/nvidiactl", "/dev/dxg"].iter().any(|path| Path::new(path).exists())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_display_is_a_host_a_number_and_a_screen() {
            assert_eq!(parts(":0"), Some(("", 0)));
            assert_eq!(parts("localhost:10.0"), Some(("localhost", 10)));
            assert_eq!(parts("unix:1"), Some(("unix", 1)));
            assert_eq!(parts("nonsense"), None);
            assert_eq!(parts(":x"), None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_session_is_not_the_console() {
        assert!(is_console(None));
        assert!(is_console(Some("Console")));
        assert!(!is_console(Some("RDP-Tcp#12")));
        assert!(!is_console(Some("ICA-TCP#0")));
    }
}
