//! `daiban-hub`: founds a county's hub, gives out enrolment codes, serves. The clock is read here.

use clap::{Parser, Subcommand};
use daiban_domain::{Instant, Role, Unit, UnitCode, item, unit};
use daiban_exchange::{
    client::{Client, ClientError},
    enrolment, wire,
};
use daiban_hub::{ByFile, Founding, Hub, HubError, Limits, ca, serve};
use daiban_replica::{
    ReplicaError, founding,
    store::key::{recovery::Recovery, write},
};
use daiban_support::log;
use qrcode::{QrCode, render::unicode::Dense1x2};
use serde_json::json;
use std::{
    io::{IsTerminal, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::SystemTime,
};
use tokio::{net::TcpListener, signal};

/// 代办通县中心服务
#[derive(Parser)]
#[command(name = "daiban-hub", version)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Found a hub: units, items and calendar from the program's own data, and the county's authority over certificates, its root
    /// under the password in DAIBAN_CA_PASSWORD or typed in
    Init {
        #[arg(long)]
        data: PathBuf,
        /// The county's six digits
        #[arg(long)]
        county: String,
        /// A CSV file with the columns of data/units.csv
        #[arg(long)]
        units: Option<PathBuf>,
    },
    /// Learn units that came after the founding, so that codes can be given out for them; also while the hub serves
    Units {
        #[arg(long)]
        data: PathBuf,
        /// A CSV file of all units, with the columns of data/units.csv or their Chinese headings
        #[arg(long)]
        units: PathBuf,
    },
    /// Give out a one-time enrolment code; also while the hub serves
    Code {
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        unit: String,
        /// All working roles of the unit's level if none is named
        #[arg(long)]
        role: Vec<Role>,
        /// Also as a QR code, for the screen or a printer
        #[arg(long)]
        qr: bool,
    },
    /// Enrol a device that can't reach the hub: answer the file that `daiban enrol --ask` has written with one for `daiban enrol
    /// --answer`; also while the hub serves
    Admit {
        #[arg(long)]
        data: PathBuf,
        file: PathBuf,
        #[arg(long, short)]
        output: PathBuf,
        /// Where the device finds the hub once there is a line, https://host:port
        #[arg(long)]
        address: String,
    },
    /// Exchange by a file on a stick, also while the hub serves
    Bundle {
        #[command(subcommand)]
        bundle: BundleVerb,
    },
    /// Sign for a past year's work, so that village laptops may let it go; also while the hub serves
    Close {
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        year: u16,
    },
    /// How the county is: devices, what they lack, what wasn't taken, backups; also while the hub serves
    Status {
        #[arg(long)]
        data: PathBuf,
        /// One JSON object
        #[arg(long)]
        json: bool,
        /// Who hasn't been seen for so many days is absent
        #[arg(long, default_value_t = 7)]
        days: u32,
    },
    /// Check the store: the file, and every entry against what its author has signed; also while the hub serves. Fails if anything doesn't stand
    Verify {
        #[arg(long)]
        data: PathBuf,
    },
    /// Copy the store into an encrypted file of a folder; also while the hub serves
    Backup {
        #[arg(long)]
        data: PathBuf,
        #[arg(long, short)]
        output: PathBuf,
        /// Remove older backups in the folder beyond so many
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
        keep: Option<u16>,
    },
    /// Copy the keys, without which no backup can be opened, into a folder that is kept elsewhere
    Keys {
        #[arg(long)]
        data: PathBuf,
        #[arg(long, short)]
        output: PathBuf,
    },
    /// Write a ZIP for a technician: versions, counts, the log; it names nobody. Also while the hub serves, and where it doesn't open
    Support {
        #[arg(long)]
        data: PathBuf,
        #[arg(long, short)]
        output: PathBuf,
    },
    /// Help a desk whose user has forgotten the password: answer the file that `daiban user forgot` has written. Whose device
    /// it is, and who asks, has to be known otherwise: the file tells neither
    Recover {
        #[arg(long)]
        data: PathBuf,
        file: PathBuf,
        #[arg(long, short)]
        output: PathBuf,
    },
    /// The county's authority over certificates
    Ca {
        #[command(subcommand)]
        ca: CaVerb,
    },
    /// Serve until interrupted, with TLS unless only this machine can call
    Serve {
        #[arg(long)]
        data: PathBuf,
        #[arg(long, default_value = "127.0.0.1:7621")]
        listen: SocketAddr,
    },
}

impl Verb {
    /// The hub's folder.
    fn data(&self) -> &Path {
        match self {
            Self::Init { data, .. }
            | Self::Units { data, .. }
            | Self::Code { data, .. }
            | Self::Admit { data, .. }
            | Self::Bundle { bundle: BundleVerb::Export { data, .. } | BundleVerb::Import { data, .. } }
            | Self::Close { data, .. }
            | Self::Status { data, .. }
            | Self::Verify { data }
            | Self::Backup { data, .. }
            | Self::Keys { data, .. }
            | Self::Support { data, .. }
            | Self::Recover { data, .. }
            | Self::Ca {
                ca: CaVerb::Init { data } | CaVerb::Renew { data, .. } | CaVerb::Export { data, .. },
            }
            | Self::Serve { data, .. } => data,
        }
    }
}

#[derive(Subcommand)]
enum CaVerb {
    /// Found it, for a hub that has none yet
    Init {
        #[arg(long)]
        data: PathBuf,
    },
    /// Have the root sign for another two years; also while the hub serves
    Renew {
        #[arg(long)]
        data: PathBuf,
        /// The folder with the root's key, if that is kept elsewhere
        #[arg(long)]
        root: Option<PathBuf>,
    },
    /// Copy the root, its key still under the password, into a folder that is kept elsewhere
    Export {
        #[arg(long)]
        data: PathBuf,
        #[arg(long, short)]
        output: PathBuf,
        /// And leave no copy of the root's key here
        #[arg(long)]
        away: bool,
    },
}

#[derive(Subcommand)]
enum BundleVerb {
    /// Write all that a unit may read, with the county's receipt, into a file that only its devices and those above it can open
    Export {
        #[arg(long)]
        data: PathBuf,
        #[arg(long = "for")]
        unit: String,
        #[arg(short, long)]
        output: PathBuf,
    },
    /// Take in a file that a desk has made
    Import {
        #[arg(long)]
        data: PathBuf,
        file: PathBuf,
    },
}

/// What goes to stderr as `{"error":{"code","message"}}`.
struct Failure {
    code: &'static str,
    message: String,
}

impl Failure {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl From<HubError> for Failure {
    fn from(error: HubError) -> Self {
        tracing::warn!(error = &error as &dyn std::error::Error, "failed");
        Self::new(error.code(), format!("{error}。"))
    }
}

impl From<ReplicaError> for Failure {
    fn from(error: ReplicaError) -> Self {
        tracing::warn!(error = &error as &dyn std::error::Error, "failed");
        Self::new("internal", "县的初始数据写不成。")
    }
}

fn main() -> ExitCode {
    daiban_exchange::core_dump::switch_off();
    let verb = Arguments::parse().verb;
    log::begin(verb.data(), &[], "off", now);
    let outcome = match verb {
        Verb::Init { data, county, units } => init(&data, &county, units.as_deref()),
        Verb::Units { data, units } => learn_units(&data, &units),
        Verb::Code { data, unit, role, qr } => code(&data, &unit, &role, qr),
        Verb::Admit { data, file, output, address } => admit(&data, &file, &output, &address),
        Verb::Bundle { bundle: BundleVerb::Export { data, unit, output } } => export(&data, &unit, &output),
        Verb::Bundle { bundle: BundleVerb::Import { data, file } } => import(&data, &file),
        Verb::Close { data, year } => close(&data, year),
        Verb::Status { data, json, days } => status(&data, json, days),
        Verb::Verify { data } => verify(&data),
        Verb::Backup { data, output, keep } => backup(&data, &output, keep.map(usize::from)),
        Verb::Keys { data, output } => keys(&data, &output),
        Verb::Support { data, output } => support(&data, &output),
        Verb::Recover { data, file, output } => recover(&data, &file, &output),
        Verb::Ca { ca: CaVerb::Init { data } } => found_ca(&data),
        Verb::Ca { ca: CaVerb::Renew { data, root } } => renew_ca(&data, root.as_deref()),
        Verb::Ca { ca: CaVerb::Export { data, output, away } } => export_ca(&data, &output, away),
        Verb::Serve { data, listen } => run(&data, listen),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { code, message }) => {
            eprintln!("{}", json!({ "error": { "code": code, "message": message } }));
            ExitCode::FAILURE
        }
    }
}

fn init(data: &Path, county: &str, file: Option<&Path>) -> Result<(), Failure> {
    let county = UnitCode::county_of(county)
        .map_err(|_| Failure::new("unknown-unit", "县代码要 6 位数字，如 621099。"))?;
    let units = units(file)?;
    let internal = |_| Failure::new("internal", "程序自带的事项目录读不懂。");
    let catalogue = item::catalogue_from_json(include_str!("../../../data/items.json")).map_err(internal)?;
    let bundles =
        item::bundle::bundles_from_json(include_str!("../../../data/items.json")).map_err(internal)?;
    let calendar = include_str!("../../../data/calendar.json");
    let (now, password) = (now(), new_password()?);
    let founding = founding::documents(&units, &catalogue, &bundles, calendar, now)?;
    let founding = founding
        .into_iter()
        .map(|founded| Founding { document: founded.document, actor: founded.actor, change: founded.change })
        .collect();
    Hub::init(data, county, &units, founding, now)?;
    ca::found(data, county, Some(&password), now)?;
    println!("{}", json!({ "county": county, "units": units.len(), "items": catalogue.items.len() }));
    Ok(())
}

fn found_ca(data: &Path) -> Result<(), Failure> {
    let county = Hub::open(data)?.county();
    let until = ca::found(data, county, Some(&new_password()?), now())?;
    println!("{}", json!({ "until": until }));
    Ok(())
}

fn renew_ca(data: &Path, root: Option<&Path>) -> Result<(), Failure> {
    let until = ca::renew(data, root, Some(&password("根密钥的口令：")?), now())?;
    println!("{}", json!({ "until": until }));
    Ok(())
}

fn export_ca(data: &Path, output: &Path, away: bool) -> Result<(), Failure> {
    ca::export(data, output, away)?;
    println!("{}", json!({ "folder": output, "away": away }));
    Ok(())
}

/// What the root's key is sealed with is guessed at for as long as the county lasts.
fn new_password() -> Result<String, Failure> {
    const LEAST: usize = 12;
    let password = password("给根密钥定一个口令（至少 12 个字）：")?;
    if password.chars().count() < LEAST {
        return Err(Failure::new("weak-password", "口令太短，至少要 12 个字。什么都没有做。"));
    }
    Ok(password)
}

/// Of the environment, or typed.
fn password(asks: &str) -> Result<String, Failure> {
    if let Ok(password) = std::env::var("DAIBAN_CA_PASSWORD") {
        return Ok(password);
    }
    let missing =
        |_| Failure::new("no-password", "没有口令。请在终端里输入，或用环境变量 DAIBAN_CA_PASSWORD 给出。");
    rpassword::prompt_password(asks).map_err(missing)
}

/// Of a file, or of the program's own.
fn units(file: Option<&Path>) -> Result<Vec<Unit>, Failure> {
    let csv = match file {
        Some(file) => std::fs::read_to_string(file)
            .map_err(|_| Failure::new("file", "单位表读不出，或不是 UTF-8 文本。请检查路径。"))?,
        None => include_str!("../../../data/units.csv").to_owned(),
    };
    unit::units_from_csv(&csv, &[]).map_err(|error| Failure::new("bad-input", format!("{error}。")))
}

fn learn_units(data: &Path, file: &Path) -> Result<(), Failure> {
    let known = Hub::open(data)?.learn_units(&units(Some(file))?)?;
    println!("{}", json!({ "units": known }));
    Ok(())
}

fn admit(data: &Path, file: &Path, output: &Path, address: &str) -> Result<(), Failure> {
    // A device that was told an address by which nobody can be called would look for the county in vain.
    if !matches!(Client::new(address, None), Ok(_) | Err(ClientError::NoCertificate)) {
        let message = "县中心的地址要写成 https://10.0.0.5:7621 这样。什么都没有做。";
        return Err(Failure::new("bad-input", message));
    }
    let asked = enrolment::file::read_asked(file)
        .map_err(|_| Failure::new("file", "文件读不出。请检查路径和权限。"))?;
    let answer = Hub::open(data)?.admit_by_file(&asked, address, now())?;
    write(output, &answer.file).map_err(|_| {
        let message = "答复写不进。请检查路径、权限和磁盘，再做一次：同一份申请得到同一个答复。";
        Failure::new("file", message)
    })?;
    let ByFile { device, unit, entries, .. } = answer;
    println!("{}", json!({ "file": output, "device": device, "unit": unit, "entries": entries }));
    Ok(())
}

fn export(data: &Path, unit: &str, output: &Path) -> Result<(), Failure> {
    let bundled = Hub::open(data)?.export_bundle(unit_code(unit)?, now())?;
    write(output, &bundled.file).map_err(|_| Failure::new("file", "文件写不进。请检查路径、权限和磁盘。"))?;
    println!(
        "{}",
        json!({
            "entries": bundled.entries,
            "attachments": bundled.attachments,
            "bytes": bundled.file.len(),
            "recipients": bundled.recipients,
        })
    );
    Ok(())
}

fn import(data: &Path, file: &Path) -> Result<(), Failure> {
    let file = daiban_exchange::bundle::read(file)
        .map_err(|_| Failure::new("file", "文件读不出。请检查路径和权限。"))?;
    println!("{}", json!(Hub::open(data)?.import_bundle(&file, now())?));
    Ok(())
}

fn unit_code(unit: &str) -> Result<UnitCode, Failure> {
    unit.parse().map_err(|_| Failure::new("unknown-unit", "单位代码要 12 位数字，如 621099100200。"))
}

fn code(data: &Path, unit: &str, roles: &[Role], qr: bool) -> Result<(), Failure> {
    let unit = unit_code(unit)?;
    let roles = if roles.is_empty() { Role::working(unit.level()) } else { roles };
    let issued = Hub::open(data)?.issue_code(unit, roles, now())?;
    if qr {
        println!("{}", qr_code(&issued.code)?);
    }
    println!("{}", json!(issued));
    Ok(())
}

/// Two rows of the code a line; in a terminal black on white, whatever its colours are.
fn qr_code(text: &str) -> Result<String, Failure> {
    let code = QrCode::new(text)
        .map_err(|_| Failure::new("internal", "二维码没有做成。登记码已发出，请再发一个。"))?;
    let drawn = code.render::<Dense1x2>().dark_color(Dense1x2::Dark).light_color(Dense1x2::Light).build();
    let (begin, end) = if std::io::stdout().is_terminal() { ("\x1b[30;107m", "\x1b[0m") } else { ("", "") };
    let line = |line: &str| format!("{begin}{line}{end}\n");
    Ok(drawn.lines().map(line).collect())
}

fn close(data: &Path, year: u16) -> Result<(), Failure> {
    println!("{}", json!(Hub::open(data)?.close(year, now())?));
    Ok(())
}

fn status(data: &Path, json: bool, days: u32) -> Result<(), Failure> {
    let status = Hub::open(data)?.status(days, now())?;
    if json {
        println!("{}", json!(status))
    } else {
        print!("{status}")
    }
    Ok(())
}

fn verify(data: &Path) -> Result<(), Failure> {
    let findings = Hub::open(data)?.verify()?;
    println!("{}", json!({ "ok": findings.is_empty(), "findings": findings }));
    if findings.is_empty() {
        return Ok(());
    }
    let message = format!(
        "县库有 {} 处和当初签过名的对不上。先停用这台服务器，保留现状，用最近的备份恢复；各设备手里的记录会自动补回来。",
        findings.len()
    );
    Err(Failure::new("unsound", message))
}

fn backup(data: &Path, output: &Path, keep: Option<usize>) -> Result<(), Failure> {
    println!("{}", json!(Hub::open(data)?.backup(output, keep, now())?));
    Ok(())
}

fn keys(data: &Path, output: &Path) -> Result<(), Failure> {
    Hub::open(data)?.keep_keys(output, now())?;
    println!("{}", json!({ "folder": output }));
    Ok(())
}

fn support(data: &Path, output: &Path) -> Result<(), Failure> {
    let hub = match Hub::open(data).and_then(|hub| hub.inventory(now())) {
        Ok(inventory) => json!(inventory),
        Err(error) => json!({ "closed": Failure::from(error).code }),
    };
    let report = json!({
        "made": now(),
        "program": env!("CARGO_PKG_VERSION"),
        "protocol": [wire::PROTOCOL_MIN, wire::PROTOCOL_MAX],
        "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        "hub": hub,
    });
    let failed = |_| Failure::new("file", "文件写不进。请检查路径、权限和磁盘。");
    let packed = daiban_support::pack(&report, &log::folder(data)).map_err(failed)?;
    write(output, &packed).map_err(|_| Failure::new("file", "文件写不进。请检查路径、权限和磁盘。"))?;
    println!("{}", json!({ "file": output, "bytes": packed.len() }));
    Ok(())
}

fn recover(data: &Path, file: &Path, output: &Path) -> Result<(), Failure> {
    let asked = std::fs::read(file).map_err(|_| Failure::new("file", "文件读不出。请检查路径和权限。"))?;
    let not_ours = || Failure::new("bad-input", "这不是本县设备的恢复申请，没有答复。");
    let asked: Recovery = serde_json::from_slice(&asked).map_err(|_| not_ours())?;
    let hub = Hub::open(data)?;
    let answer = asked.answer(&hub.bundle_key(), |key| hub.vouch(key)).map_err(|_| not_ours())?;
    let answer = serde_json::to_vec_pretty(&answer).map_err(|_| not_ours())?;
    write(output, &answer).map_err(|_| Failure::new("file", "文件写不进。请检查路径、权限和磁盘。"))?;
    println!("{}", json!({ "file": output }));
    Ok(())
}

fn run(data: &Path, listen: SocketAddr) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|_| Failure::new("internal", "程序起不来。"))?;
    let hub = Arc::new(Hub::open(data)?);
    let plain = listen.ip().is_loopback();
    if !plain && hub.credentials(now())?.is_none() {
        return Err(HubError::CaAbsent.into());
    }
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await.map_err(|_| {
            Failure::new("address-in-use", format!("{listen} 不能监听：地址被占用或没有权限。"))
        })?;
        let address = listener.local_addr().map_err(|_| Failure::new("internal", "监听地址读不出。"))?;
        println!("listening on {}://{address}", if plain { "http" } else { "https" });
        // Whoever starts the hub waits for this line.
        let _ = std::io::stdout().flush();
        serve(hub, listener, Limits::default(), now, interrupted()).await.map_err(|error| {
            tracing::error!(%error, "serving ended");
            Failure::new("internal", "服务中断了。")
        })
    })
}

async fn interrupted() {
    #[cfg(unix)]
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        _ = signal::ctrl_c() => {}
        () = terminated => {}
    }
}

/// The clock, or what `DAIBAN_NOW` says it is.
fn now() -> Instant {
    std::env::var("DAIBAN_NOW").ok().and_then(|text| text.parse().ok()).unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Instant(since.as_millis() as i64)
    })
}
