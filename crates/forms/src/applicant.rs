//! Who a paper is for, in its words: a person, a child with a guardian, an organisation and whoever comes for it (DOMAIN §5.1).

use crate::{
    issuer::CELL,
    slip::{label, value},
    typeset::{Align, Cell, Row},
};

#[derive(Clone, Debug, Default)]
pub struct Party {
    pub name: String,
    /// 单位 instead of a person.
    pub organisation: bool,
    /// 居民身份证, 普通护照, 统一社会信用代码 …
    pub id_kind: String,
    /// An organisation's code is public and not masked.
    pub id_no_masked: String,
    pub phone_masked: String,
    /// 邻居代转: whose telephone it is; empty for the applicant's own.
    pub contact: String,
    /// 法定代表人（负责人）
    pub legal_representative: String,
    /// 经办人
    pub handler: String,
    /// 监护人, of a child without a number.
    pub guardian: String,
}

/// What needs no mention.
const USUAL: &str = "居民身份证";

impl Party {
    /// e.g. 139****5678（邻居马三代转）
    pub fn phone(&self) -> String {
        match (self.phone_masked.as_str(), self.contact.as_str()) {
            ("", "") => "无".to_owned(),
            (phone, "") => phone.to_owned(),
            (phone, contact) => format!("{phone}（{contact}代转）"),
        }
    }

    /// Behind the name in a sentence, e.g. （证件号码 621099********0014，电话 139****5678）.
    pub(crate) fn in_brackets(&self) -> String {
        let more = [
            ("法定代表人", &self.legal_representative),
            ("经办人", &self.handler),
            ("监护人", &self.guardian),
        ];
        let more = more.into_iter().filter(|(_, who)| !who.is_empty());
        let more: String = more.map(|(what, who)| format!("，{what} {who}")).collect();
        let number = if self.usual() { "证件号码 " } else { "" };
        format!("（{number}{}{more}，电话 {}）", self.paper(), self.phone())
    }

    /// The rows of a table of facts that tell who it is; four columns.
    pub(crate) fn rows(&self, agent: &str) -> Vec<Row> {
        let name = |text: &str| Cell::new(text, CELL.name(), Align::Left);
        let pair = |one: &str, first: Cell, two: &str, second: Cell| Row {
            cells: vec![label(one), first, label(two), second],
        };
        let wide = |one: &str, cell: Cell| Row { cells: vec![label(one), cell.spanning(3)] };
        let or_none = |text: &str| if text.is_empty() { "无".to_owned() } else { text.to_owned() };
        let last = pair("联系电话", value(self.phone()), "代办人", value(or_none(agent)));
        if self.organisation {
            return vec![
                wide("单位名称", name(&self.name)),
                wide("证件号码", value(self.paper())),
                pair(
                    "法定代表人",
                    name(&or_none(&self.legal_representative)),
                    "经办人",
                    name(&or_none(&self.handler)),
                ),
                last,
            ];
        }
        let mut rows = vec![pair("申请人", name(&self.name), "证件号码", value(self.paper()))];
        if !self.guardian.is_empty() {
            rows.push(wide("监护人", name(&self.guardian)));
        }
        rows.push(last);
        rows
    }

    fn usual(&self) -> bool {
        matches!(self.id_kind.as_str(), "" | USUAL)
    }

    /// The number; of other papers than the usual one also what it is of.
    fn paper(&self) -> String {
        match self.usual() {
            true => self.id_no_masked.clone(),
            false => format!("{} {}", self.id_kind, self.id_no_masked),
        }
    }
}
