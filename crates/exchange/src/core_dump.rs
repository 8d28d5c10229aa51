//! A program that dies leaves no copy of its memory: the database's key lies in it, and people's data.

/// For the start of every program; what it starts inherits it. One byte is too little for any file, and the one limit at which
/// Linux doesn't pipe a dump to a collector either, which 0 doesn't keep it from (`fs/coredump.c`, core(5)). On Windows
/// dumps are the system's own matter.
pub fn switch_off() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let nothing = Rlimit { current: Some(1), maximum: Some(1) };
        // A limit that already is lower, and may not be raised again, does as well.
        let _ = setrlimit(Resource::Core, nothing);
    }
}
