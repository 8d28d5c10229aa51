//! The sample county: a hub and three enrolled desks, to try everything without a real county.

use crate::{Desk, Place, Trouble, act};
use daiban_contract::{Code, act::Enrol};
use daiban_domain::{Instant, Role, UnitCode, item, unit};
use daiban_hub::{Founding, Hub, Limits, ca};
use daiban_replica::founding;
use serde::Serialize;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// Where the sample county lies.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sample {
    pub hub: PathBuf,
    pub village: PathBuf,
    pub township: PathBuf,
    pub county: PathBuf,
    /// The address at which the desks will call the hub.
    pub hub_url: String,
}

const COUNTY: &str = "621099000000";

/// Of the hub, in the sample county's.
pub(crate) const HUB: &str = "hub";

/// Folder, unit, device and person of each desk. The people are made up.
const DESKS: [(&str, &str, &str, &str); 3] = [
    ("village", "621099100200", "上塬1号本", "李秀兰"),
    ("township", "621099100000", "清源镇1号机", "王建国"),
    ("county", COUNTY, "县中心1号机", "刘敏"),
];

/// Makes the sample county in a folder that doesn't hold one yet. The hub isn't left running.
pub async fn sample(
    folder: &Path,
    keys: &Path,
    hub_url: &str,
    now: fn() -> Instant,
) -> Result<Sample, daiban_contract::Failure> {
    Ok(make(folder, keys, hub_url, now).await?)
}

async fn make(folder: &Path, keys: &Path, hub_url: &str, now: fn() -> Instant) -> Result<Sample, Trouble> {
    County::found(folder, keys, hub_url, now).await?.close().await?;
    let at = |name: &str| folder.join(name);
    Ok(Sample {
        hub: at(HUB),
        village: at("village"),
        township: at("township"),
        county: at("county"),
        hub_url: hub_url.to_owned(),
    })
}

/// The sample county while its hub serves.
pub(crate) struct County {
    /// The village's, the township's, the county's.
    pub desks: Vec<Desk>,
    /// At which the hub serves now.
    pub address: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl County {
    /// Makes it in a folder, its hub and each desk in a folder below.
    pub async fn found(
        folder: &Path,
        keys: &Path,
        hub_url: &str,
        now: impl Fn() -> Instant + Clone + Send + Sync + 'static,
    ) -> Result<Self, Trouble> {
        let at = |name: &str| folder.join(name);
        let hub_folder = at(HUB);
        found(&hub_folder, now())?;
        let hub = Arc::new(Hub::open(&hub_folder)?);
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(Trouble::file)?;
        let address = format!("http://{}", listener.local_addr().map_err(Trouble::file)?);
        let (stop, stopped) = oneshot::channel::<()>();
        let clock = now.clone();
        let serving =
            tokio::spawn(daiban_hub::serve(hub.clone(), listener, Limits::default(), clock, async {
                let _ = stopped.await;
            }));
        let mut desks = Vec::new();
        for (name, unit, device, person) in DESKS {
            let unit: UnitCode = unit.parse().map_err(|_| internal())?;
            let code = hub.issue_code(unit, Role::working(unit.level()), now())?.code;
            let place = Place { data: at(name), keys: keys.to_owned(), user: None, password: None };
            let desk = Desk::open(place)?;
            let request = Enrol {
                hub: address.clone(),
                code,
                device: device.to_owned(),
                user: person.to_owned(),
                password: None,
            };
            act::enrol(&desk, request, hub_url, now()).await?;
            desks.push(desk);
        }
        Ok(Self { desks, address, stop, serving })
    }

    /// The hub isn't left running.
    pub async fn close(self) -> Result<(), Trouble> {
        // The receiver may already be gone with a server that failed; its own result tells.
        let _ = self.stop.send(());
        self.serving.await.map_err(|_| internal())?.map_err(Trouble::file)
    }
}

/// Founds the county of `data/` in a hub folder.
fn found(folder: &Path, now: Instant) -> Result<(), Trouble> {
    let units = unit::units_from_csv(include_str!("../../../data/units.csv"), &[]).map_err(|_| internal())?;
    let catalogue =
        item::catalogue_from_json(include_str!("../../../data/items.json")).map_err(|_| internal())?;
    let bundles =
        item::bundle::bundles_from_json(include_str!("../../../data/items.json")).map_err(|_| internal())?;
    let calendar = include_str!("../../../data/calendar.json");
    let documents = founding::documents(&units, &catalogue, &bundles, calendar, now)?;
    let founding = documents
        .into_iter()
        .map(|founded| Founding { document: founded.document, actor: founded.actor, change: founded.change })
        .collect();
    let county = practice_county()?;
    Hub::init(folder, county, &units, founding, now)?;
    // Nobody's county: its root needs no ceremony.
    ca::found(folder, county, None, now)?;
    Ok(())
}

/// Where people practise, and may do without a password.
pub(crate) fn practice_county() -> Result<UnitCode, Trouble> {
    COUNTY.parse().map_err(|_| internal())
}

fn internal() -> Trouble {
    Trouble::new(Code::Internal, "样例县的数据有误。")
}
