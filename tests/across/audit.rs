//! Who read, printed and let out what: recorded with the act, brought upwards, told of a case in its order, and not to be altered
//! unseen. What is masked is read for a reason.

use crate::{
    attachments::scan,
    scenarios::{Story, act, message, record, see, unmask},
};
use daiban_contract::{
    act::{
        Attach, ExportBundle, PaperOf, RevokeDevice, SaveAttachment, SavePaper, Set, SetRoles, Settle, Unmask,
    },
    ask,
    view::{AuditCaseView, AuditRow},
};
use daiban_desk::Desk;
use daiban_domain::{Role, UnitCode, access::What, revocation::Ground};
use daiban_exchange::{Checkpoint, Entry, Partition, PartitionKind, access::Access, kind, wire};
use daiban_replica::verify::Fault;
use daiban_testkit::{
    Author, at,
    program::{daiban, run},
};
use rusqlite::params;

const VILLAGE: &str = "621099100200";

fn audit(desk: &Desk, asked: ask::Audit) -> Vec<AuditRow> {
    desk.audit(asked, at("03-06T18:00")).map_err(message).unwrap().rows
}

fn told(rows: &[AuditRow]) -> Vec<(&str, &str)> {
    rows.iter().map(|row| (row.what.as_str(), row.about.as_str())).collect()
}

fn case(desk: &Desk, case_no: &str) -> AuditCaseView {
    desk.audit_case(ask::AuditCase { case_no: case_no.to_owned() }, at("03-06T18:00"))
        .map_err(message)
        .unwrap()
}

/// One of each, at the village; returns the case's number.
async fn busy_day(story: &Story) -> String {
    let Story { county, village, .. } = story;
    // Whom to seal a bundle to is heard from the county.
    story.all_meet("03-05T08:00").await;
    let case_no = record(village, "I002", &[], "03-05T09:00");
    unmask(village, &case_no, "applicant.idNo", "03-05T09:05");
    let file = county.path("scan.pdf");
    std::fs::write(&file, scan(1, 5_000)).unwrap();
    let file = Some(file.display().to_string());
    let attach = Attach { case_no: case_no.clone(), file, name: "照片".to_owned(), ..Attach::default() };
    let attached = village.attach(attach, at("03-05T09:10")).unwrap();
    let hash = attached.attachments[0].hash.to_string();
    let file = Some(county.path("saved.pdf").display().to_string());
    village
        .save_attachment(SaveAttachment { case_no: case_no.clone(), hash, file }, at("03-05T09:15"))
        .unwrap();
    let of = PaperOf::Ledger { unit: VILLAGE.parse().unwrap(), month: "2026-03".to_owned() };
    let file = Some(county.path("ledger.pdf").display().to_string());
    village.save_paper(SavePaper { of, file, printer: None }, at("03-05T09:20")).unwrap();
    let file = Some(county.path("out.bundle").display().to_string());
    village.export_bundle(ExportBundle { file, ..ExportBundle::default() }, at("03-05T09:25")).unwrap();
    case_no
}

#[tokio::test]
async fn what_leaves_no_trace_elsewhere_is_recorded_and_goes_upwards() {
    let story = Story::begin().await;
    let Story { county, village, township, top } = &story;
    let case_no = busy_day(&story).await;
    let number = "621099195508082563";
    assert_eq!(see(village, &case_no, "03-05T09:30").applicant.id_no, "621099********2563");
    let wanted = [
        ("bundle", "621099100000"),
        ("export", VILLAGE),
        ("attachment", case_no.as_str()),
        ("read", case_no.as_str()),
    ];
    story.all_meet("03-05T10:00").await;
    for desk in [village, township, top] {
        let rows = audit(desk, ask::Audit::default());
        assert_eq!(told(&rows), wanted);
        let read = &rows[3];
        assert_eq!(
            (read.says.as_str(), read.name.as_str()),
            ("证件号码；原因：核对证件原件", "查看遮盖内容")
        );
        assert_eq!(
            (read.unit_name.as_str(), read.device.is_empty(), read.by.is_empty()),
            ("上塬村", false, false)
        );
        assert_eq!(rows[1].says, "F18-2026-03；上塬村");
    }
    // Nobody's number or name stands in it, and every record has its place.
    let rows = serde_json::to_string(&audit(top, ask::Audit::default())).unwrap();
    assert!(!rows.contains(number) && !rows.contains("马秀英"), "{rows}");
    // What the township does is the county's to read, and no village's.
    unmask(township, &case_no, "applicant.idNo", "03-05T10:30");
    let one = |desk: &Desk| {
        audit(desk, ask::Audit { case_no: Some(case_no.clone()), ..ask::Audit::default() }).len()
    };
    story.all_meet("03-05T11:00").await;
    assert_eq!([one(village), one(township), one(top)], [2, 3, 3]);
    let unit: UnitCode = VILLAGE.parse().unwrap();
    let below = ask::Audit { unit: Some(unit), ..ask::Audit::default() };
    assert_eq!(told(&audit(top, below)), wanted);
    let since = ask::Audit { since: Some(at("03-06T00:00").date()), ..ask::Audit::default() };
    assert_eq!(audit(top, since), []);
    for name in ["village", "township", "county"] {
        let mut replica = county.replica(name);
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        replica.rebuild().unwrap();
        assert_eq!(replica.verify_audit().unwrap(), [], "{name}");
    }
    assert_eq!(
        told(&audit(top, ask::Audit { unit: Some(unit), ..ask::Audit::default() })),
        wanted,
        "rebuilt"
    );
}

#[tokio::test]
async fn what_is_masked_is_read_for_a_reason_by_those_who_serve() {
    let story = Story::begin().await;
    let Story { county, village, township, .. } = &story;
    let case_no = record(village, "I002", &[], "03-05T09:00");
    let ask_for = |path: &str, reason: &str| {
        let (case_no, path, reason) = (case_no.clone(), path.to_owned(), reason.to_owned());
        village.unmask(Unmask { case_no, path, reason }, at("03-05T09:10")).map_err(message)
    };
    for (path, reason, why) in [
        ("applicant.idNo", " ", "写明原因"),
        ("applicant.idNo", "打 13912345678 核实", "不要写"),
        ("applicant.phone", "电话回访核实", "没有遮盖"),
        ("applicant.nothing", "核对证件原件", "没有遮盖"),
    ] {
        let refused = ask_for(path, reason).unwrap_err();
        assert!(refused.contains(why), "{path}: {refused}");
    }
    assert_eq!(audit(village, ask::Audit::default()), [], "what was refused was not read");
    let shown = see(village, &case_no, "03-05T09:15");
    assert!(shown.masked.contains(&"applicant.idNo".to_owned()), "{:?}", shown.masked);
    for path in &shown.masked {
        let whole = ask_for(path, "核对收款账户").unwrap().values;
        let page = serde_json::to_string(&see(village, &case_no, "03-05T09:20")).unwrap();
        assert!(!page.contains(&whole[0]), "{path} is nowhere on the page");
    }
    assert_eq!(audit(village, ask::Audit::default()).len(), shown.masked.len());
    // What a page shows in the place of a number is no number.
    let set = |value: &str| {
        let (case_no, path, value) = (case_no.clone(), "applicant.idNo".to_owned(), value.to_owned());
        village.set(Set { case_no, path, value, reason: None }, at("03-05T09:30")).map_err(message)
    };
    assert!(set("621099********2563").unwrap_err().contains("遮盖"));
    // Two numbers that two people have entered: shown masked, read together, settled as they are shown.
    act(village, &case_no, "handOver", "03-05T09:40").unwrap();
    story.all_meet("03-05T10:00").await;
    act(township, &case_no, "receive", "03-05T10:10").unwrap();
    county.enrol("clerk", "621099100000", &[Role::CentreHead], "赵敏", at("03-05T10:20")).await;
    let clerk = county.desk("clerk");
    county.exchange(township, at("03-05T10:30")).await.unwrap();
    county.exchange(&clerk, at("03-05T10:30")).await.unwrap();
    let path = "applicant.idNo".to_owned();
    for (desk, value) in [(township, "621099194203150014"), (&clerk, "621099198701011189")] {
        let set = Set { case_no: case_no.clone(), path: path.clone(), value: value.to_owned(), reason: None };
        desk.set(set, at("03-05T11:00")).map_err(message).unwrap();
    }
    for desk in [township, &clerk, township] {
        county.exchange(desk, at("03-05T11:30")).await.unwrap();
    }
    let conflict = see(township, &case_no, "03-05T11:40").conflicts.remove(0);
    assert!(conflict.values.iter().all(|value| value.value.contains("********")), "{conflict:?}");
    let mut both = unmask(township, &case_no, &path, "03-05T11:45");
    both.sort();
    assert_eq!(both, ["621099194203150014", "621099198701011189"]);
    let settle =
        Settle { case_no: case_no.clone(), path: path.clone(), value: "621099********1189".to_owned() };
    township.settle(settle, at("03-05T11:50")).map_err(message).unwrap();
    assert_eq!(unmask(township, &case_no, &path, "03-05T11:55"), ["621099198701011189"]);
    // Whoever only keeps the devices reads nothing of a case, and no record of who did.
    county.enrol("keeper", "621099100000", &[Role::Admin], "孙管", at("03-05T12:00")).await;
    let keeper = county.desk("keeper");
    county.exchange(&keeper, at("03-05T12:10")).await.unwrap();
    let read = Unmask { case_no: case_no.clone(), path, reason: "看看".to_owned() };
    assert!(message(keeper.unmask(read, at("03-05T12:20")).unwrap_err()).contains("没有这个权限"));
    assert!(
        message(keeper.audit(ask::Audit::default(), at("03-05T12:20")).unwrap_err()).contains("没有这个权限")
    );
    assert!(keeper.verify_audit(ask::VerifyAudit {}, at("03-05T12:20")).unwrap().ok);
}

#[tokio::test]
async fn a_case_tells_who_did_what_in_its_order() {
    let story = Story::begin().await;
    let Story { county, village, township, top } = &story;
    let case_no = busy_day(&story).await;
    act(village, &case_no, "handOver", "03-05T10:00").unwrap();
    story.all_meet("03-05T12:00").await;
    act(township, &case_no, "receive", "03-05T14:00").unwrap();
    unmask(township, &case_no, "applicant.idNo", "03-05T14:05");
    let (path, value) = ("applicant.idNo".to_owned(), "621099194203150014".to_owned());
    let reason = Some("录错了".to_owned());
    township
        .set(Set { case_no: case_no.clone(), path, value, reason }, at("03-05T14:10"))
        .map_err(message)
        .unwrap();
    act(township, &case_no, "accept", "03-05T14:20").unwrap();
    // Meanwhile the laptop is lost: what it does afterwards is held.
    let phone = Set {
        case_no: case_no.clone(),
        path: "applicant.phone".to_owned(),
        value: "13987654321".to_owned(),
        reason: None,
    };
    village.set(phone, at("03-05T15:10")).map_err(message).unwrap();
    unmask(village, &case_no, "applicant.idNo", "03-05T15:20");
    let device = township.devices(ask::Devices {}, at("03-05T16:00")).unwrap();
    let device = device.into_iter().find(|device| device.name.contains("上塬")).unwrap().device;
    let revoke = RevokeDevice { device, ground: Ground::Lost, since: Some(at("03-05T13:00")) };
    township.revoke_device(revoke, at("03-05T16:00")).map_err(message).unwrap();
    for desk in [township, village, township, top] {
        let _ = county.exchange(desk, at("03-05T17:00")).await;
    }
    let report = case(township, &case_no);
    let names: Vec<&str> = report.rows.iter().map(|row| row.what.as_str()).collect();
    for what in
        ["submit", "read", "attachment", "export", "handOver", "receive", "correctData", "accept", "held"]
    {
        assert!(names.contains(&what), "{what}: {names:?}");
    }
    assert!(report.rows.is_sorted_by_key(|row| row.at));
    let held: Vec<&AuditRow> = report.rows.iter().filter(|row| row.held).collect();
    assert!(
        held.iter().any(|row| row.what == "read") && held.iter().any(|row| row.what == "held"),
        "{held:?}"
    );
    assert!(held.iter().all(|row| !row.contested.is_empty() && row.device.contains("上塬")), "{held:?}");
    let corrected = report.rows.iter().find(|row| row.what == "correctData").unwrap();
    assert_eq!(corrected.says, "证件号码：621099********2563 → 621099********0014");
    assert!(
        report.says.contains("查看遮盖内容 3 次") && report.says.contains("记录链和签名都对得上"),
        "{}",
        report.says
    );
    let text = serde_json::to_string(&report).unwrap();
    for number in ["621099195508082563", "621099194203150014", "马秀英"] {
        assert!(!text.contains(number), "{number}: {text}");
    }
    // What was done to devices and roles is told from its own entries.
    let person = township.staff(ask::Staff {}, at("03-05T17:10")).unwrap();
    let person = person.into_iter().find(|person| person.unit.to_string() == VILLAGE).unwrap().person;
    let roles = SetRoles { person, roles: vec![Role::VillageHead] };
    township.set_roles(roles, at("03-05T17:20")).map_err(message).unwrap();
    let rows = audit(township, ask::Audit { limit: 2, ..ask::Audit::default() });
    assert_eq!((rows[0].what.as_str(), rows[1].what.as_str()), ("roles", "revoke"));
    assert!(rows[1].says.contains("丢失") && rows[0].says.contains("村站负责人"), "{rows:?}");
    // On the command line: for people in Chinese, and not zero where a chain doesn't hold.
    let folder = county.path("township");
    let mut command = daiban(folder.parent().unwrap(), "township");
    let told = run(command.args(["audit", "case", &case_no])).unwrap();
    assert_eq!(told["rows"].as_array().unwrap().len(), report.rows.len());
}

/// Each fault with its entry: a person who reads it knows where to look.
#[tokio::test]
async fn a_record_that_was_altered_is_named() {
    let story = Story::begin().await;
    let case_no = busy_day(&story).await;
    story.all_meet("03-05T10:00").await;
    let Story { county, village, .. } = story;
    drop(village);
    let mut copies = 0;
    let mut altered = |what: &str| {
        copies += 1;
        let copy = format!("altered-{copies}");
        county.copy("village", &copy);
        let mut replica = county.replica(&copy);
        replica.db().execute_batch(what).unwrap();
        let found = replica.verify_audit().unwrap();
        let folder = county.path(&copy);
        let mut command = daiban(folder.parent().unwrap(), &copy);
        let told = command.args(["audit", "verify"]).output().unwrap();
        assert_eq!(told.status.success(), found.is_empty(), "{what}: {found:?}");
        found
    };
    assert_eq!(altered("SELECT 1"), []);
    let feed = "(SELECT id FROM feed WHERE kind = 'audit')";
    let chain = |fault: &Fault| match fault {
        Fault::Chain { feed, first, last } if feed.starts_with("621099100200/audit/") => {
            Some((*first, *last))
        }
        _ => None,
    };
    // Forged: another reason.
    let forged = wire::encode(&Access { what: What::Read.to_string(), about: case_no, ..Access::default() });
    let hex: String = forged.iter().map(|byte| format!("{byte:02x}")).collect();
    let found = altered(&format!("UPDATE entry SET body = x'{hex}' WHERE feed = {feed} AND n = 1"));
    assert_eq!(found.iter().filter_map(chain).collect::<Vec<_>>(), [(1, 1)], "{found:?}");
    assert!(found.contains(&Fault::Accesses), "the list doesn't say what the entry says: {found:?}");
    // Reordered.
    let found = altered(&format!(
        "UPDATE entry SET n = -n WHERE feed = {feed} AND n IN (2, 3);
         UPDATE entry SET n = 5 + n WHERE feed = {feed} AND n < 0"
    ));
    assert_eq!(found.iter().filter_map(chain).collect::<Vec<_>>(), [(2, 2), (3, 3)], "{found:?}");
    // Truncated, with all that speaks of it here.
    let found = altered(&format!(
        "DELETE FROM access WHERE entry IN (SELECT id FROM entry WHERE feed = {feed} AND n = 4);
         DELETE FROM entry WHERE feed = {feed} AND n = 4;
         DELETE FROM checkpoint WHERE feed = {feed} AND n = 4;
         UPDATE feed SET (n, chain, signed_n, signed_chain) =
             (SELECT n, chain, n, chain FROM checkpoint WHERE feed = {feed} AND n = 3) WHERE id = {feed}"
    ));
    assert!(
        found.iter().any(|fault| matches!(fault, Fault::Short { first: 4, last: 4, .. })),
        "the county has signed for it: {found:?}"
    );
    // Only the list of what was done.
    assert_eq!(altered("UPDATE access SET reason = '' WHERE reason <> ''"), [Fault::Accesses]);
    // What the county is noted to hold.
    let found = altered(&format!("UPDATE feed SET hub_n = 0, hub_chain = NULL WHERE id = {feed}"));
    assert_eq!(found, [Fault::Receipt]);
}

/// Whoever has the laptop and its key writes the whole feed anew: it holds by itself, and not against the county's word.
#[tokio::test]
async fn a_feed_that_was_signed_anew_is_named_here_and_refused_by_the_county() {
    let story = Story::begin().await;
    let Story { county, village, top, .. } = &story;
    let case_no = busy_day(&story).await;
    story.all_meet("03-05T10:00").await;
    county.exchange(village, at("03-05T10:05")).await.unwrap();
    let before = audit(top, ask::Audit::default());
    let mut replica = county.replica("village");
    let unit: UnitCode = VILLAGE.parse().unwrap();
    let partition = Partition::audit(unit);
    assert_eq!(partition.kind, PartitionKind::Audit);
    let feed = replica.identity().feed(partition);
    let sql = "SELECT entry.id, n, header, body FROM entry WHERE feed = (SELECT id FROM feed WHERE kind = 'audit') ORDER BY n";
    let entries: Vec<(i64, u64, Vec<u8>, Vec<u8>)> = {
        let mut statement = replica.db().prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    };
    let key = replica.signing_key().clone();
    let mut head = feed.origin();
    for (id, n, header, body) in &entries {
        let mut access: Access = minicbor::decode(body).unwrap();
        if *n == 1 {
            access.reason = "例行核对".to_owned();
        }
        let entry = Entry::of(header.clone(), wire::encode(&access), None);
        head = head.next(&entry);
        let signature = Checkpoint::sign(&feed, head, &key).signature;
        let db = replica.db();
        db.execute("UPDATE entry SET body = ? WHERE id = ?", params![entry.body, id]).unwrap();
        db.execute("UPDATE access SET reason = ? WHERE entry = ?", params![access.reason, id]).unwrap();
        let sql = "UPDATE checkpoint SET chain = ?, signature = ? WHERE n = ? AND feed = (SELECT id FROM feed WHERE kind = 'audit')";
        db.execute(sql, params![head.chain, signature, n]).unwrap();
    }
    let sql = "UPDATE feed SET chain = ?1, signed_chain = ?1 WHERE kind = 'audit'";
    replica.db().execute(sql, [head.chain]).unwrap();
    let found = replica.verify_audit().unwrap();
    assert_eq!(found, [Fault::Deposited { feed: feed.to_string(), n: entries.len() as u64 }]);
    drop(replica);
    // The county keeps what it has signed for; the other life of the feed stands beside it and hides nothing.
    let _ = county.exchange(village, at("03-05T11:00")).await;
    county.exchange(top, at("03-05T11:30")).await.unwrap();
    let after = audit(top, ask::Audit::default());
    for row in &before {
        assert!(after.contains(row), "{row:?}");
    }
    let read = ask::Audit { case_no: Some(case_no), ..ask::Audit::default() };
    assert!(audit(top, read).iter().any(|row| row.says.contains("核对证件原件")));
}

/// A record that somebody writes into what isn't an audit's, or into another unit's, counts as nothing.
#[tokio::test]
async fn a_record_counts_only_where_records_lie() {
    let story = Story::begin().await;
    let Story { county, top, .. } = &story;
    let unit: UnitCode = VILLAGE.parse().unwrap();
    let mut author = Author::beside(county, "village", Partition::work(unit, 2026), at("03-05T09:00"));
    let header = author.header(kind::ACCESS, None, None);
    let access = Access { what: "read".to_owned(), about: "x".to_owned(), ..Access::default() };
    author.write(Entry::new(&header, wire::encode(&access)));
    author.send(county).await;
    county.exchange(top, at("03-05T10:00")).await.unwrap();
    assert_eq!(audit(top, ask::Audit::default()), []);
    let mut replica = county.replica("county");
    assert_eq!(replica.verify_audit().unwrap(), []);
}
