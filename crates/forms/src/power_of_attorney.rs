//! F07: 代办委托书, the resident's mandate to the village's agent (民法典 §161, §165, §173; DOMAIN §5.2). It is one of the papers
//! that tell an identity number whole, for both sides sign who they are.

use crate::{
    issuer::{CELL, TEXT, day},
    slip::{Slip, label, tick, value, wide},
    typeset::{Align, Cell, Column, Faces, FormError, Layout, Row, Sheet},
};
use jiff::civil::Date;

/// Wider than usual: its labels are long.
const COLUMNS: [Column; 4] =
    [Column { share: 24.0 }, Column { share: 34.0 }, Column { share: 14.0 }, Column { share: 28.0 }];
const PARTS: [&str; 2] = ["第一联　委托人留存", "第二联　存入案卷"];

#[derive(Clone, Debug)]
pub struct PowerOfAttorney {
    pub slip: Slip,
    /// 男, 女; empty where the number doesn't tell.
    pub sex: String,
    /// Whole.
    pub id_no: String,
    pub address: String,
    /// 受托人: name, and what they are in their village, e.g. 上塬村代办员.
    pub agent: String,
    pub agent_post: String,
    /// What the agent may do, and whether it was ticked.
    pub powers: Vec<(String, bool)>,
    /// As it was recorded; `None` while it is yet to be filled in by hand.
    pub given: Option<Given>,
}

/// An entrustment that has been recorded.
#[derive(Clone, Debug)]
pub struct Given {
    pub from: Date,
    /// The last day; `None` until the case is over.
    pub to: Option<Date>,
    /// Instead of a signature; then there is a witness.
    pub thumbprint: bool,
    pub witness: String,
    pub revoked_on: Option<Date>,
}

impl PowerOfAttorney {
    pub const TITLE: &str = "代办委托书";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        self.slip.parts(faces, ("F07", Self::TITLE), &PARTS, |sheet| {
            sheet.grid(&COLUMNS, None, &self.parties())?;
            sheet.space(10.0);
            self.says(sheet)?;
            self.sign(sheet)
        })
    }

    fn parties(&self) -> Vec<Row> {
        let principal = &self.slip.applicant;
        let pair = |one: &str, first: Cell, two: &str, second: Cell| Row {
            cells: vec![label(one), first, label(two), second],
        };
        let name = |text: &str| Cell::new(text, CELL.name(), Align::Left);
        let kind = if principal.id_kind.is_empty() { "居民身份证" } else { &principal.id_kind };
        let mut rows = Vec::new();
        if principal.organisation {
            rows.push(pair(
                "委托单位",
                name(&principal.name),
                "法定代表人",
                name(&principal.legal_representative),
            ));
        } else {
            rows.push(pair("委托人", name(&principal.name), "性别", value(self.sex.as_str())));
        }
        if !principal.guardian.is_empty() {
            rows.push(wide("监护人", principal.guardian.as_str()));
        }
        rows.extend([
            wide("证件号码", format!("{kind} {}", self.id_no)),
            wide("住址", self.address.as_str()),
            wide("联系电话", principal.phone()),
            pair("受托人", name(&self.agent), "职务", value(self.agent_post.as_str())),
            Row { cells: vec![label("受托人身份证号"), value("").spanning(3).with_room(2)] },
            wide("委托事项", format!("办理“{}”", self.slip.item_name)),
            Row {
                cells: vec![
                    label("委托权限"),
                    value(
                        self.powers.iter().map(|(power, on)| tick(*on, power)).collect::<Vec<_>>().join("　"),
                    )
                    .spanning(3),
                ],
            },
            wide("委托期限", self.term()),
        ]);
        rows
    }

    fn term(&self) -> String {
        const OVER: &str = "（办结送达时终止）";
        match &self.given {
            None => format!("自　　　　年　　月　　日至　　　　年　　月　　日{OVER}"),
            Some(Given { from, to: None, .. }) => format!("自{}至办结送达时止", day(*from)),
            Some(Given { from, to: Some(to), .. }) => format!("自{}至{}{OVER}", day(*from), day(*to)),
        }
    }

    fn says(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        let we = if self.slip.applicant.organisation { "本单位" } else { "本人" };
        // Whoever has a guardian is acted for by them (民法典 §23, §27).
        let ward = !self.slip.applicant.guardian.is_empty();
        let whom = if ward { format!("被监护人{}", self.slip.applicant.name) } else { we.to_owned() };
        let entrusts = format!(
            "兹委托{}为{whom}办理“{}”。代办人在委托权限内的行为，{we}予以认可。{we}对所提供材料的真实性负责。",
            self.agent, self.slip.item_name
        );
        sheet.paragraph(&[(&entrusts, TEXT)])?;
        sheet.paragraph(&[(
            "代办服务不收取任何费用；依法应缴规费由委托人承担。受托人不得转委托，不得收取任何费用。委托人可以随时撤销委托。",
            TEXT,
        )])?;
        if let Some(revoked) = self.given.as_ref().and_then(|given| given.revoked_on) {
            sheet.paragraph(&[(&format!("本委托已于{}撤销。", day(revoked)), TEXT)])?;
        }
        sheet.space(10.0);
        Ok(())
    }

    /// Who can't write leaves a thumbprint, and then somebody else signs that they have seen it.
    fn sign(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        let given = self.given.as_ref();
        let (thumbprint, witness) = given.map_or((false, ""), |given| (given.thumbprint, &given.witness));
        let how = match given {
            None => "签名或捺印",
            Some(_) if thumbprint => "捺印",
            Some(_) => "签名",
        };
        let who = match (self.slip.applicant.organisation, self.slip.applicant.guardian.is_empty()) {
            (true, _) => "委托单位（盖章）".to_owned(),
            (_, true) => format!("委托人（{how}）"),
            (_, false) => format!("监护人（{how}）"),
        };
        let date = "　　　　年　　月　　日";
        let room = |text: &str| value(text).with_room(3);
        let line = |one: &str, first: Cell, two: &str, second: Cell| Row {
            cells: vec![label(one), first, label(two), second],
        };
        let mut rows = vec![line(&who, room(""), "日期", room(date))];
        rows.push(line("受托人（签名）", room(""), "日期", room(date)));
        if given.is_none() || thumbprint {
            let witnesses =
                if given.is_none() { "见证人（捺印时填写）" } else { "见证人（签名）" };
            rows.push(line(witnesses, room(witness), "日期", room(date)));
        }
        sheet.need(170.0);
        sheet.grid(&COLUMNS, None, &rows)
    }
}
