//! F19: 通报 of a month, from the county to its townships (DOMAIN §7.1), as a 公文; the full tables are its attachment.

use crate::{
    official_document::{OfficialDocument, Passage},
    report::{Basis, cells},
    typeset::{Faces, FormError, Layout},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct Circular {
    pub organ: String,
    pub number: String,
    /// e.g. 2026年9月
    pub month: String,
    pub recipients: String,
    /// 总体情况
    pub overview: String,
    pub ranking: Vec<Ranked>,
    /// 红旗窗口, 标兵; empty for none.
    pub praised: String,
    /// 存在的问题
    pub problems: Vec<String>,
    /// 下一步要求
    pub demands: Vec<String>,
    pub basis: Basis,
    pub attachments: Vec<String>,
    pub copies_to: String,
    pub on: Date,
}

/// A unit in its place.
#[derive(Clone, Debug)]
pub struct Ranked {
    pub unit: String,
    /// 办结率, 按时办结率, 提前办结率, 满意率
    pub rates: [String; 4],
    /// 黄牌, 红牌
    pub cards: [u32; 2],
    pub rank: u32,
}

impl Circular {
    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut passages = vec![Passage::Heading("一、总体情况".to_owned()), Passage::text(&self.overview)];
        let names = ["单位", "办结率", "按时办结率", "提前办结率", "满意率", "黄牌", "红牌", "名次"];
        let rows = self.ranking.iter().map(|one| {
            let mut cells = vec![one.unit.clone()];
            cells.extend(one.rates.clone());
            cells.extend(one.cards.map(|cards| cards.to_string()));
            cells.push(one.rank.to_string());
            cells
        });
        let (heading, rows) = cells(names.into_iter(), rows.collect(), 10.0);
        let shares = vec![33.0, 13.0, 14.0, 14.0, 13.0, 7.0, 7.0, 7.0];
        passages.push(Passage::Table { shares, heading, rows });
        if !self.praised.is_empty() {
            passages.push(Passage::text(format!("通报表扬：{}。", self.praised.trim_end_matches('。'))));
        }
        passages.push(Passage::Heading("二、存在的问题".to_owned()));
        passages.extend(self.problems.iter().map(Passage::text));
        passages.push(Passage::Heading("三、下一步要求".to_owned()));
        passages.extend(self.demands.iter().map(Passage::text));
        passages.push(Passage::text(self.basis.says().concat()));
        let document = OfficialDocument {
            organ: self.organ.clone(),
            number: self.number.clone(),
            title: format!("关于{}便民服务工作情况的通报", self.month),
            recipients: self.recipients.clone(),
            on: self.on,
            attachments: self.attachments.clone(),
            copies_to: self.copies_to.clone(),
        };
        document.lay_out(faces, &passages)
    }
}
