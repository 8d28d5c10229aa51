//! F24: 并联审批（会商）意见表, what the organs that were asked have answered; F24b: 联席会议纪要 (DOMAIN §5.2, T30).

use crate::{
    issuer::{CELL, TEXT, day},
    slip::{SIGNED, Slip, middle, pair, table_before, value, wide},
    typeset::{Align, Face, Faces, FormError, Layout, Sheet, Style},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct JointReview {
    pub slip: Slip,
    /// 牵头单位
    pub lead: String,
    /// 参与单位, in the order in which they were asked.
    pub organs: Vec<Consulted>,
}

/// An organ that was asked for its opinion.
#[derive(Clone, Debug)]
pub struct Consulted {
    pub organ: String,
    pub sent_on: Date,
    /// When its answer is due.
    pub due: Option<Date>,
    pub answer: Option<OrganAnswer>,
}

#[derive(Clone, Debug)]
pub enum OrganAnswer {
    Said {
        on: Date,
        opinion: String,
    },
    /// 视为同意: why, and what shows it.
    Tacit {
        on: Date,
        absent: bool,
        evidence: String,
    },
}

impl JointReview {
    pub const TITLE: &str = "并联审批（会商）意见表";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        self.slip.parts(faces, ("F24", Self::TITLE), &["存入案卷"], |sheet| {
            let organs: Vec<&str> = self.organs.iter().map(|one| one.organ.as_str()).collect();
            self.slip.facts(
                sheet,
                vec![wide("牵头单位", self.lead.as_str()), wide("参与单位", organs.join("、"))],
            )?;
            let rows = self.organs.iter().map(|one| {
                let (opinion, on) = match &one.answer {
                    None => (String::new(), None),
                    Some(OrganAnswer::Said { on, opinion }) => (opinion.clone(), Some(*on)),
                    Some(OrganAnswer::Tacit { on, .. }) => ("视为同意（见说明）".to_owned(), Some(*on)),
                };
                let tell = |on: Option<Date>| on.map(|on| on.to_string()).unwrap_or_default();
                [
                    value(one.organ.as_str()).with_room(3),
                    middle(one.sent_on.to_string()),
                    value(""),
                    middle(tell(one.due)),
                    value(opinion),
                    middle(tell(on)),
                    value(""),
                ]
            });
            let heading = ["单位", "送达日期", "签收人", "答复期限", "意见", "答复日期", "签名（盖章）"];
            table_before(sheet, SIGNED, [15.0, 13.0, 10.0, 13.0, 24.0, 13.0, 12.0], heading, rows)?;
            self.tacit(sheet)?;
            self.slip.sign(sheet, "业务")
        })
    }

    /// Silence counts only where it is told why and what shows it.
    fn tacit(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        let mut first = true;
        for one in &self.organs {
            let Some(OrganAnswer::Tacit { on, absent, evidence }) = &one.answer else { continue };
            if first {
                sheet.line("视为同意说明", Style::new(Face::Hei, TEXT.size), Align::Left)?;
                first = false;
            }
            let why = if *absent { "受邀参加联席会议，无故缺席" } else { "逾期没有答复" };
            let evidence = evidence.trim_end_matches('。');
            let shown = if evidence.is_empty() { String::new() } else { format!("（{evidence}）") };
            let says = format!(
                "{}于{}送达征求意见，{why}{shown}，{}由牵头单位确认视为同意。",
                one.organ,
                day(one.sent_on),
                day(*on)
            );
            sheet.paragraph(&[(&says, TEXT)])?;
        }
        Ok(())
    }
}

#[derive(Clone, Debug)]
pub struct JointMinutes {
    pub slip: Slip,
    pub lead: String,
    pub held_on: Date,
    pub present: Vec<String>,
    /// Invited, and stayed away without a reason.
    pub absent: Vec<String>,
    pub minutes: String,
}

impl JointMinutes {
    pub const TITLE: &str = "联席会议纪要";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        self.slip.parts(faces, ("F24b", Self::TITLE), &["存入案卷"], |sheet| {
            let all = |organs: &[String]| match organs {
                [] => "无".to_owned(),
                organs => organs.join("、"),
            };
            self.slip.facts(
                sheet,
                vec![
                    pair("会议日期", day(self.held_on), "牵头单位", self.lead.as_str()),
                    wide("参会单位", all(&self.present)),
                    wide("缺席单位", all(&self.absent)),
                    pair("主持人", "", "记录人", self.slip.clerk.as_str()),
                ],
            )?;
            sheet.line("会议议定事项", Style::new(Face::Hei, TEXT.size), Align::Left)?;
            for line in self.minutes.lines().filter(|line| !line.trim().is_empty()) {
                sheet.paragraph(&[(line.trim(), TEXT)])?;
            }
            if !self.absent.is_empty() {
                sheet.flush("受邀单位无故缺席的，由牵头单位确认以后视为同意，并在意见表上说明。", CELL)?;
            }
            sheet.space(8.0);
            let heading = ["参会单位", "参会人（签名）"];
            let rows = self.present.iter().map(|organ| [value(organ.as_str()).with_room(2), value("")]);
            table_before(sheet, SIGNED, [40.0, 60.0], heading, rows)?;
            self.slip.sign(sheet, "业务")
        })
    }
}
