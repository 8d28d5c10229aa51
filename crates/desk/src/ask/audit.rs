//! 电子留痕 and 倒查: who did what, from records of access, from what was said of devices and roles, and from a case's own acts.

use super::{Opened, case::held, events::events, held::act_under, known_unit, names::Names, verify::finding};
use crate::{Desk, Trouble, paper::ledger_of, wording};
use daiban_contract::{
    Code, ask,
    view::{AuditCaseView, AuditRow, AuditView, EventView, VerifyView},
};
use daiban_domain::{
    DeviceId, Instant, PersonId, Role, UnitCode,
    access::{What, may_audit},
    erasure, revocation as why,
};
use daiban_exchange::{
    FeedId,
    erasure::Erasure,
    kind,
    revocation::{Review, Revocation, RoleChange},
};
use daiban_replica::{
    Replica, ReplicaError,
    access::{self, Accessed, Sought},
    case,
    document::Document,
    public::enrolment,
    revocation::{self, Word},
};
use std::collections::BTreeSet;

const PAGE: u32 = 200;

/// All that are kept of one case.
const ALL: u32 = 100_000;

impl Desk {
    pub fn audit(&self, request: ask::Audit, _: Instant) -> Result<AuditView, Trouble> {
        self.with(|replica| {
            auditor(replica)?;
            let own = replica.identity().unit;
            let unit = request.unit.unwrap_or(own);
            known_unit(replica.db(), unit)?;
            let limit = if request.limit == 0 { PAGE } else { request.limit };
            let since = request.since.map(Instant::start_of);
            let about = request.case_no.clone();
            // One more tells whether there are more.
            let sought =
                Sought { unit: Some(unit), since, about, lists: None, limit: limit.saturating_add(1) };
            let names = Names { db: replica.db() };
            let mut rows = access::list(replica.db(), &sought)?
                .iter()
                .map(|one| accessed(&names, one, None))
                .collect::<Result<Vec<_>, _>>()?;
            for word in access::words(replica.db(), since.unwrap_or(Instant(i64::MIN)))? {
                let row = said(&names, &word)?;
                let asked = request.case_no.as_ref().is_none_or(|case_no| row.about == *case_no);
                if unit.covers(row.unit) && asked {
                    rows.push(row);
                }
            }
            rows.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.place.cmp(&a.place)));
            let more = rows.len() > limit as usize;
            rows.truncate(limit as usize);
            Ok(AuditView { rows, more })
        })
    }

    /// 倒查: acts and accesses in one order, by the clocks of the devices.
    pub fn audit_case(&self, request: ask::AuditCase, _: Instant) -> Result<AuditCaseView, Trouble> {
        self.with(|replica| {
            auditor(replica)?;
            let findings: Vec<_> = replica.verify_audit()?.iter().map(finding).collect();
            let (db, names) = (replica.db(), Names { db: replica.db() });
            let opened = held(db, &request.case_no)?;
            let lists = opened.as_ref().map(|Opened { case, .. }| (case.unit, ledger_of(case.registered_on)));
            let sought =
                Sought { about: Some(request.case_no.clone()), lists, limit: ALL, ..Sought::default() };
            let mut rows = access::list(db, &sought)?
                .iter()
                .map(|one| accessed(&names, one, opened.as_ref()))
                .collect::<Result<Vec<_>, _>>()?;
            for word in access::words(db, Instant(i64::MIN))? {
                let row = said(&names, &word)?;
                rows.extend(Some(row).filter(|row| row.about == request.case_no));
            }
            if let Some(opened) = &opened {
                rows.extend(acts(replica, &names, opened)?);
            } else if rows.is_empty() {
                // Whatever is the matter with the number.
                super::open(db, &request.case_no)?;
            }
            rows.sort_by_key(|row| row.at);
            let says = sums(&rows, opened.is_none(), findings.len());
            Ok(AuditCaseView {
                case_no: request.case_no,
                item_name: opened.as_ref().map(|opened| opened.item.name.clone()).unwrap_or_default(),
                state_name: opened
                    .as_ref()
                    .map(|opened| opened.folded.state.zh().to_owned())
                    .unwrap_or_default(),
                registered_on: opened.map(|opened| opened.case.registered_on),
                rows,
                says,
                findings,
            })
        })
    }

    /// Anybody may ask whether the records stand as they were signed for: nothing of what they say is told.
    pub fn verify_audit(&self, _: ask::VerifyAudit, _: Instant) -> Result<VerifyView, Trouble> {
        self.with(|replica| {
            let findings: Vec<_> = replica.verify_audit()?.iter().map(finding).collect();
            Ok(VerifyView { ok: findings.is_empty(), findings })
        })
    }
}

fn auditor(replica: &Replica) -> Result<(), Trouble> {
    let roles = enrolment::roles(replica.db(), replica.identity().person)?;
    if may_audit(&roles) {
        return Ok(());
    }
    let message = "留痕由村站负责人、中心主任、县中心汇总员或县电子监察查看，这台设备上的人没有这个权限。";
    Err(Trouble::new(Code::NoRole, message))
}

fn accessed(names: &Names<'_>, one: &Accessed, opened: Option<&Opened>) -> Result<AuditRow, ReplicaError> {
    let access = &one.access;
    let what = access.what.parse::<What>();
    let part = match access.part.as_str() {
        part if part.starts_with("ratings/") => "评价人".to_owned(),
        part if what == Ok(What::Read) => wording::field(part, opened.map(|opened| &*opened.item)),
        part => part.to_owned(),
    };
    let unit = access.about.parse().ok().map(|unit| names.unit(unit)).transpose()?.unwrap_or_default();
    let rows = match (&what, access.rows) {
        (Ok(What::Bundle | What::Read), _) | (_, 0 | 1) => String::new(),
        (Ok(What::Affected), rows) => format!("{rows} 人"),
        (_, rows) => format!("{rows} 件"),
    };
    let reason = match access.reason.as_str() {
        "" => String::new(),
        reason => format!("原因：{reason}"),
    };
    Ok(AuditRow {
        name: what.as_ref().map_or_else(|_| access.what.clone(), |what| what.zh().to_owned()),
        what: access.what.clone(),
        about: access.about.clone(),
        says: joined([part, unit, rows, reason]),
        place: place(&one.feed, one.n),
        held: one.held,
        contested: if one.held { HELD.to_owned() } else { String::new() },
        ..row(names, (one.person, one.at), one.unit, one.device)?
    })
}

const HELD: &str = "这台电脑已被注销，这一条是注销以后才收到的";

fn said(names: &Names<'_>, word: &Word) -> Result<AuditRow, ReplicaError> {
    let blank = row(names, (word.person, word.at), word.feed.partition.unit, word.feed.device)?;
    let (what, name, about, says) = match word.kind {
        kind::REVOCATION => {
            let Revocation { device, ground, .. } = minicbor::decode(&word.body)?;
            let ground = ground.parse::<why::Ground>().map_or(ground, |ground| ground.zh().to_owned());
            ("revoke", "注销设备", device.to_string(), joined([names.device(device)?, ground]))
        }
        kind::REVIEW => {
            let Review { on, accepted } = minicbor::decode(&word.body)?;
            let devices: BTreeSet<_> = on.iter().map(|spoken| spoken.feed.device).collect();
            let device = devices.first().map(|device| names.device(*device)).transpose()?.unwrap_or_default();
            let verdict = if accepted { "采用" } else { "不采用" };
            (
                "review",
                "审核注销后的记录",
                String::new(),
                joined([device, format!("{} 条{verdict}", on.len())]),
            )
        }
        kind::ROLES => {
            let RoleChange { person, roles, .. } = minicbor::decode(&word.body)?;
            let roles = roles
                .iter()
                .map(|role| role.parse::<Role>().map_or_else(|_| role.clone(), |role| role.zh().to_owned()));
            let roles = roles.collect::<Vec<_>>().join("、");
            let roles = if roles.is_empty() { "不再任职".to_owned() } else { roles };
            ("roles", "变更岗位角色", String::new(), joined([names.person(person)?, roles]))
        }
        _ => {
            let order: Option<Erasure> = Erasure::read(&word.feed, &word.body);
            let ground = order.as_ref().map(|order| {
                order
                    .ground
                    .parse::<erasure::Ground>()
                    .map_or(order.ground.clone(), |ground| ground.zh().to_owned())
            });
            let label = order.map(|order| order.label).unwrap_or_default();
            ("erase", "下删除令", label, ground.unwrap_or_default())
        }
    };
    let (what, name, place) = (what.to_owned(), name.to_owned(), place(&word.feed, word.n));
    Ok(AuditRow { what, name, about, says, place, ..blank })
}

/// What was done with the case itself, counted or not, and what waits for a review.
fn acts(replica: &Replica, names: &Names<'_>, opened: &Opened) -> Result<Vec<AuditRow>, ReplicaError> {
    let (db, document) = (replica.db(), opened.case.document);
    let mut rows = Vec::new();
    let event = |event: EventView| AuditRow {
        at: event.at,
        time_doubtful: event.time_doubtful,
        by: event.by,
        role: event.role.parse().map_or(event.role.clone(), |role: Role| role.zh().to_owned()),
        unit: event.unit,
        unit_name: event.unit_name,
        device: event.device,
        what: event.kind,
        name: event.name,
        about: opened.case.case_no.clone(),
        says: event.says,
        contested: event.contested_why,
        held: false,
        place: String::new(),
    };
    rows.extend(events(names, opened, &case::doubtful_times(db, document)?)?.into_iter().map(event));
    let held = revocation::held(db, document)?;
    if held.is_empty() {
        return Ok(rows);
    }
    let all = Document::load_with_held(db, document)?.events(db)?;
    for one in held {
        let by = (one.header.person, one.header.at);
        let feed = one.spoken.feed;
        let acts: Vec<&str> = one.keys.iter().filter_map(|key| act_under(key, &all)).collect();
        let contested = match (one.waiting, one.accepted) {
            (true, None) => "电脑已注销，没有算进来，等人审核",
            (true, Some(_)) => "电脑已注销，审核后没有算进来",
            (false, Some(true)) => "电脑已注销，审核后算进来了",
            (false, _) => "电脑已注销，后来的办理以它为据",
        };
        rows.push(AuditRow {
            what: "held".to_owned(),
            name: if acts.is_empty() { "改动".to_owned() } else { acts.join("、") },
            about: opened.case.case_no.clone(),
            contested: contested.to_owned(),
            held: true,
            place: place(&feed, one.spoken.n),
            ..row(names, by, feed.partition.unit, feed.device)?
        });
    }
    Ok(rows)
}

fn row(
    names: &Names<'_>,
    (person, at): (Option<PersonId>, Instant),
    unit: UnitCode,
    device: DeviceId,
) -> Result<AuditRow, ReplicaError> {
    Ok(AuditRow {
        at,
        time_doubtful: false,
        by: person.map(|person| names.person(person)).transpose()?.unwrap_or_default(),
        role: String::new(),
        unit,
        unit_name: names.unit(unit)?,
        device: names.device(device)?,
        what: String::new(),
        name: String::new(),
        about: String::new(),
        says: String::new(),
        contested: String::new(),
        held: false,
        place: String::new(),
    })
}

fn place(feed: &FeedId, n: u64) -> String {
    format!("{feed}#{n}")
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("；")
}

fn sums(rows: &[AuditRow], gone: bool, wrong: usize) -> String {
    let people: BTreeSet<&str> = rows.iter().map(|row| row.by.as_str()).collect();
    let count = |of: fn(&AuditRow) -> bool| rows.iter().filter(|row| of(row)).count();
    let read = count(|row| row.what == What::Read.as_str());
    let doubted = count(|row| !row.contested.is_empty());
    let mut says = format!("{} 人经手，共 {} 条，其中查看遮盖内容 {read} 次", people.len(), rows.len());
    if doubted > 0 {
        says += &format!("，有争议或搁置的 {doubted} 条");
    }
    says += "。";
    if gone {
        says += "办件内容不在本机（已封存或已删除），只有留痕。";
    }
    says += match wrong {
        0 => "记录链和签名都对得上。",
        _ => "记录链或签名有问题，见下面的检查结果。",
    };
    says
}
