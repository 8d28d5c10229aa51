//! Where this window's desk lies: from the environment, or the user's own folders.

use daiban_contract::Secret;
use daiban_desk::Place;
use std::path::PathBuf;

pub fn from_env() -> Place {
    let path = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = path("HOME").or_else(|| path("USERPROFILE")).unwrap_or_else(|| PathBuf::from("."));
    let data = path("XDG_DATA_HOME").or_else(|| path("LOCALAPPDATA"));
    let state = path("XDG_STATE_HOME").or_else(|| path("LOCALAPPDATA"));
    Place {
        data: path("DAIBAN_DATA")
            .unwrap_or_else(|| data.unwrap_or_else(|| home.join(".local/share")).join("daiban")),
        keys: path("DAIBAN_KEYS")
            .unwrap_or_else(|| state.unwrap_or_else(|| home.join(".local/state")).join("daiban/keys")),
        user: std::env::var("DAIBAN_USER").ok().filter(|user| !user.is_empty()),
        password: std::env::var("DAIBAN_PASSWORD")
            .ok()
            .filter(|password| !password.is_empty())
            .map(Secret::new),
    }
}
