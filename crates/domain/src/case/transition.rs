//! The state machine as data: `data/state_machine.json` is the law, this file reads it and holds the conditions that it
//! states in words, each under its own name.

use super::{
    ClockName, State,
    clock::{Does, Effect, beside},
    event::rank,
    replaced, review,
};
use crate::{
    Level, Role, UnitCode,
    item::{Item, ReceiptPoint, VillageMode},
};
use serde::Deserialize;
use std::sync::LazyLock;

/// A row of the table: one event, its from-states and its target.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Row")]
pub struct Transition {
    /// T01 … T32 of DOMAIN §4.2.
    pub row: String,
    pub event: String,
    pub zh: String,
    pub from: From,
    /// `None`: the state stays.
    pub to: Option<State>,
    pub roles: Vec<Role>,
    pub clocks: Vec<Effect>,
    pub form: Option<String>,
    /// The condition in words.
    pub when: String,
    /// Derived as of a date, never written.
    pub computed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    Any,
    States(Vec<State>),
}

/// What the rules need to know of a case beside its events.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    pub item: &'a Item,
    /// Came in at a window, not through the village agent.
    pub window: bool,
    /// The registering unit.
    pub unit: UnitCode,
}

/// Why an event can't be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("没有“{event}”这个环节。")]
    UnknownEvent { event: String },
    #[error("这个办件现在是“{}”，不能办“{name}”。", .state.zh())]
    WrongState { state: State, name: String },
    #[error("{name}要由{needed}来做，这台设备上的人没有这个权限。")]
    NoRole { name: String, needed: String },
    #[error("{reason}")]
    NotHere { reason: String },
}

/// The first of these roles that an act asks for.
pub fn role(name: &str, needed: &[Role], roles: &[Role]) -> Result<Role, Refusal> {
    roles.iter().copied().find(|role| needed.contains(role)).ok_or_else(|| {
        let needed: Vec<&str> = needed.iter().map(|role| role.zh()).collect();
        Refusal::NoRole { name: name.to_owned(), needed: needed.join("、") }
    })
}

#[derive(Deserialize)]
struct Row {
    row: String,
    event: String,
    zh: String,
    from: Vec<String>,
    to: String,
    #[serde(default)]
    roles: Vec<Role>,
    #[serde(default)]
    clocks: Vec<String>,
    form: Option<String>,
    #[serde(default)]
    when: String,
    #[serde(default)]
    computed: bool,
}

impl std::convert::From<Row> for Transition {
    fn from(row: Row) -> Self {
        let from = if row.from.iter().any(|state| state == "*") {
            From::Any
        } else {
            From::States(row.from.iter().filter_map(|state| State::parse(state)).collect())
        };
        let Row { row, event, zh, to, roles, clocks, form, when, computed, .. } = row;
        let clocks = clocks.iter().filter_map(|effect| effect.parse().ok()).collect();
        Self { row, event, zh, from, to: State::parse(&to), roles, clocks, form, when, computed }
    }
}

/// All rows, in the order of the file.
pub fn table() -> &'static [Transition] {
    static TABLE: LazyLock<Vec<Transition>> = LazyLock::new(|| {
        #[derive(Deserialize)]
        struct File {
            transitions: Vec<Transition>,
        }
        let file: Result<File, _> = serde_json::from_str(include_str!("../../../../data/state_machine.json"));
        file.map(|file| file.transitions).expect("compiled in, and read by a test")
    });
    &TABLE
}

/// Events that record without moving a case: the printing of a paper, the settling of a field, a correction that the
/// village may only suggest any more, and the answer to it; the resident's mandate to the agent, given and taken back; a new
/// agent; what a voided duplicate leaves to the case that goes on; paper that is back in the village; the minutes of a
/// meeting of organs; that a granted benefit is to end, and the organ's word on it; that the days of acts under a doubtful
/// clock are right; what stands in for a paper; that somebody has looked at acts that don't count.
pub static RECORDS: [Record; 19] = [
    Record::of("print", "打印"),
    Record::of("settle", "定下"),
    Record::of("suggest", "建议更正"),
    Record::of("adopt", "采纳建议"),
    Record::of("decline", "不采纳建议"),
    Record::of("entrust", "委托代办"),
    Record::of("revoke", "撤销委托"),
    Record::of("changeAgent", "更换代办员"),
    Record::of("takeOver", "转入材料"),
    Record { roles: &[Role::Agent, Role::VillageHead], ..Record::of("takeBack", "收到退回的材料") },
    Record { roles: &[Role::Reviewer, Role::CentreHead], ..Record::of("jointMeeting", "联席会议纪要") },
    Record::of("reportEnd", "报告应停发"),
    Record { roles: &STOPS, ..Record::of("stopBenefit", "停发待遇") },
    Record { roles: &STOPS, ..Record::of("keepBenefit", "继续发放") },
    Record { roles: &[Role::CentreHead], ..Record::of("confirmDays", "核对时间") },
    Record { roles: &TAKING_IN, ..Record::of(replaced::COMMIT, "告知承诺") },
    Record { roles: &TAKING_IN, ..Record::of(replaced::SHARE, "共享取得") },
    Record { roles: &[Role::Reviewer, Role::CentreHead], ..Record::of(replaced::VERIFY, "核查承诺") },
    Record {
        roles: &[Role::Reviewer, Role::CentreHead, Role::CountyMerge],
        ..Record::of(review::REVIEW, "看过没算数的")
    },
];

/// Who takes papers in, or what stands in for them.
const TAKING_IN: [Role; 4] = [Role::Agent, Role::VillageHead, Role::Intake, Role::Reviewer];

/// Who stops a benefit: the organ that grants it.
const STOPS: [Role; 4] = [Role::Reviewer, Role::Approver, Role::CentreHead, Role::CountyDept];

/// An event without a row.
pub struct Record {
    pub event: &'static str,
    pub zh: &'static str,
    /// Who may; empty for anyone with a working role.
    roles: &'static [Role],
}

impl Record {
    const fn of(event: &'static str, zh: &'static str) -> Self {
        Self { event, zh, roles: &[] }
    }

    fn find(event: &str) -> Option<&'static Self> {
        RECORDS.iter().find(|record| record.event == event)
    }
}

/// The roles whose acts stop a clock by name. That an act ends all of a case is another matter.
pub fn stopped_by(clock: ClockName) -> impl Iterator<Item = Role> {
    let stop = Effect { clock: Some(clock), does: Does::Stop };
    let rows =
        table().iter().map(|row| (row.event.as_str(), row.to, row.clocks.as_slice(), row.roles.as_slice()));
    let records = RECORDS.iter().map(|record| (record.event, None, &[] as &[Effect], record.roles));
    rows.chain(records)
        .filter(move |(event, to, clocks, _)| {
            clocks.iter().copied().chain(beside(event, *to)).any(|does| does == stop)
        })
        .flat_map(|(.., roles)| roles.iter().copied())
}

/// The Chinese name of an event; `None` for a newer program's.
pub fn name(event: &str) -> Option<&'static str> {
    let row =
        table().iter().find(|transition| transition.event == event).map(|transition| transition.zh.as_str());
    row.or_else(|| Record::find(event).map(|record| record.zh))
}

/// Legal acts of the competent organ: notice, acceptance, refusal, decision, close (DOMAIN §4.2, offline merge rule).
const LEGAL_ACTS: [&str; 7] =
    ["oneTimeNotice", "accept", "refuse", "tolerantAccept", "approve", "reject", "close"];

/// Whether an event is such an act, whoever takes it: a village that handles an item itself acts for the organ.
pub fn legal_act(event: &str) -> bool {
    LEGAL_ACTS.contains(&event)
}

/// Who goes first among events that don't know each other; fixed when the event is made.
pub fn rank(event: &str, level: Level) -> u8 {
    match level {
        Level::Village => rank::VILLAGE,
        _ if legal_act(event) => rank::LEGAL_ACT,
        _ => rank::ORGAN,
    }
}

/// The row under which someone with these roles, at a unit of this level, may take an event, and the role they take it
/// in. Preconditions that look at materials or dates are the caller's.
pub fn find(
    state: State,
    event: &str,
    roles: &[Role],
    level: Level,
    setting: &Setting<'_>,
) -> Result<(&'static Transition, Role), Refusal> {
    let rows = || table().iter().filter(|row| row.event == event && !row.computed);
    if let Some(kind) = Record::find(event) {
        return record(kind, roles);
    }
    let Some(first) = rows().next() else {
        return Err(match name(event) {
            Some(name) => Refusal::NotHere {
                reason: format!("“{name}”由程序按日期推算，不用人来做。")
            },
            None => Refusal::UnknownEvent { event: event.to_owned() },
        });
    };
    let applies = |row: &&Transition| match &row.from {
        From::Any => true,
        From::States(states) => states.contains(&state),
    };
    let mut refusal = Refusal::WrongState { state, name: first.zh.clone() };
    for row in rows().filter(applies) {
        let held = roles.iter().copied().find(|role| may(row, *role, state, level, setting));
        match (held, condition(row, state, level, setting)) {
            (Some(role), Ok(())) => return Ok((row, role)),
            (_, Err(reason)) => refusal = Refusal::NotHere { reason },
            (None, Ok(())) => {
                let needed: Vec<&str> = row.roles.iter().map(|role| role.zh()).collect();
                refusal = Refusal::NoRole { name: row.zh.clone(), needed: needed.join("、") };
            }
        }
    }
    Err(refusal)
}

/// [`RECORDS`] have no row: they may be made in any state.
fn record(kind: &Record, roles: &[Role]) -> Result<(&'static Transition, Role), Refusal> {
    static ROWS: LazyLock<Vec<Transition>> = LazyLock::new(|| {
        let row = |record: &Record| Transition {
            row: String::new(),
            event: record.event.to_owned(),
            zh: record.zh.to_owned(),
            from: From::Any,
            to: None,
            roles: record.roles.to_vec(),
            clocks: Vec::new(),
            form: None,
            when: String::new(),
            computed: false,
        };
        RECORDS.iter().map(row).collect()
    });
    let working = |role: &Role| !matches!(role, Role::Observer | Role::Admin | Role::Supervisor);
    let may = |role: &Role| if kind.roles.is_empty() { working(role) } else { kind.roles.contains(role) };
    let held = roles.iter().copied().find(may);
    let row = ROWS.iter().find(|row| row.event == kind.event);
    row.zip(held).ok_or_else(|| Refusal::NoRole {
        name: kind.zh.to_owned(),
        needed: match kind.roles {
            [] => "办件人员".to_owned(),
            roles => roles.iter().map(|role| role.zh()).collect::<Vec<_>>().join("、"),
        },
    })
}

/// Whether a role stands in the row, or is named by the row's condition.
fn may(row: &Transition, role: Role, state: State, level: Level, setting: &Setting<'_>) -> bool {
    let village = level == Level::Village && matches!(role, Role::Agent | Role::VillageHead);
    row.roles.contains(&role)
        || village && (direct_item_at_village(row, setting) || village_is_receiving_point(row, setting))
        || named_by_condition(row, role, state, setting)
}

/// T06, T15: the head of the centre, for a second notice, a long or second pause; T11: the approver, for a licence; T26:
/// the agent, for a draft.
fn named_by_condition(row: &Transition, role: Role, state: State, setting: &Setting<'_>) -> bool {
    match (row.event.as_str(), role) {
        ("oneTimeNotice" | "pause", Role::CentreHead) => true,
        ("refuse", Role::Approver) => setting.item.licence(),
        ("void", Role::Agent) => state == State::Draft,
        _ => false,
    }
}

/// DIRECT items: the village holds REVIEWER, APPROVER and ISSUER too, receives (T02) and accepts (T09).
fn direct_item_at_village(row: &Transition, setting: &Setting<'_>) -> bool {
    setting.item.village_mode == VillageMode::Direct
        && (row.roles.iter().any(|role| matches!(role, Role::Reviewer | Role::Approver | Role::Issuer))
            || matches!(row.event.as_str(), "directReceive" | "accept"))
}

/// Where the village's receipt is the legal one it receives (T02) and gives the one-time notice (T06).
fn village_is_receiving_point(row: &Transition, setting: &Setting<'_>) -> bool {
    setting.item.receipt_point == ReceiptPoint::Village
        && matches!(row.event.as_str(), "directReceive" | "oneTimeNotice")
}

/// The conditions that rows state in words, as far as state, level and item decide them.
fn condition(row: &Transition, state: State, level: Level, setting: &Setting<'_>) -> Result<(), String> {
    match row.event.as_str() {
        "submit" => registered_for_the_township(setting),
        "directReceive" => received_where_recorded(level, setting),
        "handOver" | "receive" if state == State::Received => custody_of_a_village_receipt(setting),
        "returnToVillage" => before_any_legal_receipt(setting),
        "propose" if state == State::Accepted => instant_only(setting, "先开始审查，再拟办。"),
        "approve" if state != State::PendingDecision => decided_on_the_spot(level, setting),
        "reject" if state != State::PendingDecision => instant_only(setting, "先拟办，再决定。"),
        _ => Ok(()),
    }
}

/// T01: PROXY or ASSIST items whose legal receipt is the township's.
fn registered_for_the_township(setting: &Setting<'_>) -> Result<(), String> {
    let item = setting.item;
    let registered = matches!(item.village_mode, VillageMode::Proxy | VillageMode::Assist);
    if registered && item.receipt_point == ReceiptPoint::Township && !setting.window {
        Ok(())
    } else if item.village_mode == VillageMode::Inform {
        Err("这个事项村里只告知怎么办，不代办。请把办事指南给群众。".to_owned())
    } else {
        Err("这个事项在这里是直接收件，不是代办登记。".to_owned())
    }
}

/// T02: a walk-in at the window; at the village only what it receives by law or handles itself.
fn received_where_recorded(level: Level, setting: &Setting<'_>) -> Result<(), String> {
    let item = setting.item;
    let at_village = item.receipt_point == ReceiptPoint::Village || item.village_mode == VillageMode::Direct;
    match level {
        Level::Village if at_village => Ok(()),
        Level::Village => Err("这个事项要由乡镇窗口收件。村里请用代办登记。".to_owned()),
        _ if setting.window => Ok(()),
        _ => Err("窗口收件要选“窗口”渠道。".to_owned()),
    }
}

/// T03, T04 from RECEIVED: only the custody of the paper moves, where the village's receipt was the legal one.
fn custody_of_a_village_receipt(setting: &Setting<'_>) -> Result<(), String> {
    if setting.item.receipt_point == ReceiptPoint::Village {
        Ok(())
    } else {
        Err("乡镇已经收件，不用再移交、接收。".to_owned())
    }
}

/// T05: never where the village's receipt was the legal one, nor where no village had the paper.
fn before_any_legal_receipt(setting: &Setting<'_>) -> Result<(), String> {
    if setting.window {
        return Err("这是窗口直接收的件，没有代办点可以退回。请用一次性告知。".to_owned());
    }
    if setting.item.receipt_point == ReceiptPoint::Village {
        Err("村里的收件已经是法定收件，不能退回。请用一次性告知。".to_owned())
    } else {
        Ok(())
    }
}

/// T17 from ACCEPTED or IN_REVIEW: instant items, and DIRECT items at the village.
fn decided_on_the_spot(level: Level, setting: &Setting<'_>) -> Result<(), String> {
    if level == Level::Village && setting.item.village_mode == VillageMode::Direct {
        Ok(())
    } else {
        instant_only(setting, "先拟办，再审批。")
    }
}

fn instant_only(setting: &Setting<'_>, otherwise: &str) -> Result<(), String> {
    if setting.item.instant() { Ok(()) } else { Err(format!("这不是即办件，{otherwise}")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::tests::catalogue_item;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(table().len(), 47);
        let mut events: Vec<&str> = table().iter().map(|row| row.event.as_str()).collect();
        events.sort_unstable();
        events.dedup();
        assert_eq!(events.len(), 43);
        let file: serde_json::Value =
            serde_json::from_str(include_str!("../../../../data/state_machine.json")).unwrap();
        let effects = |row: &serde_json::Value| row["clocks"].as_array().map_or(0, Vec::len);
        for (row, stated) in table().iter().zip(file["transitions"].as_array().unwrap()) {
            assert_eq!(row.clocks.len(), effects(stated), "{}", row.event);
        }
        for row in table() {
            let From::States(from) = &row.from else { continue };
            assert!(!from.is_empty(), "{}", row.event);
        }
        for state in State::ALL {
            let reached = table().iter().any(|row| row.to == Some(state));
            assert!(reached || state == State::Draft, "{state}");
        }
    }

    /// The table once more, straight from its file, with the conditions that it states in words read by another hand.
    fn lawful(
        file: &serde_json::Value,
        event: &str,
        state: State,
        role: Role,
        level: Level,
        setting: &Setting<'_>,
    ) -> bool {
        let item = setting.item;
        let direct = item.village_mode == VillageMode::Direct;
        let village_receives = item.receipt_point == ReceiptPoint::Village;
        let instant = item.handling_type_name == "即办件";
        let village = level == Level::Village && matches!(role, Role::Agent | Role::VillageHead);
        file["transitions"].as_array().unwrap().iter().any(|row| {
            let has = |list: &str, text: &str| {
                row[list].as_array().is_some_and(|all| all.iter().any(|one| one == text))
            };
            let listed = has("roles", role.as_str());
            let organs = ["REVIEWER", "APPROVER", "ISSUER"].iter().any(|role| has("roles", role));
            let role_fits = match (event, role) {
                ("directReceive", _) if village => direct || village_receives,
                ("accept", _) if village => direct,
                ("oneTimeNotice", _) if village => village_receives,
                ("oneTimeNotice" | "pause", Role::CentreHead) => true,
                ("refuse", Role::Approver) => item.licence(),
                ("void", Role::Agent) if state == State::Draft => true,
                _ => listed || village && direct && organs,
            };
            let condition = match (event, state) {
                ("submit", _) => {
                    matches!(item.village_mode, VillageMode::Proxy | VillageMode::Assist)
                        && !village_receives
                        && !setting.window
                }
                ("directReceive", _) if level == Level::Village => direct || village_receives,
                ("directReceive", _) => setting.window,
                ("handOver" | "receive", State::Received) => village_receives,
                ("returnToVillage", _) => !village_receives && !setting.window,
                ("propose", State::Accepted) => instant,
                ("approve", State::Accepted | State::InReview) => {
                    instant || direct && level == Level::Village
                }
                ("reject", State::Accepted | State::InReview) => instant,
                _ => true,
            };
            row["event"] == event
                && row["computed"] != true
                && (has("from", "*") || has("from", state.as_str()))
                && role_fits
                && condition
        })
    }

    /// Every event in every state by every role, at a village and above, over items of every kind.
    #[test]
    fn every_act_is_allowed_or_refused_by_the_table_and_says_why() {
        let mut events: Vec<&str> = table().iter().map(|row| row.event.as_str()).collect();
        events.dedup();
        let file: serde_json::Value =
            serde_json::from_str(include_str!("../../../../data/state_machine.json")).unwrap();
        let mut allowed = 0;
        for (item, window) in [
            ("I002", false),
            ("I001", true),
            ("I004", false),
            ("I016", true),
            ("I029", true),
            ("I030", false),
            ("I036", false),
        ] {
            let setting =
                Setting { item: catalogue_item(item), window, unit: "621099100200".parse().unwrap() };
            for (event, state, role) in events.iter().flat_map(|event| {
                State::ALL
                    .into_iter()
                    .flat_map(move |state| Role::ALL.into_iter().map(move |role| (*event, state, role)))
            }) {
                for level in [Level::Village, Level::Township, Level::County] {
                    let found = find(state, event, &[role], level, &setting);
                    let lawful = lawful(&file, event, state, role, level, &setting);
                    assert_eq!(
                        found.is_ok(),
                        lawful,
                        "{event} in {state} by {role} at {level:?} for {item}: {found:?}"
                    );
                    match found {
                        Ok((row, as_role)) => {
                            assert_eq!((row.event.as_str(), as_role), (event, role));
                            allowed += 1;
                        }
                        Err(refusal) => assert!(refusal.to_string().ends_with('。'), "{refusal}"),
                    }
                }
            }
        }
        assert!(allowed > 1_000, "{allowed}");
    }

    #[test]
    fn who_may_what_where() {
        let proxy = catalogue_item("I002");
        let at = |item| Setting { item, window: false, unit: "621099100200".parse().unwrap() };
        let (village, township) = (Role::working(Level::Village), Role::working(Level::Township));
        let allowed = |state, event, roles: &[Role], level, setting: &Setting<'_>| {
            find(state, event, roles, level, setting).map(|(row, role)| (row.to, role))
        };
        assert_eq!(
            allowed(State::Draft, "submit", village, Level::Village, &at(proxy)),
            Ok((Some(State::Registered), Role::Agent))
        );
        assert_eq!(
            allowed(State::InTransit, "receive", township, Level::Township, &at(proxy)),
            Ok((Some(State::Received), Role::Intake))
        );
        let refused =
            |state, event, roles, level| allowed(state, event, roles, level, &at(proxy)).unwrap_err();
        assert!(matches!(
            refused(State::Received, "accept", village, Level::Village),
            Refusal::NoRole { .. }
        ));
        assert!(matches!(
            refused(State::Registered, "accept", township, Level::Township),
            Refusal::WrongState { .. }
        ));
        assert!(matches!(
            refused(State::Draft, "directReceive", village, Level::Village),
            Refusal::NotHere { .. }
        ));
        assert!(matches!(
            refused(State::Accepted, "approve", township, Level::Township),
            Refusal::NotHere { .. }
        ));
        assert!(matches!(
            refused(State::Received, "deemedAccept", township, Level::Township),
            Refusal::NotHere { .. }
        ));
        assert!(matches!(
            refused(State::Received, "fly", township, Level::Township),
            Refusal::UnknownEvent { .. }
        ));
    }
}
