//! F22: 上门（延时、预约）服务登记单: somebody is served at home, after hours, or at a time that was agreed (DOMAIN §4.5, §5.2).

use crate::{
    issuer::{CELL, Issuer, SHORT_FOOT, day, head, short_foot},
    slip::{FACTS, label, pair, roomy, ticks, value, wide},
    typeset::{Align, Cell, Faces, FormError, Layout, Row, Sheet, mm},
};
use jiff::civil::Date;

/// 来访事项 of one of these kinds. Its number is the paper's too.
#[derive(Clone, Debug)]
pub struct ServiceVisit {
    pub issuer: Issuer,
    pub matter_no: String,
    /// 上门, 延时, 预约
    pub kind: String,
    pub asker: String,
    pub phone_masked: String,
    pub asked_on: Date,
    /// 来访, 来电 …
    pub channel: String,
    pub agreed_on: Option<Date>,
    /// What it is about.
    pub text: String,
    /// Empty for none.
    pub case_no: String,
    /// 首问责任人, and who sees to it now.
    pub first_contact: String,
    pub owner: String,
    /// What came of it: when, and what was done.
    pub done: Vec<(Date, String)>,
    /// What its QR code says: capital letters and digits, nothing personal.
    pub mark: String,
}

const KINDS: [&str; 3] = ["上门", "延时", "预约"];
const WHOM: [&str; 6] = ["高龄", "重残", "孕产妇", "重病", "行动不便", "其他"];

impl ServiceVisit {
    pub const TITLE: &str = "上门（延时、预约）服务登记单";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut sheet = Sheet::new(faces, mm(210.0), mm(297.0), mm(22.0), SHORT_FOOT);
        head(&mut sheet, &self.issuer, (Self::TITLE, 20.0), Some(&self.matter_no), 1)?;
        sheet.grid(&FACTS, None, &self.rows())?;
        sheet.space(8.0);
        let says =
            "服务对象类型、服务地点由工作人员当场填写。上门服务应有两人以上，出示工作证件，不收取任何费用。";
        sheet.flush(says, CELL)?;
        sheet.finish(|at, page, pages| {
            short_foot(
                at,
                &self.issuer,
                ("F22", &self.mark),
                ("来访事项编号", &self.matter_no),
                "存入案卷",
                (page, pages),
            )
        })
    }

    fn rows(&self) -> Vec<Row> {
        let or = |text: &str, otherwise: &str| if text.is_empty() { otherwise } else { text }.to_owned();
        let time = match self.agreed_on {
            Some(on) => format!("{}　　时　　分", day(on)),
            None => "　　　　年　　月　　日　　时　　分".to_owned(),
        };
        let asker = Cell::new(or(&self.asker, "（未留姓名）"), CELL.name(), Align::Left);
        let done = self.done.iter().map(|(on, text)| format!("{}：{text}", day(*on)));
        let done = done.collect::<Vec<_>>().join("　");
        let signed = |one: &str, two: &str| Row {
            cells: vec![label(one), value("").with_room(3), label(two), value("").with_room(3)],
        };
        vec![
            wide("服务方式", ticks(&KINDS, &self.kind)),
            Row {
                cells: vec![label("服务对象"), asker, label("联系电话"), value(or(&self.phone_masked, "无"))],
            },
            wide("对象类型", ticks(&WHOM, "")),
            pair("登记日期", day(self.asked_on), "提出方式", self.channel.as_str()),
            wide("约定时间", time),
            roomy("服务地点", 2),
            Row { cells: vec![label("服务内容"), value(self.text.as_str()).spanning(3).with_room(4)] },
            wide("相关办件编号", or(&self.case_no, "无")),
            pair("首问责任人", self.first_contact.as_str(), "承办人", or(&self.owner, "待指定")),
            Row { cells: vec![label("办理情况"), value(done).spanning(3).with_room(5)] },
            wide("服务时间", "自　　　　年　　月　　日　　时　　分至　　时　　分"),
            wide("服务评价", ticks(&["非常满意", "满意", "基本满意", "不满意", "非常不满意"], "")),
            signed("服务对象（签名或捺印）", "服务人员（两人签名）"),
        ]
    }
}
