//! F08: 送达回证（结果领取单） (民事诉讼法 §87–§89 by analogy, as 行政许可法 §44 asks for delivery; DOMAIN §5.2, T26).

use crate::{
    issuer::{TEXT, day},
    slip::{FACTS, Slip, label, middle, roomy, table, ticks, value, wide},
    typeset::{Align, Face, Faces, FormError, Layout, Row, Style},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct DeliveryRecord {
    pub slip: Slip,
    /// What is handed over: name, number, how many.
    pub documents: Vec<(String, String, u16)>,
    /// Once it has been: when, how, to whom.
    pub delivered: Option<Delivered>,
}

#[derive(Clone, Debug)]
pub struct Delivered {
    pub on: Date,
    /// 窗口, 代办员转交, 上门, 邮寄
    pub method: String,
    pub recipient: String,
}

const METHODS: [&str; 6] = ["窗口", "代办员转交", "上门", "邮寄", "留置", "公告"];

impl DeliveryRecord {
    pub const TITLE: &str = "送达回证（结果领取单）";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        self.slip.parts(faces, ("F08", Self::TITLE), &["存入案卷"], |sheet| {
            self.slip.facts(sheet, Vec::new())?;
            sheet.line("今收到下列文书、证照：", TEXT, Align::Left)?;
            sheet.space(2.0);
            let rows = self.documents.iter().enumerate().map(|(i, (name, number, count))| {
                let number = if number.is_empty() { "—" } else { number };
                [
                    middle((i + 1).to_string()),
                    value(name.as_str()),
                    value(number),
                    middle(count.to_string()),
                ]
            });
            table(sheet, [8.0, 46.0, 34.0, 12.0], ["序号", "文书、证照名称", "编号", "份数"], rows)?;
            let none = Delivered { on: self.slip.on, method: String::new(), recipient: String::new() };
            let done = self.delivered.as_ref();
            let Delivered { on, method, recipient } = done.unwrap_or(&none);
            let on = match done {
                Some(_) => day(*on),
                None => "　　　　年　　月　　日　　时".to_owned(),
            };
            let signed =
                if recipient.is_empty() { String::new() } else { format!("{recipient}（签名）　") };
            sheet.grid(
                &FACTS,
                None,
                &[
                    wide("送达方式", ticks(&METHODS, method)),
                    wide("送达地点", ""),
                    wide("送达时间", on),
                    Row {
                        cells: vec![
                            label("收件人签名"),
                            value(signed).with_room(2),
                            label("代收人及与受送达人的关系"),
                            value(""),
                        ],
                    },
                    roomy("拒收、留置的理由和见证人", 3),
                    roomy("两名送达人", 2),
                ],
            )?;
            sheet.space(8.0);
            sheet.flush(
                "受送达人本人不能签收的，由其代理人或者同住成年家属签收，并写明关系；拒收的，写明理由，由见证人签名。",
                Style::new(Face::Song, 10.5),
            )
        })
    }
}
