//! What a file is besides its bytes: who may read and write it, its group, its extended attributes and its other
//! names. A file that takes another's place takes these over before it holds anything.

use std::fs::{File, Metadata};
use std::io;

/// Takes over from a file, of which this is known, who may do what with it. In words, what could not be kept.
///
/// # Errors
/// When the permissions themselves cannot be set: then nothing may be written into the new file.
pub(super) fn take_over(new: &File, old: &File, known: &Metadata) -> io::Result<Vec<String>> {
    let mut lost = Vec::new();
    #[cfg(unix)]
    {
        use std::fs::Permissions;
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
        let mut mode = known.mode() & 0o7777;
        // The group first: changing it may clear bits of the mode.
        if new.metadata()?.gid() != known.gid() && fchown(new, None, Some(known.gid())).is_err() {
            // Another group than the old one must not get what was meant for that one.
            mode = mode & !0o070 | (mode & 0o007) << 3;
            lost.push("its group could not be kept, as this user is not in it".to_owned());
        }
        new.set_permissions(Permissions::from_mode(mode))?;
        if !attributes_taken_over(new, old) {
            lost.push("some of its extended attributes could not be kept".to_owned());
        }
    }
    #[cfg(not(unix))]
    {
        let _ = old;
        new.set_permissions(known.permissions())?;
        lost.clear();
    }
    Ok(lost)
}

/// Copies extended attributes, access lists among them; false where one that people set could not be.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn attributes_taken_over(new: &File, old: &File) -> bool {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    // Beyond 64 KiB no file system of Linux has a list or a value.
    let mut names = vec![0_u8; 64 << 10];
    let Ok(length) = flistxattr(old, &mut names[..]) else { return true };
    let mut value = vec![0_u8; 64 << 10];
    let mut all = true;
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let copied = fgetxattr(old, name, &mut value[..])
            .and_then(|length| fsetxattr(new, name, &value[..length], XattrFlags::empty()));
        // What the system sets by itself is its own affair.
        let is_peoples = name.starts_with(b"user.") || name.starts_with(b"system.posix_acl");
        all &= copied.is_ok() || !is_peoples;
    }
    all
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "macos"))))]
fn attributes_taken_over(_new: &File, _old: &File) -> bool {
    true
}

/// How many names a file has.
pub(super) fn names(known: &Metadata) -> u64 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        known.nlink()
    }
    #[cfg(not(unix))]
    {
        let _ = known;
        1
    }
}

/// Whether two names stand for one file; where that cannot be told they do not.
pub(super) fn are_one(first: &Metadata, second: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        (first.dev(), first.ino()) == (second.dev(), second.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = (first, second);
        false
    }
}
