//! A township's year: cases of 25 fields, 6 materials and 6 events, and then a day on which both sides edit. The shape is
//! that of the peers' measurements (docs/benchmarks.md); people and numbers are made up, the division is 621099.

use daiban_domain::{
    DocumentId, EventId, Instant, Level, RULES_VERSION, UnitCode,
    case::{Event, event::LegalDate, number::case_number, transition},
};
use daiban_exchange::{Partition, key::random};
use daiban_replica::{
    Replica, ReplicaError,
    document::{self, Writing, kind},
};
use jiff::civil::Date;

/// A small generator with a seed: the same year every time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }

    fn letters(&mut self, from: &str, count: u64) -> String {
        let letters: Vec<char> = from.chars().collect();
        (0..count).map(|_| letters[self.below(letters.len() as u64) as usize]).collect()
    }
}

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡";
const GIVEN: &str = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲建国华红梅云飞鹏浩宇欣怡子涵";
const COMMON: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反";
const PHRASES: [&str; 16] = [
    "申请人家庭情况属实",
    "已电话通知申请人",
    "材料缺少签名需补正",
    "经入户核查人均收入低于标准",
    "与邻里核实无异议",
    "申请人外出务工由家属代办",
    "已拍照存档",
    "待乡镇复核",
    "公示期满无异议",
    "该户去年已享受同类政策",
    "需补充银行流水",
    "户主年事已高行动不便安排上门",
    "已向申请人解释政策",
    "承诺三日内补齐材料",
    "长期患慢性病需服药",
    "银行账号有误已更正",
];
const RESULTS: [&str; 6] = ["待核实", "情况属实", "需补材料", "同意上报", "已告知本人", "转民政办"];
const PRIORITIES: [&str; 3] = ["普通", "加急", "特急"];

fn note(dice: &mut Dice) -> String {
    let mut note = dice.pick(&PHRASES).to_owned();
    if dice.below(3) == 0 {
        note += "，";
        note += dice.pick(&PHRASES);
    }
    if dice.below(2) == 0 {
        let length = 6 + dice.below(19);
        note = format!("{note}，{}", dice.letters(COMMON, length));
    }
    note + "。"
}

/// A surname and one or two characters more.
pub fn name(dice: &mut Dice) -> String {
    let given = 1 + dice.below(2);
    dice.letters(SURNAMES, 1) + &dice.letters(GIVEN, given)
}

pub fn phone(dice: &mut Dice) -> String {
    format!("{}{:08}", dice.pick(&["138", "139", "150", "151", "187", "199"]), dice.below(100_000_000))
}

pub fn id_no(dice: &mut Dice) -> String {
    format!("621099{:08}{:04}", 19_400_101 + dice.below(700_000), dice.below(10_000))
}

/// Writes `count` cases of one village, each with five later edits, in commits of 200 cases.
pub fn year(
    replica: &mut Replica,
    village: UnitCode,
    count: u64,
    seed: u64,
    now: Instant,
) -> Vec<DocumentId> {
    let mut dice = Dice::new(seed);
    let mut ids = Vec::new();
    for start in (0..count).step_by(200) {
        let batch = replica.commit(now, |writing| {
            (start..count.min(start + 200))
                .map(|i| case(writing, village, i, &mut dice))
                .collect::<Result<Vec<_>, _>>()
        });
        ids.extend(batch.unwrap());
    }
    let partition = Partition::work(village, now.date().year());
    for round in 1..=5 {
        for batch in ids.chunks(200) {
            let later = Instant(now.0 + round * 86_400_000);
            let edited = replica.commit(later, |writing| {
                batch.iter().try_for_each(|id| edit(writing, partition, *id, &mut dice))
            });
            edited.unwrap();
        }
    }
    ids
}

/// One side's edits of a day: two or three fields and an event each.
pub fn day(replica: &mut Replica, village: UnitCode, ids: &[DocumentId], seed: u64, now: Instant) {
    let partition = Partition::work(village, now.date().year());
    let mut dice = Dice::new(seed);
    for (i, id) in ids.iter().enumerate() {
        let moment = Instant(now.0 + i as i64 * 180_000);
        replica.commit(moment, |writing| edit(writing, partition, *id, &mut dice)).unwrap();
    }
}

fn case(
    writing: &mut Writing<'_>,
    village: UnitCode,
    i: u64,
    dice: &mut Dice,
) -> Result<DocumentId, ReplicaError> {
    let on = writing.now().date();
    let number = case_number(village, on, &format!("B{}", i / 9000), (i % 9000) as u16 + 1);
    let events: Vec<Event> = (0..6).map(|_| event(writing, on, "correctData", dice)).collect();
    let document =
        writing.create::<ReplicaError>(Partition::work(village, on.year()), kind::CASE, |edit| {
            edit.put("caseNo", number);
            edit.put("unit", village.to_string());
            edit.put("itemId", "I002");
            edit.put("itemVersion", 1);
            edit.put("channel", "PROXY");
            edit.put("registeredOn", on.to_string());
            edit.put("applicant.name", name(dice));
            edit.put("applicant.idType", "111");
            edit.put("applicant.idNo", id_no(dice));
            edit.put("applicant.phone", phone(dice));
            edit.put(
                "applicant.address",
                format!("清源镇上塬村{}组{}号", 1 + dice.below(12), 1 + dice.below(180)),
            );
            for (key, value) in [
                ("handler", name(dice)),
                ("householdSize", (1 + dice.below(8)).to_string()),
                ("gender", dice.pick(&["男", "女"]).to_owned()),
                ("ethnicity", dice.pick(&["汉族", "回族", "藏族", "东乡族"]).to_owned()),
                ("bankName", dice.pick(&["农村信用社", "农业银行", "邮政储蓄银行"]).to_owned()),
                ("bankAccount", format!("62{:017}", dice.roll())),
                ("amount", (100 + dice.below(19_900)).to_string()),
                ("priority", dice.pick(&PRIORITIES).to_owned()),
                ("remark", note(dice)),
                ("result", String::new()),
            ] {
                edit.put(&format!("fields.{key}"), value);
            }
            for code in ["APP", "ID", "HK", "CARD", "PHOTO", "PROXY"] {
                edit.put(&format!("materials/{code}/originals"), dice.below(2) as i64);
                edit.put(&format!("materials/{code}/copies"), dice.below(3) as i64);
                if dice.below(2) == 0 {
                    edit.put(&format!("materials/{code}/note"), note(dice));
                }
            }
            events.iter().try_for_each(|event| edit.event(event))
        })?;
    Ok(document.id)
}

fn edit(
    writing: &mut Writing<'_>,
    partition: Partition,
    id: DocumentId,
    dice: &mut Dice,
) -> Result<(), ReplicaError> {
    let row = document::find(writing.db(), id, partition)?.ok_or(ReplicaError::NoDocument(0))?;
    let mut document = writing.load(row)?;
    let event = event(writing, writing.now().date(), "correctData", dice);
    writing.edit(&mut document, |edit| {
        for _ in 0..2 + dice.below(2) {
            let (key, value) = match dice.below(7) {
                0 => ("fields.handler", name(dice)),
                1 => ("fields.remark", note(dice)),
                2 => ("fields.result", dice.pick(&RESULTS).to_owned()),
                3 => ("applicant.phone", phone(dice)),
                4 => ("fields.amount", (100 + dice.below(19_900)).to_string()),
                5 => ("fields.priority", dice.pick(&PRIORITIES).to_owned()),
                _ => ("fields.bankAccount", format!("62{:017}", dice.roll())),
            };
            edit.put(key, value);
        }
        edit.event(&event)
    })
}

fn event(writing: &Writing<'_>, on: Date, kind: &str, dice: &mut Dice) -> Event {
    let identity = writing.identity();
    let role = if identity.unit.level() == Level::Village { "AGENT" } else { "INTAKE" };
    Event {
        id: EventId(random().unwrap()),
        kind: kind.to_owned(),
        after: Vec::new(),
        rank: transition::rank(kind, identity.unit.level()),
        hlc: writing.hlc(),
        at: writing.now(),
        on: LegalDate(on),
        person: identity.person,
        role: role.to_owned(),
        unit: identity.unit,
        device: identity.device,
        rules_version: RULES_VERSION,
        item_version: 1,
        paper: None,
        payload: format!("{{\"reason\":\"{}\"}}", note(dice)),
        authority: Default::default(),
    }
}
