use super::*;
use crate::{
    DeviceId, EventId, Hlc, Instant, PersonId, RULES_VERSION, UnitCode,
    calendar::tests::published,
    case::{
        CountySettings, Event, State,
        clock::ClockName,
        deadlines,
        event::{LegalDate, rank},
        fold,
        replaced::{COMMIT, Instead, SHARE, VERIFY},
    },
    check::Fault,
    item::{Item, field::Doubt, tests::catalogue_item},
    staff::{self, Staff},
};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

const TOWNSHIP: &str = "621099100000";

/// A case that came in at the township's window, one act after the other.
struct Story {
    item: &'static Item,
    events: Vec<Event>,
    missing: Vec<&'static str>,
    gaps: Vec<Doubt>,
    people: usize,
    staff: Option<Staff>,
    on_behalf_of: Option<PersonId>,
    settings: CountySettings,
}

impl Story {
    fn of(item: &str) -> Self {
        Self {
            item: catalogue_item(item),
            events: Vec::new(),
            missing: Vec::new(),
            gaps: Vec::new(),
            people: 5,
            staff: None,
            on_behalf_of: None,
            settings: CountySettings::default(),
        }
    }

    fn setting(&self) -> Setting<'static> {
        Setting { item: self.item, window: true, unit: TOWNSHIP.parse().unwrap() }
    }

    fn folded(&self) -> Folded {
        fold(&self.events, &self.setting())
    }

    /// An act by somebody who holds all roles of a township.
    fn act(&mut self, event: &str, on: &str, says: Value) -> Result<&mut Self, String> {
        self.act_by(1, Role::working(Level::Township), event, on, says)
    }

    fn act_by(
        &mut self,
        person: u8,
        roles: &[Role],
        event: &str,
        on: &str,
        says: Value,
    ) -> Result<&mut Self, String> {
        let on: Date = on.parse().unwrap();
        let unit: UnitCode = TOWNSHIP.parse().unwrap();
        let said: Said = serde_json::from_value(says.clone()).unwrap();
        let (folded, calendar) = (self.folded(), published());
        let (_, role) = allowed(&folded, event, &said, roles, unit.level(), &self.setting())
            .map_err(|refusal| refusal.to_string())?;
        let person = PersonId([person; 8]);
        let ground = Ground {
            folded: &folded,
            item: self.item,
            calendar: &calendar,
            settings: &self.settings,
            on,
            today: on.max(date(2027, 1, 1)),
            person,
            on_behalf_of: self.on_behalf_of,
            roles,
            role,
            staff: self.staff.as_ref(),
            entrustment: None,
            missing: &self.missing,
            gaps: &self.gaps,
            people: self.people,
        };
        ready(event, &said, &ground)?;
        let n = self.events.len() as u8 + 1;
        self.events.push(Event {
            id: EventId([n; 8]),
            kind: event.to_owned(),
            after: self.events.last().map(|last| last.id).into_iter().collect(),
            rank: rank::ORGAN,
            hlc: Hlc(u64::from(n)),
            at: Instant(0),
            on: LegalDate(on),
            person,
            role: role.as_str().to_owned(),
            unit,
            device: DeviceId([1; 8]),
            rules_version: RULES_VERSION,
            item_version: 1,
            paper: None,
            payload: says.to_string(),
            authority: Default::default(),
        });
        let placed = self.folded();
        assert!(placed.placed.iter().all(|placed| placed.contested.is_none()), "what is ready counts");
        Ok(self)
    }

    fn refused(&mut self, event: &str, on: &str, says: Value) -> String {
        self.act(event, on, says).err().unwrap()
    }

    fn due(&self, clock: ClockName) -> Option<(Date, bool)> {
        let all = deadlines::deadlines(&self.folded(), self.item, &published(), &CountySettings::default());
        all.iter().find(|one| one.clock == clock).map(|one| (one.due.date, one.running))
    }
}

fn none() -> Value {
    json!({})
}

#[test]
fn one_notice_a_second_is_the_heads_and_a_late_one_nobodys() {
    let mut story = Story::of("I002");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    story.act("oneTimeNotice", "2026-05-08", json!({"limitDays": 7})).unwrap();
    assert_eq!(story.due(ClockName::Supplement), Some((date(2026, 5, 18), true)));
    assert!(
        story
            .refused("supplementExpired", "2026-05-18", json!({"contacts": ["5月15日电话"]}))
            .contains("还没有过")
    );
    story.act("supplement", "2026-05-12", none()).unwrap();
    let intake = [Role::Intake];
    let refused = story.act_by(1, &intake, "oneTimeNotice", "2026-05-13", none()).err().unwrap();
    assert!(refused.contains("中心主任"), "{refused}");
    assert!(story.refused("oneTimeNotice", "2026-05-13", none()).contains("理由"));
    story.act("oneTimeNotice", "2026-05-13", json!({"reason": "新发现户口不在本乡镇"})).unwrap();
    assert_eq!(story.folded().notices, 2);
    assert_eq!(story.events.last().unwrap().role, "CENTRE_HEAD");
    story.act("supplement", "2026-05-14", none()).unwrap();
    assert!(story.refused("oneTimeNotice", "2026-05-22", none()).contains("视同受理"));
    story.act("accept", "2026-05-22", none()).unwrap();
    let promise = story.due(ClockName::Promise).unwrap();
    assert_eq!(
        promise,
        (date(2026, 5, 28), true),
        "ten days from the receipt on the 14th, not from the late acceptance"
    );
}

#[test]
fn what_is_missing_can_be_owed_where_the_item_allows_it_and_holds_the_result_back() {
    let mut story = Story::of("I018");
    let owed: Vec<&str> = story
        .item
        .materials
        .iter()
        .filter(|m| m.tolerable || m.necessity == "3")
        .map(|m| m.material_code.as_str())
        .collect();
    story.missing = owed.clone();
    story.act("directReceive", "2026-05-06", none()).unwrap();
    assert!(story.refused("tolerantAccept", "2026-05-07", none()).contains("owed"));
    assert!(story.refused("tolerantAccept", "2026-05-07", json!({"owed": owed})).contains("签字"));
    let necessary =
        &story.item.materials.iter().find(|m| m.required() && !m.tolerable).unwrap().material_code;
    assert!(
        story
            .refused("tolerantAccept", "2026-05-07", json!({"owed": [necessary], "signed": true}))
            .contains("不是可以容缺")
    );
    story.act("tolerantAccept", "2026-05-07", json!({"owed": owed, "signed": true})).unwrap();
    assert_eq!(story.due(ClockName::Tolerance), Some((date(2026, 5, 13), true)));
    story.act("startReview", "2026-05-07", none()).unwrap();
    story.act("publicNoticeStart", "2026-05-08", none()).unwrap();
    assert!(story.refused("publicNoticeEnd", "2026-05-15", none()).contains("才满"));
    story.act("publicNoticeEnd", "2026-05-18", none()).unwrap();
    story.act("propose", "2026-05-18", none()).unwrap();
    assert!(
        story
            .act_by(2, &[Role::Approver], "approve", "2026-05-18", none())
            .err()
            .unwrap()
            .contains("还没有补齐")
    );
    assert!(story.refused("tolerantDone", "2026-05-18", none()).contains("还欠"));
    story.missing.clear();
    story.act("tolerantDone", "2026-05-18", none()).unwrap();
    assert!(!story.due(ClockName::Tolerance).unwrap().1);
    assert!(story.refused("approve", "2026-05-18", none()).contains("两个人"));
    story.act_by(2, &[Role::Approver], "approve", "2026-05-18", none()).unwrap();
}

#[test]
fn a_form_is_filled_in_and_right_before_the_case_is_accepted() {
    let gap = |key: &str, label: &str, code, message: &str| Doubt {
        key: key.to_owned(),
        label: label.to_owned(),
        fault: Fault::new(code, message),
        blocks: true,
    };
    let mut story = Story::of("I002");
    story.act("directReceive", "2026-03-02", none()).unwrap();
    story.gaps = vec![
        gap("endDate", "返回日期", "field-rule", "不能早于“外出日期”（2026年3月1日）。请再看一遍。"),
        gap("paidYears", "累计缴费年限", "missing", ""),
    ];
    let refused = |story: &mut Story| story.act("accept", "2026-03-03", none()).map(drop).unwrap_err();
    assert_eq!(refused(&mut story), "还没有填“累计缴费年限”，不能受理。请问清补填。");
    story.gaps.pop();
    let wrong = "“返回日期”填得不对，不能受理：不能早于“外出日期”（2026年3月1日）。请再看一遍。";
    assert_eq!(refused(&mut story), wrong);
    story.gaps.clear();
    story.act("accept", "2026-03-03", none()).unwrap();
}

#[test]
fn an_objection_to_a_public_notice_asks_for_another() {
    let mut story = Story::of("I016");
    story.act("directReceive", "2026-03-02", none()).unwrap();
    story.act("accept", "2026-03-02", none()).unwrap();
    story.act("startReview", "2026-03-03", none()).unwrap();
    assert!(story.refused("propose", "2026-03-04", none()).contains("先公示"));
    assert!(story.refused("publicNoticeEnd", "2026-03-04", none()).contains("没有正在公示"));
    story.act("publicNoticeStart", "2026-03-04", none()).unwrap();
    assert!(story.refused("propose", "2026-03-05", none()).contains("还没有结束"));
    assert!(story.refused("publicNoticeObjection", "2026-03-06", none()).contains("内容"));
    story.act("publicNoticeObjection", "2026-03-06", json!({"reason": "家里有两辆车"})).unwrap();
    story.act("publicNoticeEnd", "2026-03-12", none()).unwrap();
    assert!(story.refused("propose", "2026-03-12", none()).contains("有异议"));
    story.act("publicNoticeStart", "2026-03-12", none()).unwrap();
    assert!(story.refused("publicNoticeEnd", "2026-03-19", none()).contains("次日"));
    story.act("publicNoticeEnd", "2026-03-20", none()).unwrap();
    story.act("propose", "2026-03-20", none()).unwrap();
}

#[test]
fn a_special_procedure_is_told_and_stops_the_clock_once() {
    let mut story = Story::of("I034");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    story.act("accept", "2026-05-06", none()).unwrap();
    story.act("startReview", "2026-05-06", none()).unwrap();
    let due = story.due(ClockName::Statutory).unwrap().0;
    assert!(story.refused("resume", "2026-05-07", none()).contains("没有停"));
    assert!(story.refused("pause", "2026-05-11", json!({"procedure": "现场勘查"})).contains("依据"));
    let survey =
        json!({"procedure": "现场勘查", "basis": "许可法第四十五条", "expectedDays": 3, "told": true});
    story.act_by(1, &[Role::Reviewer], "pause", "2026-05-11", survey.clone()).unwrap();
    assert!(!story.due(ClockName::Statutory).unwrap().1);
    assert!(story.refused("pause", "2026-05-12", survey.clone()).contains("已经停着"));
    story.act("resume", "2026-05-14", none()).unwrap();
    let moved = story.due(ClockName::Statutory).unwrap();
    assert!(moved.1 && moved.0 > due, "three working days later");
    assert!(
        story
            .act_by(1, &[Role::Reviewer], "pause", "2026-05-18", survey.clone())
            .err()
            .unwrap()
            .contains("中心主任")
    );
    let long = json!({"procedure": "听证", "basis": "许可法第四十五条", "expectedDays": 20, "told": true});
    let mut other = Story::of("I034");
    other.act("directReceive", "2026-05-06", none()).unwrap();
    other.act("accept", "2026-05-06", none()).unwrap();
    other.act("startReview", "2026-05-06", none()).unwrap();
    let refused = other.act_by(1, &[Role::Reviewer], "pause", "2026-05-18", long.clone()).err().unwrap();
    assert!(refused.contains("超过 10 个"), "{refused}");
    other.act("pause", "2026-05-18", long).unwrap();
}

#[test]
fn an_extension_comes_once_in_time_and_within_its_limit() {
    let mut story = Story::of("I034");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    story.act("accept", "2026-05-06", none()).unwrap();
    let (due, _) = story.due(ClockName::Promise).unwrap();
    assert!(story.refused("extend", "2026-05-07", json!({"days": 5})).contains("理由"));
    assert!(
        story.refused("extend", "2026-05-07", json!({"days": 50, "reason": "专家评审"})).contains("最多")
    );
    let late = due.tomorrow().unwrap().to_string();
    assert!(story.refused("extend", &late, json!({"days": 5, "reason": "专家评审"})).contains("已经过了"));
    story.act("extend", "2026-05-07", json!({"days": 5, "reason": "专家评审"})).unwrap();
    assert!(story.due(ClockName::Promise).unwrap().0 > due);
    assert!(story.refused("extend", "2026-05-08", json!({"days": 1, "reason": "专家评审"})).contains("一次"));
}

#[test]
fn organs_asked_together_answer_or_are_silent_with_evidence() {
    let mut story = Story::of("I029");
    story.act("directReceive", "2026-09-01", none()).unwrap();
    story.act("accept", "2026-09-01", none()).unwrap();
    story.act("startReview", "2026-09-01", none()).unwrap();
    for organ in ["自然资源所", "林业站"] {
        story.act("jointDispatch", "2026-09-02", json!({"organ": organ, "limitDays": 3})).unwrap();
    }
    assert!(story.refused("jointDispatch", "2026-09-02", json!({"organ": "林业站"})).contains("已经分送"));
    assert!(
        story
            .refused("jointOpinion", "2026-09-03", json!({"organ": "水利站", "opinion": "同意"}))
            .contains("没有等着")
    );
    story.act("jointOpinion", "2026-09-03", json!({"organ": "自然资源所", "opinion": "同意"})).unwrap();
    assert!(story.refused("propose", "2026-09-04", none()).contains("林业站"));
    let silence = json!({"organ": "林业站", "evidence": "9月2日签收的分送单", "ground": "timeout"});
    story.act("jointOpinion", "2026-09-08", json!({"organ": "林业站", "opinion": "同意"})).unwrap();
    story.act("propose", "2026-09-08", none()).unwrap();

    let mut benefit = Story::of("I022");
    benefit.act("directReceive", "2026-09-01", none()).unwrap();
    benefit.act("accept", "2026-09-01", none()).unwrap();
    benefit.act("startReview", "2026-09-01", none()).unwrap();
    benefit.act("jointDispatch", "2026-09-02", json!({"organ": "林业站", "limitDays": 3})).unwrap();
    assert!(benefit.refused("jointTacit", "2026-09-07", silence.clone()).contains("还没有过"));
    assert!(benefit.refused("jointTacit", "2026-09-08", json!({"organ": "林业站"})).contains("证据"));
    benefit.act("jointTacit", "2026-09-08", silence).unwrap();
    assert!(benefit.folded().joint.asked[0].answer.as_ref().unwrap().tacit);
}

#[test]
fn who_stays_away_from_the_meeting_consents_by_its_minutes() {
    let mut story = Story::of("I029");
    for event in ["directReceive", "accept", "startReview"] {
        story.act(event, "2026-09-01", none()).unwrap();
    }
    let minutes = |absent: &[&str]| json!({"present": ["农业农村办", "自然资源所"], "absent": absent, "minutes": "同意选址"});
    assert!(story.refused("jointMeeting", "2026-09-02", minutes(&[])).contains("分送"));
    for organ in ["自然资源所", "林业站"] {
        story.act("jointDispatch", "2026-09-02", json!({"organ": organ, "limitDays": 9})).unwrap();
    }
    assert!(story.refused("jointMeeting", "2026-09-03", json!({"present": ["林业站"]})).contains("议定"));
    assert!(story.refused("jointMeeting", "2026-09-03", minutes(&["水利站"])).contains("没有被分送过"));
    assert!(story.refused("jointMeeting", "2026-09-03", minutes(&["自然资源所"])).contains("又到会又缺席"));
    let absence = json!({"organ": "林业站", "ground": "absence", "evidence": "9月3日会议签到表"});
    assert!(story.refused("jointTacit", "2026-09-03", absence.clone()).contains("会议纪要"));
    story.act("jointMeeting", "2026-09-03", minutes(&["林业站"])).unwrap();
    story.act("jointTacit", "2026-09-03", absence).unwrap();
    let joint = story.folded().joint;
    assert!(joint.asked[1].answer.as_ref().unwrap().tacit && joint.asked[0].answer.is_none());
    assert_eq!(joint.stayed_away("林业站").unwrap().minutes, "同意选址");
}

#[test]
fn a_granted_benefit_ends_by_the_organs_word() {
    let mut story = Story::of("I019");
    let reason = || json!({"reason": "3月1日去世"});
    story.act("directReceive", "2026-02-02", none()).unwrap();
    assert!(story.refused("reportEnd", "2026-02-02", reason()).contains("没有正在享受"));
    for event in ["accept", "startReview", "publicNoticeStart"] {
        story.act(event, "2026-02-02", none()).unwrap();
    }
    story.act("publicNoticeEnd", "2026-02-24", none()).unwrap();
    story.act_by(3, Role::working(Level::Township), "propose", "2026-03-02", none()).unwrap();
    for event in ["approve", "close", "deliver"] {
        story.act(event, "2026-03-02", none()).unwrap();
    }
    assert!(story.refused("stopBenefit", "2026-03-05", none()).contains("原因"));
    assert!(story.refused("keepBenefit", "2026-03-05", reason()).contains("没有人报告过"));
    story.act_by(2, &[Role::Agent], "reportEnd", "2026-03-05", reason()).unwrap();
    assert!(story.refused("reportEnd", "2026-03-05", reason()).contains("已经报告过"));
    assert!(story.act_by(2, &[Role::Agent], "stopBenefit", "2026-03-06", reason()).is_err());
    let ends = |story: &Story| {
        let all = deadlines::deadlines(&story.folded(), story.item, &published(), &story.settings);
        let stop = all.into_iter().find(|deadline| deadline.clock == ClockName::Stop).unwrap();
        (stop.due.date, stop.running)
    };
    assert_eq!(ends(&story), (date(2026, 3, 12), true));
    story.act("keepBenefit", "2026-03-06", json!({"reason": "同名，本人健在"})).unwrap();
    assert!(story.folded().benefit.runs() && !ends(&story).1);
    story.act("reportEnd", "2026-04-07", reason()).unwrap();
    story.act("stopBenefit", "2026-04-08", reason()).unwrap();
    assert_eq!(story.folded().benefit.stopped, Some(date(2026, 4, 8)));
    assert!(story.refused("stopBenefit", "2026-04-09", reason()).contains("可停"));
    assert_eq!(story.folded().state, State::Delivered, "the case itself is over as it was");
}

#[test]
fn a_step_of_the_review_has_the_countys_term() {
    let mut story = Story::of("I022");
    let since = date(2026, 1, 1);
    story.settings = CountySettings::of([(since, "stageDays", 4)]);
    for event in ["directReceive", "accept", "startReview"] {
        story.act(event, "2026-05-06", none()).unwrap();
    }
    let stage = |story: &Story| {
        let all = deadlines::deadlines(&story.folded(), story.item, &published(), &story.settings);
        all.into_iter()
            .find(|deadline| deadline.clock == ClockName::Stage)
            .map(|stage| (stage.due.date, stage.running))
    };
    assert_eq!(stage(&story), Some((date(2026, 5, 11), true)), "over a Saturday that is worked");
    let told = json!({"procedure": "现场勘查", "basis": "第十条", "expectedDays": 2, "told": true});
    story.act("pause", "2026-05-08", told).unwrap();
    assert!(!stage(&story).unwrap().1);
    story.act("resume", "2026-05-12", none()).unwrap();
    assert_eq!(stage(&story), Some((date(2026, 5, 14), true)));
    story.act("publicNoticeStart", "2026-05-12", none()).unwrap();
    story.act("publicNoticeEnd", "2026-05-20", none()).unwrap();
    story.act("propose", "2026-05-20", none()).unwrap();
    assert!(!stage(&story).unwrap().1);
    story.act("sendBack", "2026-05-21", json!({"reason": "再核"})).unwrap();
    assert_eq!(stage(&story), Some((date(2026, 5, 27), true)), "and begins anew");
    story.settings = CountySettings::default();
    assert_eq!(stage(&story), None);
}

#[test]
fn urgent_relief_is_decided_within_hours() {
    let mut story = Story::of("I018");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    story.events[0].at = "2026-05-06T15:20:00+08:00".parse().unwrap();
    let by = |story: &Story| deadlines::urgent_by(&story.folded(), story.item).map(|by| by.to_string());
    assert_eq!(by(&story).as_deref(), Some("2026-05-08T15:20:00+08:00"));
    story.events[0].at = "2026-05-07T08:00:00+08:00".parse().unwrap();
    assert_eq!(by(&story).as_deref(), Some("2026-05-09T00:00:00+08:00"), "entered the day after");
    assert_eq!(by(&Story::of("I002")), None);
}

#[test]
fn a_licence_is_not_refused_at_the_counter_for_its_merits() {
    let mut story = Story::of("I034");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    let merits = json!({"reason": "不符合条件"});
    assert!(
        story
            .act_by(1, &[Role::Intake], "refuse", "2026-05-07", merits.clone())
            .err()
            .unwrap()
            .contains("审批人")
    );
    assert!(story.refused("refuse", "2026-05-07", merits.clone()).contains("依法不需要许可"));
    story
        .act("refuse", "2026-05-07", json!({"ground": "不属本机关职权", "reason": "归县自然资源局"}))
        .unwrap();
    let mut service = Story::of("I002");
    service.act("directReceive", "2026-05-06", none()).unwrap();
    assert!(service.refused("refuse", "2026-05-07", none()).contains("理由"));
    service.act("refuse", "2026-05-07", merits).unwrap();
    assert_eq!(service.folded().state, State::NotAccepted);
}

#[test]
fn a_new_agent_is_named() {
    let mut story = Story::of("I002");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    assert_eq!(story.folded().agent, None, "a case of the window's is nobody's in a village");
    assert!(story.refused("changeAgent", "2026-05-07", json!({"agent": "赵敏"})).contains("编号"));
    let new = PersonId([7; 8]);
    story.act("changeAgent", "2026-05-07", json!({ "agent": new })).unwrap();
    assert_eq!(story.folded().agent, Some(new));
}

#[test]
fn nobody_approves_their_own_proposal_through_a_substitute() {
    let mut story = Story::of("I034");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    story.act("accept", "2026-05-06", none()).unwrap();
    story.act("startReview", "2026-05-06", none()).unwrap();
    story.act("propose", "2026-05-07", none()).unwrap();
    story.on_behalf_of = Some(PersonId([1; 8]));
    let refused = story.act_by(2, &[Role::Approver], "approve", "2026-05-07", none()).err().unwrap();
    assert!(refused.contains("两个人"), "{refused}");
    story.on_behalf_of = Some(PersonId([3; 8]));
    story.act_by(2, &[Role::Approver], "approve", "2026-05-07", none()).unwrap();
}

#[test]
fn a_licence_waits_for_somebody_qualified_where_the_county_says_so() {
    let mut story = Story::of("I034");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    story.act("accept", "2026-05-06", none()).unwrap();
    story.act("startReview", "2026-05-06", none()).unwrap();
    story.settings = CountySettings::of([(date(2026, 5, 7), "licenceStaffStrict", 1)]);
    assert!(story.refused("propose", "2026-05-07", none()).contains("还没有登记岗位信息"));
    let known = Staff {
        staff_type: Some(staff::StaffType::Established),
        law_enforcement_cert_no: "62109900001".to_owned(),
        ..Staff::new(PersonId([1; 8]))
    };
    story.staff = Some(Staff { staff_type: Some(staff::StaffType::Contract), ..known.clone() });
    assert!(story.refused("propose", "2026-05-07", none()).contains("聘用"));
    story.staff = Some(known);
    story.act("propose", "2026-05-07", none()).unwrap();

    let mut service = Story::of("I002");
    service.settings = story.settings.clone();
    service.act("directReceive", "2026-05-06", none()).unwrap();
    service.act("accept", "2026-05-07", none()).unwrap();
    service.act("startReview", "2026-05-07", none()).unwrap();
    service.act("propose", "2026-05-08", none()).unwrap();
}

#[test]
fn a_case_from_above_comes_back_with_its_days() {
    let mut story = Story::of("I024");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    story.act("accept", "2026-05-06", none()).unwrap();
    story.act("startReview", "2026-05-07", none()).unwrap();
    let (due, _) = story.due(ClockName::Promise).unwrap();
    assert!(story.refused("forward", "2026-05-08", none()).contains("意见"));
    story.act("forward", "2026-05-08", json!({"opinion": "建议给予"})).unwrap();
    assert!(!story.due(ClockName::Promise).unwrap().1 && story.due(ClockName::Upper).unwrap().1);
    story.act("upperResult", "2026-05-15", none()).unwrap();
    let back = story.due(ClockName::Promise).unwrap();
    assert!(back.1 && back.0 > due, "the days above don't count");
}

#[test]
fn silence_binds_the_organ_and_leaves_a_way_on() {
    let mut story = Story::of("I002");
    story.missing = vec!["ID"];
    story.act("directReceive", "2026-05-06", none()).unwrap();
    assert!(story.refused("accept", "2026-05-12", none()).contains("居民身份证"), "the fifth day");
    for event in ["oneTimeNotice", "refuse"] {
        assert!(story.refused(event, "2026-05-13", json!({"reason": "材料不齐"})).contains("视同受理"));
    }
    let day = date(2026, 5, 13);
    let (item, calendar, county) = (story.item, published(), CountySettings::default());
    let seen = deadlines::deadlines_as_of(&story.folded(), item, &calendar, &county, day);
    let running: Vec<(ClockName, Date)> =
        seen.iter().filter(|one| one.running).map(|one| (one.clock, one.due.date)).collect();
    assert_eq!(running, [(ClockName::Promise, date(2026, 5, 19))], "ten days from the receipt");
    story.act("accept", "2026-05-13", none()).unwrap();
    assert_eq!(deadlines::accepted_from(&story.folded(), item, &calendar, &county), Some(date(2026, 5, 6)));
    // A county that promises an answer in three days has not shortened the law's five.
    let prompt = CountySettings::of([(date(2026, 1, 1), "noticeDays", 3)]);
    let mut other = Story::of("I034");
    other.act("directReceive", "2026-05-06", none()).unwrap();
    let silent = |day| deadlines::deemed_accepted(&other.folded(), other.item, &calendar, &prompt, day);
    assert!(!silent(date(2026, 5, 12)) && silent(date(2026, 5, 13)));
}

#[test]
fn a_clock_that_stands_is_started_before_anything_is_decided() {
    let mut story = Story::of("I034");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    story.act("accept", "2026-05-06", none()).unwrap();
    story.act("startReview", "2026-05-06", none()).unwrap();
    story.act("forward", "2026-05-07", json!({"opinion": "请审"})).unwrap();
    story.act("upperResult", "2026-05-08", none()).unwrap();
    let survey =
        json!({"procedure": "现场勘查", "basis": "许可法第四十五条", "expectedDays": 3, "told": true});
    story.act_by(1, &[Role::Reviewer], "pause", "2026-05-11", survey).unwrap();
    for (event, says) in [
        ("propose", none()),
        ("forward", json!({"opinion": "请审"})),
        ("extend", json!({"days": 1, "reason": "评审"})),
    ] {
        assert!(story.refused(event, "2026-05-12", says).contains("先恢复"), "{event}");
    }
    assert!(story.refused("resume", "2026-05-08", none()).contains("不能早于"));
    story.act("resume", "2026-05-14", none()).unwrap();
    story.act("propose", "2026-05-14", none()).unwrap();
    assert!(story.refused("approve", "2026-05-13", none()).contains("不能早于"), "not before the proposal");
}

#[test]
fn a_case_without_a_result_is_not_reopened_and_a_walk_in_not_sent_to_a_village() {
    let mut story = Story::of("I002");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    assert!(story.refused("returnToVillage", "2026-05-06", json!({"reason": "填错"})).contains("没有代办点"));
    story.act("refuse", "2026-05-07", json!({"reason": "不归本镇"})).unwrap();
    story.act("deliver", "2026-05-08", none()).unwrap();
    assert!(story.refused("reopen", "2026-05-09", json!({"reason": "弄错了"})).contains("没有办结"));
}

#[test]
fn urgent_relief_goes_before_its_papers() {
    let mut story = Story::of("I018");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    assert!(story.refused("urgentRelief", "2026-05-06", none()).contains("急在哪里"));
    story.act("urgentRelief", "2026-05-06", json!({"reason": "火灾，无处居住"})).unwrap();
    assert_eq!(story.folded().state, State::Approved);
    assert_eq!(story.due(ClockName::MakeUp), Some((date(2026, 5, 12), true)));
    for event in ["close", "deliver", "archive"] {
        story.act(event, "2026-05-13", none()).unwrap();
    }
    assert!(!story.due(ClockName::MakeUp).unwrap().1, "the file is complete");
    let mut other = Story::of("I002");
    other.act("directReceive", "2026-05-06", none()).unwrap();
    assert!(other.refused("urgentRelief", "2026-05-06", json!({"reason": "急"})).contains("没有急难"));
}

#[test]
fn nothing_is_dated_before_what_it_follows() {
    let mut story = Story::of("I002");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    assert!(story.refused("accept", "2026-05-05", none()).contains("不能早于"));
    story.missing = vec!["ID"];
    assert!(story.refused("accept", "2026-05-06", none()).contains("居民身份证"));
}

/// 告知承诺: what a signed statement replaces isn't owed; it is verified afterwards.
#[test]
fn a_commitment_replaces_a_paper_and_is_verified_later() {
    let mut story = Story::of("I009");
    let material = story.item.materials.iter().find(|material| material.commitment_replaceable).unwrap();
    let code = material.material_code.as_str();
    let other = story.item.materials.iter().find(|material| !material.commitment_replaceable).unwrap();
    story.act("directReceive", "2026-05-06", none()).unwrap();
    assert!(story.refused(COMMIT, "2026-05-06", json!({"replaces": [code]})).contains("签字"));
    let not = json!({"replaces": [other.material_code], "signed": true});
    assert!(story.refused(COMMIT, "2026-05-06", not).contains("不能用告知承诺代替"));
    let broken = json!({"replaces": [code], "signed": true, "badCredit": true});
    assert!(story.refused(COMMIT, "2026-05-06", broken).contains("失信"));
    assert!(
        story
            .refused(VERIFY, "2026-05-06", json!({"holds": true, "reason": "查了"}))
            .contains("没有告知承诺")
    );
    story.act(COMMIT, "2026-05-06", json!({"replaces": [code], "signed": true})).unwrap();
    assert_eq!(story.folded().replaced.of(code), Some(&Instead::Commitment));
    story.act("accept", "2026-05-06", none()).unwrap();
    assert!(
        story.refused(COMMIT, "2026-05-07", json!({"replaces": [code], "signed": true})).contains("已经受理")
    );
    assert!(story.refused(VERIFY, "2026-05-08", json!({"reason": "上门看了"})).contains("属实"));
    story.act(VERIFY, "2026-05-08", json!({"holds": false, "reason": "上门看了，房屋有人租住"})).unwrap();
    assert_eq!(story.folded().replaced.verified, Some(false));
}

#[test]
fn what_is_held_elsewhere_is_shared_and_told_from_where() {
    let mut story = Story::of("I002");
    story.act("directReceive", "2026-05-06", none()).unwrap();
    assert!(story.refused(SHARE, "2026-05-06", json!({"replaces": ["ID"]})).contains("从哪里来"));
    assert!(
        story
            .refused(SHARE, "2026-05-06", json!({"replaces": ["APP"], "source": "公安"}))
            .contains("不能共享取得")
    );
    story.act(SHARE, "2026-05-06", json!({"replaces": ["ID"], "source": "公安人口库"})).unwrap();
    assert_eq!(story.folded().replaced.of("ID"), Some(&Instead::Shared("公安人口库".to_owned())));
    let mut relief = Story::of("I018");
    relief.act("directReceive", "2026-05-06", none()).unwrap();
    let owed = json!({"owed": ["CARD"], "signed": true, "badCredit": true});
    assert!(relief.refused("tolerantAccept", "2026-05-06", owed).contains("失信"));
}
