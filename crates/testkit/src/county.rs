//! The sample county in a folder of its own: real SQLite, a real hub on port 0.

use crate::at;
use daiban_contract::{Failure, Secret, act::Enrol, view::Exchanged};
use daiban_desk::{Desk, Place, sample};
use daiban_domain::{Instant, Role};
use daiban_hub::{Hub, Limits, serve};
use daiban_replica::{
    Replica, ReplicaError, TakenTags,
    store::{
        DatabaseKey,
        key::{KeySeal, Login},
    },
};
use ed25519_dalek::SigningKey;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

/// A county with its hub serving, and the sample's three desks.
pub struct County {
    folder: TempDir,
    /// Where the hub listens.
    pub url: String,
    pub hub: Arc<Hub>,
    /// The hub's clock, in milliseconds.
    pub(crate) clock: Arc<AtomicI64>,
    serving: JoinHandle<()>,
}

impl Drop for County {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn beginning() -> Instant {
    at("01-04T08:00")
}

/// Founding a county costs a second; every test gets a copy of one that was founded once.
async fn template() -> &'static Path {
    static TEMPLATE: OnceLock<TempDir> = OnceLock::new();
    if TEMPLATE.get().is_none() {
        let folder = TempDir::new().unwrap();
        let keys = folder.path().join("keys");
        sample(folder.path(), &keys, "http://127.0.0.1:1", beginning).await.unwrap();
        for desk in ["village", "township", "county"] {
            forget_place(&open_replica(&folder.path().join(desk), &keys));
        }
        // Two tests may both have founded one; either will do.
        let _ = TEMPLATE.set(folder);
    }
    TEMPLATE.get().unwrap().path()
}

impl County {
    pub async fn new() -> Self {
        Self::of(template().await).await
    }

    /// A county on a copy of folders that lie elsewhere.
    pub async fn of(elsewhere: &Path) -> Self {
        let folder = TempDir::new().unwrap();
        copy(elsewhere, folder.path());
        let clock = Arc::new(AtomicI64::new(beginning().0));
        let (hub, url, serving) = open_hub(&folder.path().join("hub"), &clock).await;
        Self { folder, url, hub, clock, serving }
    }

    /// Sets the hub's clock, which stands still.
    pub fn hub_says(&self, now: Instant) {
        self.clock.store(now.0, Ordering::SeqCst);
    }

    /// Keeps a copy of a folder as it is now, as a backup or a clone.
    pub fn copy(&self, name: &str, to: &str) {
        copy(&self.path(name), &self.path(to));
    }

    /// Puts a copy in the place of a desk's folder that nobody has open.
    pub fn restore(&self, from: &str, name: &str) {
        fs::remove_dir_all(self.path(name)).unwrap();
        self.copy(from, name);
    }

    /// Puts a copy in the place of the hub's folder, and serves it at another address.
    pub async fn restore_hub(&mut self, from: &str) {
        self.serving.abort();
        self.restore(from, "hub");
        (self.hub, self.url, self.serving) = open_hub(&self.path("hub"), &self.clock).await;
    }

    /// A copy without a hub running, for tests that start the real program.
    pub async fn folder() -> TempDir {
        let folder = TempDir::new().unwrap();
        copy(template().await, folder.path());
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `village`, `township` or `county`.
    pub fn desk(&self, name: &str) -> Desk {
        Desk::open(self.place(name)).unwrap()
    }

    pub fn place(&self, name: &str) -> Place {
        Place { data: self.path(name), keys: self.path("keys"), user: None, password: None }
    }

    /// One more desk, of a person with these roles.
    pub async fn enrol(&self, name: &str, unit: &str, roles: &[Role], person: &str, now: Instant) -> Desk {
        self.hub_says(now);
        let code = self.hub.issue_code(unit.parse().unwrap(), roles, now).unwrap().code;
        self.enrol_with(name, &code, person, now).await
    }

    /// The same, with a code that has been given out.
    pub async fn enrol_with(&self, name: &str, code: &str, person: &str, now: Instant) -> Desk {
        self.enrol_under(name, code, person, None, now).await
    }

    /// The same, of somebody with a password.
    pub async fn enrol_under(
        &self,
        name: &str,
        code: &str,
        person: &str,
        password: Option<&str>,
        now: Instant,
    ) -> Desk {
        let desk = self.desk(name);
        let request = Enrol {
            hub: self.url.clone(),
            code: code.to_owned(),
            device: name.to_owned(),
            user: person.to_owned(),
            password: password.map(Secret::new),
        };
        desk.enrol(request, now).await.unwrap();
        desk
    }

    /// The replica below a desk, opened a second time.
    pub fn replica(&self, name: &str) -> Replica {
        open_replica(&self.path(name), &self.path("keys"))
    }

    /// Tells a closed desk where the hub is now, as if it had been enrolled there.
    pub fn find_hub(&self, replica: &Replica) {
        replica.db().execute("UPDATE identity SET hub_url = ?", [&self.url]).unwrap();
    }

    /// One exchange of a desk with the hub.
    pub async fn exchange(&self, desk: &Desk, now: Instant) -> Result<Exchanged, Failure> {
        Ok(desk.exchange_at(&self.url, now).await?)
    }
}

/// Whatever copy of the folder is opened next stands for the original, not for a clone that takes a new incarnation.
pub fn forget_place(replica: &Replica) {
    replica.db().execute("UPDATE identity SET place = ''", []).unwrap();
}

/// The replica in a folder without a password.
pub fn open_replica(folder: &Path, keys: &Path) -> Replica {
    open_replica_as(folder, keys, None)
}

/// Of a folder whose key is sealed.
pub fn open_replica_as(folder: &Path, keys: &Path, login: Option<Login<'_>>) -> Replica {
    let key = DatabaseKey::load(folder, login).unwrap();
    let signing = |identity: &daiban_replica::Identity, seal: &KeySeal| {
        let file = keys.join(format!("{}.signing", identity.device));
        let bytes: [u8; 32] = seal.read(&file).unwrap().as_slice().try_into().unwrap();
        let tags = TakenTags(keys.join(format!("{}.tags", identity.device)));
        Ok::<_, ReplicaError>((SigningKey::from_bytes(&bytes), tags))
    };
    Replica::open(folder, key, signing).unwrap()
}

async fn open_hub(folder: &Path, clock: &Arc<AtomicI64>) -> (Arc<Hub>, String, JoinHandle<()>) {
    let hub = Arc::new(Hub::open(folder).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (served, clock) = (hub.clone(), clock.clone());
    let now = move || Instant(clock.load(Ordering::SeqCst));
    let serving = tokio::spawn(async move {
        serve(served, listener, Limits::default(), now, std::future::pending()).await.unwrap();
    });
    (hub, url, serving)
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
